import type { Finding } from '../../../model/report.ts'
import type { LoadReason } from '../../../model/trace.ts'
import { finding, type Rule } from '../rule.ts'

/** Why a module did not load, beside the text a real host prints. One variant for each `LoadReason`. */
export const moduleRejected: Rule = {
  id: 'module-rejected',
  variants: [
    'not-wasm',
    'truncated',
    'no-abi-marker',
    'higress-abi',
    'unknown-abi',
    'command-module',
    'no-allocator',
    'no-memory',
    'start-failed',
    'configure-failed',
    'vm-start-failed',
    'missing-import',
    'higress-import',
    'unknown-wasi',
    'assemblyscript-abort',
    'import-type',
    'imported-memory',
    'imported-table',
    'imported-global',
    'bad-signature',
    'engine',
    'not-built',
  ],
  find: (run) =>
    run.of('load-error').map((record) => {
      const { message, reason } = record.event
      const params = { ...details(reason), message }
      return finding(run, 'module-rejected', 'problem', record, params)
    }),
}

/** Host functions that only Higress registers (proxy-wasm-host.md 2.9). */
const higressImport = /^proxy_(redis_(init|call)|inject_encoded_data|get_upstream_hosts|set_upstream_override_host)/

function details(reason: LoadReason): Finding['params'] {
  const variant = reason.code
  switch (reason.code) {
    case 'unknown-abi':
      return { variant: reason.marker.endsWith('0_2_100') ? 'higress-abi' : variant, marker: reason.marker }
    case 'missing-import': {
      const { module, name } = reason
      if (module === 'env' && name === 'abort') return { variant: 'assemblyscript-abort', module, name }
      if (module === 'env' && higressImport.test(name)) return { variant: 'higress-import', module, name }
      if (module.startsWith('wasi')) return { variant: 'unknown-wasi', module, name }
      return { variant, module, name }
    }
    case 'import-type':
      return { variant, module: reason.module, name: reason.name, expected: reason.expected, actual: reason.actual }
    case 'imported-memory':
    case 'imported-table':
    case 'imported-global':
      return { variant, name: reason.name }
    case 'bad-signature':
      return { variant, name: reason.name, expected: reason.expected, actual: reason.actual }
    case 'engine':
    case 'not-built':
      return { variant, detail: reason.detail }
    default:
      return { variant }
  }
}

import type { Finding } from '../../../model/report.ts'
import type { LoadReason } from '../../../model/trace.ts'
import { finding, type Rule } from '../rule.ts'
import { is, numberArg, type RecordOf, type RunFacts } from '../run-facts.ts'

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
    'configure-said',
    'configure-empty',
    'configure-empty-said',
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
      const refused = reason.code === 'configure-failed' ? refusal(run, record) : {}
      const params = { ...details(reason), ...refused, message }
      return finding(run, 'module-rejected', 'problem', record, params)
    }),
}

/** So many of the plugin's last words are repeated. */
const mostSaid = 4
/** What wasm-go's `log` puts before a line: plugin, request id and route, which say nothing while it starts (higress.md 1.6). */
const logPrefix = /^\[[^\]]*\] \[[^\]]*\] \[[^\]]*\] /

/** What a plugin was given and what it said when it refused its configuration. */
function refusal(run: RunFacts, record: RecordOf<'load-error'>): Finding['params'] {
  const entry = run
    .of('guest.enter')
    .findLast(
      (enter) =>
        enter.plugin === record.plugin && enter.seq < record.seq && enter.event.callback === 'proxy_on_configure',
    )
  if (entry === undefined) return {}
  const said = (run.entries.get(entry.event.span)?.inside ?? [])
    .flatMap((inside) =>
      is(inside, 'log') && warns(inside) ? [inside.event.message.replace(logPrefix, '').trim()] : [],
    )
    .slice(-mostSaid)
  const empty = numberArg(entry.event.args, 'configuration_size') === 0
  const words = said.length === 0 ? {} : { said: said.join('; ') }
  if (empty) return { variant: said.length === 0 ? 'configure-empty' : 'configure-empty-said', ...words }
  return said.length === 0 ? {} : { variant: 'configure-said', ...words }
}

const warns = ({ event }: RecordOf<'log'>): boolean =>
  event.via !== 'host' && ['warn', 'error', 'critical'].includes(event.level)

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

import { finding, type Rule } from '../rule.ts'
import { textArg } from '../run-facts.ts'

/** Foreign function get_log_level must give 4 bytes: wasm-go indexes the fourth and traps on fewer (higress.md 1.1, 6). */
export const logLevelShape: Rule = {
  id: 'log-level-shape',
  find: (run) =>
    run.of('host.call').flatMap((record) => {
      const { fn, args, code, out } = record.event
      if (fn !== 'proxy_call_foreign_function' || code !== 0 || textArg(args, 'name') !== 'get_log_level') return []
      const result = out.find((one) => one.kind === 'bytes')
      const size = result?.kind === 'bytes' ? result.value.length : 0
      return size >= 4 ? [] : [finding(run, 'log-level-shape', 'problem', record, { size })]
    }),
}

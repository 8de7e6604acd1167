import { finding, type Rule } from '../rule.ts'
import { numberArg, textArg } from '../run-facts.ts'

/**
 * wasm-go's rule matcher reads `:authority`, `route_name` and `cluster_name` first; a status it does not expect makes
 * it give up, and every later callback of the stream does nothing, without a trap (higress.md 1.1, rows 9 and 10).
 */
export const matcherDisabled: Rule = {
  id: 'matcher-disabled',
  variants: ['authority', 'property'],
  find: (run) =>
    run.of('host.call').flatMap((record) => {
      const { fn, args, code, status } = record.event
      const matching =
        run.plugin(record.plugin)?.abi === '0_2_100' && run.callbackOf(record) === 'proxy_on_request_headers'
      if (!matching || code === 0) return []
      if (
        fn === 'proxy_get_header_map_value' &&
        numberArg(args, 'map') === 0 &&
        textArg(args, 'key') === ':authority'
      ) {
        return [finding(run, 'matcher-disabled', 'problem', record, { variant: 'authority', status })]
      }
      const name = fn === 'proxy_get_property' ? textArg(args, 'path') : ''
      if (code === 1 || (name !== 'route_name' && name !== 'cluster_name')) return []
      return [finding(run, 'matcher-disabled', 'problem', record, { variant: 'property', status, name })]
    }),
}

import { finding, type Rule } from '../rule.ts'
import { numberArg, textArg } from '../run-facts.ts'

/** A callout with timeout 0 waits for ever when the service does not answer (proxy-wasm-host.md 8.1). */
export const calloutWithoutTimeout: Rule = {
  id: 'callout-without-timeout',
  find: (run) =>
    run
      .of('host.call')
      .filter(
        ({ event }) => event.fn === 'proxy_http_call' && event.code === 0 && numberArg(event.args, 'timeout_ms') === 0,
      )
      .map((record) =>
        finding(run, 'callout-without-timeout', 'warning', record, { cluster: textArg(record.event.args, 'upstream') }),
      ),
}

import { headerValue } from '../../model/http.ts'
import type { ExchangeReport } from '../../model/report.ts'
import type { StreamEnd } from '../../model/trace.ts'
import { sdkActionName } from '../explain/action-names.ts'
import { joined } from '../gateway/callout.ts'
import type { Exchange } from '../gateway/exchange.ts'
import { messageReport } from './message-report.ts'

/** What the client experienced, in one word. */
export function outcomeOf(ended: StreamEnd): ExchangeReport['outcome'] {
  switch (ended) {
    case 'complete':
    case 'rejected':
      return 'response'
    case 'hung':
    case 'deadline':
      return 'hung'
    case 'reset':
    case 'truncated':
    case 'client-abort':
      return 'reset'
  }
}

/** What tells the words of a plugin's SDK: its language and ABI marker. */
export type SdkOf = (plugin: string) => { readonly language: string; readonly abi: string }

/** The exchange as the run report tells it (design section 2). It must have ended. */
export function exchangeReport(exchange: Exchange, sdkOf: SdkOf): ExchangeReport {
  const ended = exchange.ended ?? 'hung'
  const { response, router, runtime } = exchange
  return {
    outcome: outcomeOf(ended),
    started: response === undefined ? 'none' : response.body.length > 0 ? 'body' : 'headers',
    ended,
    ...(response === undefined
      ? {}
      : {
          response: {
            status: Number(headerValue(response.headers, ':status') ?? 0),
            ...messageReport(response.headers, joined(response.body), response.trailers),
            details: exchange.details,
            flags: exchange.flags.join(','),
          },
        }),
    upstream:
      router.seen === undefined
        ? []
        : [
            {
              cluster: router.seen.cluster,
              ...messageReport(router.seen.headers, joined(router.seen.body), router.seen.trailers),
            },
          ],
    calls: runtime.seen.calls
      .filter(({ stream }) => stream === exchange.id)
      .map(({ cluster, path, headers, body, trailers }) => ({
        cluster,
        path,
        ...messageReport(headers, body, trailers),
      })),
    redis: runtime.seen.redis
      .filter(({ stream }) => stream === exchange.id)
      .map(({ argv: [command = '', ...args] }) => ({ command, args })),
    actions: exchange.actions.map(({ plugin, callback, returned, action }) => {
      const { language, abi } = sdkOf(plugin.spec.name)
      const sdkName = sdkActionName(language, abi, callback, returned)
      return { plugin: plugin.spec.name, callback, returned, action, sdkName }
    }),
  }
}

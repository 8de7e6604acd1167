import { headerValue } from '../../model/http.ts'
import type { ExchangeReport } from '../../model/report.ts'
import type { StreamEnd } from '../../model/trace.ts'
import { joined } from '../gateway/callout.ts'
import type { Exchange } from '../gateway/exchange.ts'
import { messageReport } from './message-report.ts'
import { sdkActionName } from './sdk-action-name.ts'

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

/** The exchange as the run report tells it (design section 2). It must have ended. */
export function exchangeReport(exchange: Exchange, languageOf: (plugin: string) => string): ExchangeReport {
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
    redis: [],
    actions: exchange.actions.map(({ plugin, callback, returned, action }) => ({
      plugin: plugin.spec.name,
      callback,
      returned,
      action,
      sdkName: sdkActionName(languageOf(plugin.spec.name), callback, returned),
    })),
  }
}

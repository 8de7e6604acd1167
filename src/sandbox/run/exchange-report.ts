import type { StreamId } from '../../model/brand.ts'
import { headerValue } from '../../model/http.ts'
import type { ExchangeReport } from '../../model/report.ts'
import { assertNever } from '../../model/result.ts'
import type { StreamEnd } from '../../model/trace.ts'
import { sdkActionName } from '../explain/action-names.ts'
import { joined } from '../gateway/callout.ts'
import type { Exchange } from '../gateway/exchange.ts'
import type { Observed, ObservedCall, ObservedRedis } from '../gateway/runtime.ts'
import type { StepExchange } from './done-step.ts'
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

/** What the report says of an exchange that has ended, but for what was sent in its name: that may still go on. */
export type EndedExchange = Omit<ExchangeReport, 'calls' | 'redis'>

/** So that a run of many requests need not keep the exchanges themselves. It must have ended. */
export function endedExchange(exchange: Exchange, sdkOf: SdkOf): EndedExchange {
  const ended = exchange.ended ?? 'hung'
  const { response, router } = exchange
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
    actions: exchange.actions.map(({ plugin, callback, returned, action }) => {
      const { language, abi } = sdkOf(plugin.spec.name)
      const sdkName = sdkActionName(language, abi, callback, returned)
      return { plugin: plugin.spec.name, callback, returned, action, sdkName }
    }),
  }
}

/** Exchanges as the run report tells them (design section 2). Each is put together once, however often it is asked for. */
export class ExchangeReports {
  readonly #sdkOf: SdkOf
  readonly #calls: ReadonlyMap<StreamId, readonly ObservedCall[]>
  readonly #redis: ReadonlyMap<StreamId, readonly ObservedRedis[]>
  readonly #known = new Map<StepExchange, ExchangeReport>()

  constructor(seen: Observed, sdkOf: SdkOf) {
    this.#sdkOf = sdkOf
    this.#calls = byStream(seen.calls)
    this.#redis = byStream(seen.redis)
  }

  of(item: StepExchange): ExchangeReport {
    const known = this.#known.get(item)
    if (known !== undefined) return known
    const made = this.#make(item)
    this.#known.set(item, made)
    return made
  }

  #make(item: StepExchange): ExchangeReport {
    switch (item.kind) {
      case 'direct':
        return item.report
      case 'ended':
        return this.#withSent(item.report, item.stream)
      case 'gateway':
        return this.#withSent(endedExchange(item.exchange, this.#sdkOf), item.exchange.id)
      default:
        return assertNever(item)
    }
  }

  /** With what plugins sent for this stream. */
  #withSent({ actions, ...report }: EndedExchange, stream: StreamId): ExchangeReport {
    const calls = this.#calls.get(stream) ?? []
    return {
      ...report,
      calls: calls.map(({ cluster, path, headers, body, trailers }) => ({
        cluster,
        path,
        ...messageReport(headers, body, trailers),
      })),
      redis: (this.#redis.get(stream) ?? []).map(({ argv: [command = '', ...args] }) => ({ command, args })),
      actions,
    }
  }
}

/** In their order; those that no stream started are left out. */
function byStream<T extends { readonly stream: StreamId | undefined }>(
  all: readonly T[],
): ReadonlyMap<StreamId, readonly T[]> {
  const found = new Map<StreamId, T[]>()
  for (const each of all) {
    if (each.stream === undefined) continue
    const known = found.get(each.stream)
    if (known === undefined) found.set(each.stream, [each])
    else known.push(each)
  }
  return found
}

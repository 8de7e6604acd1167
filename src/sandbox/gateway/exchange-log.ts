import { type HeaderList, headerValue } from '../../model/http.ts'
import { byteString } from '../abi/text.ts'
import { statusNumber } from '../codec/header-values.ts'
import type { AccessLogEntry } from '../trace/access-log.ts'
import type { Exchange } from './exchange.ts'
import type { FilterState } from './filter-state.ts'
import { addresses } from './runtime.ts'

const noHeaders: HeaderList = []
const noTexts: ReadonlyMap<string, string> = new Map()

/** The facts of an exchange that has ended, for its line in the access log. */
export function accessLogEntry(exchange: Exchange): AccessLogEntry {
  const { clock, profile } = exchange.runtime
  const { response, router } = exchange
  return {
    profile,
    startMs: exchange.arrivedMs,
    durationMs: clock.nowMs() - exchange.arrivedMs,
    protocol: exchange.protocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1',
    requestHeaders: exchange.chain.request.headers?.pairs() ?? exchange.sentHeaders,
    responseHeaders: response?.headers ?? noHeaders,
    status: statusNumber(headerValue(response?.headers ?? noHeaders, ':status') ?? '0'),
    flags: exchange.flags.length === 0 ? '' : exchange.flags.join(','),
    details: exchange.details,
    bytesReceived: exchange.bytesReceived,
    bytesSent: exchange.bytesSent,
    routeName: exchange.route.known?.name ?? '',
    cluster: router.seen?.cluster ?? '',
    upstreamHost: router.host ?? '',
    upstreamLocalAddress: router.service === undefined ? '' : addresses.gateway,
    downstreamLocalAddress: addresses.listener(exchange.listener.port),
    downstreamRemoteAddress: addresses.client,
    upstreamTransportFailureReason: '',
    filterState: texts(exchange.filterState),
  }
}

function texts(filterState: FilterState): ReadonlyMap<string, string> {
  if (filterState.size === 0) return noTexts
  return new Map(Array.from(filterState.texts(), ([name, value]) => [name.replace(/^wasm\./, ''), byteString(value)]))
}

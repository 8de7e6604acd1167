import type { TraceView } from '../../model/trace.ts'

/** What a callback did the last time it ran: its raw return, the chain's action, or how it ended. */
export type LastReturn = { readonly action: string; readonly returned: number | 'trap' | 'nothing'; readonly seq: number }

/** How each callback is written in a source; the first name found gives the line. SDK names: guest's own and Higress's. */
const spellings: readonly (readonly [callback: string, pattern: RegExp])[] = [
  ['on_vm_start', /\bonVmStart\s*\(|\bOnVMStart\s*\(|"proxy_on_vm_start"/],
  ['on_configure', /\bonConfigure\s*\(|\bParseConfig(?:By|WithRule\w*)?\b|\bonPluginStart\s*\(|"proxy_on_configure"/],
  ['on_tick', /\bonTick\s*\(|"proxy_on_tick"/],
  ['on_request_headers', /\bonRequestHeaders\s*\(|\bProcessRequestHeaders(?:By)?\b|"proxy_on_request_headers"/],
  ['on_request_body', /\bonRequestBody\s*\(|\bProcess(?:Streaming)?RequestBody(?:By)?\b|"proxy_on_request_body"/],
  ['on_request_trailers', /\bonRequestTrailers\s*\(|"proxy_on_request_trailers"/],
  ['on_response_headers', /\bonResponseHeaders\s*\(|\bProcessResponseHeaders(?:By)?\b|"proxy_on_response_headers"/],
  ['on_response_body', /\bonResponseBody\s*\(|\bProcess(?:Streaming)?ResponseBody(?:By)?\b|"proxy_on_response_body"/],
  ['on_response_trailers', /\bonResponseTrailers\s*\(|"proxy_on_response_trailers"/],
  ['on_http_call_response', /\bhttpCall\s*\(|\bdispatchHttpCall\s*\(|\bonHttpCallResponse\s*\(|"proxy_on_http_call_response"/],
  ['on_log', /\bonLog\s*\(|\bProcessStreamDone\b|"proxy_on_log"/],
  ['on_done', /\bonDone\s*\(|"proxy_on_done"/],
]

export type OutlineEntry = { readonly callback: string; readonly line: number | undefined; readonly last: LastReturn | undefined }

/** Callbacks the source writes, and those that were called although it does not, in the order a request meets them. */
export function outline(source: string, returns: ReadonlyMap<string, LastReturn>): readonly OutlineEntry[] {
  return spellings.flatMap(([callback, pattern]) => {
    const at = pattern.exec(source)?.index
    const last = returns.get(callback)
    const meaningful = last !== undefined && (last.action !== '' || last.returned === 'trap')
    if (at === undefined && !meaningful) return []
    return [{ callback, line: at === undefined ? undefined : source.slice(0, at).split('\n').length, last }]
  })
}

/** The last return of each callback of one plugin in a trace, by name without `proxy_`. */
export function lastReturns(trace: TraceView, plugin: string): ReadonlyMap<string, LastReturn> {
  const index = trace.plugins.find(({ name }) => name === plugin)?.index
  const found = new Map<string, LastReturn>()
  for (let at = 0; at < trace.length; at += 1) {
    const record = trace.record(at)
    if (record.plugin !== index || record.event.type !== 'guest.leave') continue
    const { callback, returned, action } = record.event
    found.set(callback.replace(/^proxy_/, ''), { action: action ?? '', returned, seq: record.seq })
  }
  return found
}

/** How each callback is written in a source; the first name found gives the line. SDK names: our own and Higress's. */
const spellings: readonly (readonly [callback: string, pattern: RegExp])[] = [
  ['on_vm_start', /\bonVmStart\s*\(|"proxy_on_vm_start"/],
  ['on_configure', /\bonConfigure\s*\(|\bParse(?:Override)?Config\w*\s*[(<]|"proxy_on_configure"/],
  ['on_tick', /\bonTick\s*\(|"proxy_on_tick"/],
  ['on_request_headers', /\bonRequestHeaders\s*\(|\bProcessRequestHeaders\w*\s*[(<]|"proxy_on_request_headers"/],
  ['on_request_body', /\bonRequestBody\s*\(|\bProcess(?:Streaming)?RequestBody\w*\s*[(<]|"proxy_on_request_body"/],
  ['on_request_trailers', /\bonRequestTrailers\s*\(|"proxy_on_request_trailers"/],
  ['on_http_call_response', /\bhttpCall\s*\(|\bonHttpCallResponse\s*\(|"proxy_on_http_call_response"/],
  ['on_response_headers', /\bonResponseHeaders\s*\(|\bProcessResponseHeaders\w*\s*[(<]|"proxy_on_response_headers"/],
  ['on_response_body', /\bonResponseBody\s*\(|\bProcess(?:Streaming)?ResponseBody\w*\s*[(<]|"proxy_on_response_body"/],
  ['on_response_trailers', /\bonResponseTrailers\s*\(|"proxy_on_response_trailers"/],
  ['on_log', /\bonLog\s*\(|\bProcessStreamDone\w*\s*[(<]|"proxy_on_log"/],
  ['on_done', /\bonDone\s*\(|"proxy_on_done"/],
]

export type Handler = { readonly callback: string; readonly line: number }

/** Callbacks that a source writes, in the order a request meets them, with their 1-based line. */
export function handlers(source: string): readonly Handler[] {
  return spellings.flatMap(([callback, pattern]) => {
    const at = pattern.exec(source)?.index
    return at === undefined ? [] : [{ callback, line: source.slice(0, at).split('\n').length }]
  })
}

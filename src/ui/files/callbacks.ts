/** How each callback is written in a source; the first name found gives the line. SDK names: our own, Higress's and the Go SDKs'. */
const spellings: readonly (readonly [callback: string, pattern: RegExp])[] = [
  ['on_vm_start', /\b[oO]nV[mM]Start\s*\(|"proxy_on_vm_start"/],
  ['on_configure', /\b(?:onConfigure|OnPluginStart)\s*\(|\bParse(?:Override)?Config\w*\s*[(<]|"proxy_on_configure"/],
  ['on_new_connection', /\bOnNewConnection\s*\(|"proxy_on_new_connection"/],
  ['on_downstream_data', /\bOnDownstreamData\s*\(|"proxy_on_downstream_data"/],
  ['on_upstream_data', /\bOnUpstreamData\s*\(|"proxy_on_upstream_data"/],
  ['on_upstream_connection_close', /\bOnUpstreamClose\s*\(|"proxy_on_upstream_connection_close"/],
  ['on_downstream_connection_close', /\bOnDownstreamClose\s*\(|"proxy_on_downstream_connection_close"/],
  ['on_tick', /\b(?:[oO]nTick|RegisterTickFunc)\s*\(|"proxy_on_tick"/],
  [
    'on_request_headers',
    /\b(?:on|OnHttp)RequestHeaders\s*\(|\bProcessRequestHeaders\w*\s*[(<]|"proxy_on_request_headers"/,
  ],
  [
    'on_request_body',
    /\b(?:on|OnHttp)RequestBody\s*\(|\bProcess(?:Streaming)?RequestBody\w*\s*[(<]|"proxy_on_request_body"/,
  ],
  ['on_request_trailers', /\b(?:on|OnHttp)RequestTrailers\s*\(|"proxy_on_request_trailers"/],
  [
    'on_http_call_response',
    /\b(?:httpCall|DispatchHttpCall)\s*\(|\bonHttpCallResponse\s*\(|"proxy_on_http_call_response"/,
  ],
  [
    'on_response_headers',
    /\b(?:on|OnHttp)ResponseHeaders\s*\(|\bProcessResponseHeaders\w*\s*[(<]|"proxy_on_response_headers"/,
  ],
  [
    'on_response_body',
    /\b(?:on|OnHttp)ResponseBody\s*\(|\bProcess(?:Streaming)?ResponseBody\w*\s*[(<]|"proxy_on_response_body"/,
  ],
  ['on_response_trailers', /\b(?:on|OnHttp)ResponseTrailers\s*\(|"proxy_on_response_trailers"/],
  ['on_log', /\b(?:onLog|OnHttpStreamDone|OnStreamDone)\s*\(|\bProcessStreamDone\w*\s*[(<]|"proxy_on_log"/],
  ['on_done', /\b(?:onDone|OnPluginDone)\s*\(|"proxy_on_done"/],
]

export type Handler = { readonly callback: string; readonly line: number }

/** Callbacks that a source writes, in the order a request meets them, with their 1-based line. */
export function handlers(source: string): readonly Handler[] {
  return spellings.flatMap(([callback, pattern]) => {
    const at = pattern.exec(source)?.index
    return at === undefined ? [] : [{ callback, line: source.slice(0, at).split('\n').length }]
  })
}

/**
 * Gateway 2.1 is built on Envoy 1.27, of which there is no wheel: it is compared with 1.36, too, except for what the
 * reference notes say was otherwise then. These cases must differ, so that none stands here that need not.
 */
export const otherOn21: readonly { readonly because: string; readonly cases: readonly string[] }[] = [
  {
    because: 'before 1.33 a held chunk was not in the buffer of the next body callback (proxy-wasm-host.md 6.4)',
    cases: [
      'request with three chunks, each paused until the end',
      'body paused and continued alternately',
      'first buffers the body, second sees it in one piece',
      'response of three chunks: Pause until the end',
      'request of three chunks before another plugin: Pause until the end',
      'response of three chunks: Pause and Continue in turn',
      'request of three chunks before another plugin: Pause and Continue in turn',
      'response of three chunks: NoBuffer, then Pause',
      'request of three chunks before another plugin: NoBuffer, then Pause',
      'response of three chunks: Pause, then NoBuffer, then Continue',
      'request of three chunks before another plugin: Pause, then NoBuffer, then Continue',
      'two plugins that both hold the response body until the end',
      'two plugins that both hold the request body until the end',
      'request body over the limit, each chunk answered 1',
      'response body over the limit, each chunk answered 1',
      'over the limit in the middle one of three',
      'response over the limit in the middle one of three',
      'continue by a plugin that holds nothing, with trailers behind the held body',
      'chunked request, held and replaced',
      'request_body answers 1 with more to come, nobody resumes',
      'response_body answers 1 with more to come, nobody resumes',
      'HTTP/2: request body over the limit, each chunk answered Pause',
      'HTTP/2: one piece over the limit, each part answered Pause',
      'HTTP/2: response body over the limit, each chunk answered Pause',
      'HTTP/2: a gRPC request over the limit, held whole',
    ],
  },
  {
    because: 'what follows from it for chunks that a continue let go (proxy-wasm-host.md 6.4; docs/DIFFERENCES.md)',
    cases: [
      'request body paused at the end, a call continues, another plugin behind',
      'response body paused at the end, a call continues, another plugin before',
      'a call continues a held chunk of the request, the next ones are answered 0',
      'a call continues a held chunk of the response, the next ones are answered 0',
      'a call continues a held chunk of the request, the next ones are answered 1',
      'a call continues a held chunk of the response, the next ones are answered 1',
      'a call continues a held chunk, the next plugin keeps it, more comes',
      'a call continues a held chunk, the next plugin keeps it, more comes and goes on',
      'the buffer of a request body that has gone on, in the response',
      'request_body answers 1 with more to come, a call resumes',
      'request_body answers 1 with more to come, a tick resumes',
      'response_body answers 1 with more to come, a call resumes',
      'response_body answers 1 with more to come, a tick resumes',
      'a held request body that went on, then a chunk dropped and continued',
      'a held response body that went on, then a chunk dropped and continued',
    ],
  },
  {
    because: 'the foreign function `clear_route_cache` came with 1.33 (proxy-wasm-host.md 2.11)',
    cases: [
      'foreign functions',
      'route cleared after the path changed, and headers read again',
      'foreign: the effective context in a call response',
      'foreign: in a tick',
      'another :path selects another route, with clear_route_cache',
      'proxy_call_foreign_function: plain',
      'proxy_call_foreign_function: wrong phase',
      'proxy_call_foreign_function: empty',
      'proxy_call_foreign_function: huge',
    ],
  },
  {
    because:
      'what is said to be newer: virtual hosts, places and counts of the service, its latency (proxy-wasm-host.md 5.4)',
    cases: [
      'attributes response.* in every phase of a stream',
      'attributes upstream.* in every phase of a stream',
      'attributes upstream.* of a root context, and in a call response',
      'attributes xds.* in every phase of a stream',
      'attributes xds.* of a root context, and in a call response',
      'attributes of the service after a local reply',
      'attributes of the connection to the service in every phase but the request body',
      'attributes of the service when nobody listens',
      'attributes of a request without a route',
    ],
  },
  {
    because: 'a refused connection is told by the number of the error (istio issue 48267)',
    cases: [
      'call to a port where nobody listens',
      'call to refused: what the plugin is told',
      'upstream refused: GET',
      'upstream refused: POST',
      'upstream refused: two plugins see the reply of the gateway',
      'gRPC: call to a port where nobody listens',
      'gRPC: stream to a port where nobody listens',
      'attributes of the connection to the service, a body in two pieces, nobody listens',
    ],
  },
]

const names = new Set(otherOn21.flatMap(({ cases }) => cases))
export const isOtherOn21 = (name: string): boolean => names.has(name)

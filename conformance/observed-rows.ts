/**
 * Every row of the notes of what was seen on a real Envoy before the cases were (`reference/envoy-observed.md`, by its
 * sections): the cases that try it, or why none can. `coverage.test.ts` checks that the cases exist and were recorded.
 */
export type ObservedRow = { readonly row: string } & (
  | { readonly cases: readonly string[]; readonly but?: string }
  | { readonly none: string }
)

const tried = (row: string, ...cases: readonly string[]): ObservedRow => ({ row, cases })
/** Tried but for a part, and why not that one. */
const partly = (row: string, but: string, ...cases: readonly string[]): ObservedRow => ({ row, cases, but })
const never = (row: string, none: string): ObservedRow => ({ row, none })

const ownServer = 'what a service makes of it is its own affair: the recording one and the emulated one differ'
const startsOnly = 'Envoy refuses the configuration and ends: there is no request to compare'
const measured = 'a time or an amount of memory of one machine'
const noAdmin = 'the cases read no administration interface'

export const observedRows: readonly ObservedRow[] = [
  // Normal stream
  tried('POST: headers, body, empty end', 'POST passes through, the end of the body is a callback of its own'),
  tried('response: headers, body, empty end', 'GET passes through, callbacks in order'),
  tried(
    'GET ends with its headers; log of all, then done of each',
    'two plugins, order there and back',
    'GET passes through, callbacks in order',
  ),
  never(
    'configure runs three times, a tick in two roots',
    'a recording keeps one of them (`configuredOnce`): a project has one VM',
  ),
  tried('ids of contexts', 'ids of contexts: the root is 1, its first stream 2'),
  tried('headers the plugin sees', 'client sends upper-case names', 'client sends x-request-id'),
  // a
  tried('a: GET paused', 'pause in request headers of a GET hangs', 'real StopIteration on a GET hangs'),
  tried(
    'a: POST paused, the body would continue',
    'pause in request headers of a POST: no body callback',
    'real StopIteration on a POST: the body releases the request',
  ),
  tried(
    'a: POST paused, the body, too',
    'pause in request headers and in the body that never comes',
    'real StopIteration on a POST, body paused too: hangs',
  ),
  tried(
    'a: response headers paused',
    'pause in response headers hangs',
    'real StopIteration in response headers: the body releases',
  ),
  tried(
    'a: response body paused',
    'pause in response body: headers arrive, body does not',
    'real StopIteration allowed, pause in response body: the body is held',
  ),
  tried('a: continue inside the headers, then Pause', 'continue inside request headers, then pause'),
  // b
  tried(
    'b: POST, call, resume',
    'pause, call, resume: POST gets its body in one piece',
    'real StopIteration with a call on a POST: the body overtakes the call',
  ),
  tried('b: second continue', 'second continue has no effect'),
  tried('b: two calls in flight', 'two calls in flight, continue after the second'),
  tried(
    'b: request headers in the call response',
    'pause, call, resume: GET',
    'a call without a pause is answered while the body comes: the headers have gone on',
  ),
  tried('b: no Pause and a call', 'a call without a pause is answered while the body comes: the headers have gone on'),
  tried('b: headers of the answer', 'pause, call, resume: POST gets its body in one piece'),
  tried('b: the call as its service sees it', 'call with a body and an upper-case header'),
  partly(
    'b: tokens',
    'the numbers of HTTP calls are masked: they belong to the process; those of gRPC are compared',
    'gRPC: call of Unary',
  ),
  tried(
    'b: a failed call is a normal callback',
    'call to refused: what the plugin is told',
    'call to silent: what the plugin is told',
  ),
  tried('b: call and resume in the response', 'pause in response headers, call, resume'),
  // c
  tried('c: unknown and empty cluster', 'call with unknown cluster', 'call with empty cluster name'),
  tried('c: missing pseudo headers', 'call with no :authority', 'call with no :path', 'call with no :method'),
  tried(
    'c: no headers, nothing, garbage',
    'call with no headers',
    'proxy_http_call: empty',
    'calls with maps of garbage',
  ),
  tried('c: host instead of :authority', 'call with host instead of :authority'),
  tried('c: empty :path', 'call with an empty :path'),
  tried('c: timeout 0', 'call with timeout 0'),
  tried('c: trailers, upper-case header', 'call with trailers', 'call with a body and an upper-case header'),
  tried('c: the token of a refused call is 0', 'call with unknown cluster', 'calls with maps of garbage'),
  never('c: what the Rust SDK makes of a status', 'about an SDK, not about the gateway'),
  never('c: the Rust SDK and unknown tokens', 'about an SDK, not about the gateway'),
  // d
  tried(
    'd: in request headers, Pause or Continue',
    'local reply in request_headers, which answers 0',
    'local reply in request_headers, which answers 1',
  ),
  tried('d: in the request body', 'local reply in request_body'),
  tried('d: in a call response', 'local reply in a call response'),
  tried(
    'd: in response headers, Pause or Continue',
    'local reply in response_headers, which answers 0',
    'local reply in response_headers, which answers 1',
  ),
  tried('d: in the response body', 'local reply in response_body'),
  tried('d: chain, in request headers', 'local reply in request_headers of the middle one of three'),
  tried('d: chain, in the request body', 'local reply in request_body of the middle one of three'),
  tried('d: chain, in response headers', 'local reply in response_headers of the middle one of three'),
  tried('d: chain, in a call response', 'local reply in a call response of the middle one of three'),
  tried('d: a second one', 'local reply twice: the first wins'),
  tried('d: headers of a reply', 'local reply with its own content-type', 'local reply with an empty body'),
  tried('d: details', 'details of a local reply: "my%20details"', 'details of a local reply: ""'),
  tried(
    'd: status 99, gRPC status to a plain request',
    'local reply with status 99',
    'local reply with a gRPC status to a plain request',
  ),
  tried('d: gRPC request', 'local reply to a gRPC request'),
  tried('d: HEAD, POST', 'local reply to HEAD', 'local reply to a POST in headers and in the body: connection: close'),
  tried('d: in a tick', 'maps, buffers and control in a tick'),
  // e
  never('e: request body longer than its content-length', ownServer),
  never('e: request body shorter than its content-length', ownServer),
  tried('e: content-length removed', 'content-length removed in headers, body replaced at the end'),
  tried('e: chunked, held, replaced', 'chunked request, held and replaced'),
  tried('e: headers in the body phase', 'headers cannot change in the body phase'),
  tried(
    'e: Pause in headers and a body edit',
    'pause in headers and a body edit: the body callback never comes',
    'real StopIteration and a body edit: headers change late',
  ),
  tried('e: GET', 'GET: no body callback, no replacement'),
  tried(
    'e: response body and its content-length',
    'response body shorter than its content-length',
    'response body replaced, content-length removed',
  ),
  tried('e: replaced in every callback', 'response body replaced in every callback, the empty last one, too'),
  tried(
    'e: late headers of a response',
    'real StopIteration: status and headers of the response change in the body phase',
  ),
  tried('e: get_buffer', 'ranges of get_buffer'),
  tried(
    'e: set_buffer',
    'set_buffer: prepend',
    'set_buffer: append at the end',
    'set_buffer: append far behind the end',
    'set_buffer: replace the first three',
    'set_buffer: replace all',
    'set_buffer: splice in the middle',
    'chunked request emptied',
  ),
  tried('e: the other direction', 'buffers of the other direction'),
  // f
  tried('f: Pause each time', 'request with three chunks, each paused until the end'),
  tried('f: Continue each time', 'request with three chunks, each continues'),
  tried('f: in turn', 'body paused and continued alternately'),
  tried(
    'f: with a length and chunked',
    'POST passes through, the end of the body is a callback of its own',
    'request with three chunks, each continues',
  ),
  partly(
    'f: 300 kB at once, 1 MiB buffered',
    'how much TCP hands over at once is left to chance: the limit is tried with small ones',
    'request body over the limit, each chunk answered 1',
  ),
  // g
  partly(
    'g: integers, booleans, times',
    'ports, ids and times are masked',
    'properties in response headers, response body and log',
    'properties in request headers',
  ),
  tried(
    'g: strings, maps',
    'properties in request headers',
    'sizes and gRPC status of a response whose headers went on, are held, and have left',
  ),
  tried('g: source.address', 'properties in request headers'),
  partly(
    'g: TLS attributes of a plain connection',
    'connection.requested_server_name is not recorded yet',
    'properties in request headers',
  ),
  tried(
    'g: plugin_name, plugin_root_id, plugin_vm_id',
    'properties in request headers',
    'maps, buffers and control in a tick',
  ),
  partly(
    'g: names of the old form are missing, xds.* are there',
    'xds.virtual_host_name: docs/DIFFERENCES.md; filter chain, node and xds.listener_direction are not recorded yet',
    'properties in request headers',
  ),
  tried('g: paths that are odd', 'properties in request headers'),
  tried('g: request.* by phase', 'properties in response headers, response body and log'),
  tried('g: response.* by phase', 'properties in response headers, response body and log'),
  tried('g: on_log without a response', 'flags of a client that gave up'),
  tried(
    'g: set_property',
    'set_property is read back by its name only',
    'a property set under the name of an attribute',
  ),
  // h
  partly(
    'h: get, set and the CAS',
    'the number itself is masked: it belongs to the process',
    'shared data and its cas',
  ),
  tried(
    'h: stale CAS, new key with a CAS',
    'shared data: an empty key, a stale CAS, an empty value',
    'shared data and its cas',
  ),
  tried('h: empty value, empty key', 'shared data: an empty key, a stale CAS, an empty value'),
  tried('h: queues', 'shared queue: register, enqueue, dequeue in one callback', 'shared queue: unknown names and ids'),
  tried(
    'h: on_queue_ready',
    'shared queue: on_queue_ready comes later, once per item, and drains',
    'shared queue: already drained when on_queue_ready comes',
  ),
  tried('h: two registrars', 'shared queue: the last registrar is told'),
  // i
  tried('i: counters and gauges', 'counters, gauges, histograms', 'metrics: defined again, a gauge below zero'),
  tried(
    'i: histograms, unknown types and ids, names',
    'metrics: defined again, a gauge below zero',
    'metrics: unknown types and ids',
  ),
  never('i: numbers of metrics', 'masked: they belong to the process'),
  never('i: /stats', noAdmin),
  // j
  tried(
    'j: FAIL_CLOSED',
    'FAIL_CLOSED: trap in request_headers, then two more requests',
    'no policy: trap in request_headers, then two more requests',
  ),
  tried(
    'j: failure_policy FAIL_OPEN',
    'FAIL_OPEN: trap in request_headers, then two more requests',
    'FAIL_OPEN: trap in request_body, then two more requests',
  ),
  tried(
    'j: fail_open',
    'fail_open: trap in request_headers, then two more requests',
    'fail_open: trap in request_body, then two more requests',
  ),
  partly(
    'j: FAIL_RELOAD',
    'its pauses are jittered times',
    'FAIL_RELOAD: trap in request_headers, then two more requests',
  ),
  tried(
    'j: trap in the response',
    'trap in response headers',
    'FAIL_CLOSED: trap in response_body, then two more requests',
  ),
  partly(
    'j: nothing after a trap, the texts in the log',
    'the cases read only what probes log',
    'trap in request headers',
  ),
  never('j: configure fails, code is garbage', startsOnly),
  // k
  tried(
    'k: values of equal names',
    'values of equal names: what get and pairs tell, and what leaves',
    'adding and replacing headers',
  ),
  tried('k: what joins', 'values of equal names: what get and pairs tell, and what leaves'),
  tried('k: replace, remove, get of what is absent, empty values', 'adding and replacing headers'),
  tried('k: case of names, host', 'adding and replacing headers'),
  tried(
    'k: names and values that cannot be sent',
    'a header name with a space',
    'a header name that is not ASCII',
    'a header value with CR LF',
    'a header value with NUL',
    'a header value that is UTF-8',
    'a pseudo header that nobody knows',
    'a request header without a name, with and without a body',
  ),
  tried(
    'k: pseudo headers set',
    'changing path and method',
    'plugin on a GET: replace 0 :authority other.test:81',
    'plugin on a GET: replace 0 :scheme https',
  ),
  partly(
    'k: pseudo headers removed',
    `:authority: ${ownServer}`,
    'removing :path',
    'removing :method',
    'removing :scheme',
  ),
  tried(
    'k: another path, another route',
    'another :path selects another route, without clear_route_cache',
    'another :path selects another route, with clear_route_cache',
  ),
  tried(
    'k: set_pairs',
    'set_header_map_pairs of a request, all given',
    'set_header_map_pairs of a request without x-forwarded-proto',
    'set_header_map_pairs of a request with nothing',
  ),
  tried(
    'k: response headers',
    'response :status removed',
    'response :status that is no number',
    'response :status 299',
    'two set-cookie',
    'request map in the response phase',
  ),
  tried(
    'k: maps that are not there, sizes in bytes',
    'maps that are not there: get, pairs and add',
    'sizes of maps in each callback of a POST',
  ),
  // l
  tried('l: maps and buffers in a tick', 'maps, buffers and control in a tick', 'buffers and control in a tick'),
  tried('l: properties and control in a tick', 'maps, buffers and control in a tick', 'buffers and control in a tick'),
  // m
  never('m: the Higress marker', startsOnly),
  // n
  tried(
    'n: gRPC',
    'gRPC: call to a cluster that is unknown',
    'gRPC: call to a proto of an unknown cluster',
    'gRPC: call to a service of HTTP/1',
    'gRPC: gcancel of token 0 that nobody has',
  ),
  tried(
    'n: foreign functions',
    'foreign functions',
    'foreign: uncompress what is not compressed',
    'proxy_call_foreign_function: plain',
  ),
  tried('n: log levels', 'log levels', 'proxy_get_log_level: plain'),
  never('n: the form of log lines', 'the cases read only what probes log; src/sandbox has the form'),
  // Crash
  partly(
    'a continue of the response in request headers',
    'it ends Envoy',
    'close_stream of the response in request_headers',
  ),
  // Cost
  never('cost: start, memory, swap, requests a second', measured),
]

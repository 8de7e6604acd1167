import type { ProbeCase } from '../observed.ts'
import { call, chunked, get, observer, on, post, script } from './parts.ts'

const reply = 'reply 403 d denied -1'
const raw = (name: string, ...lines: readonly string[]): ProbeCase => ({
  name,
  scripts: [on('request_headers', ...lines.map((line) => (line.startsWith('proxy_') ? `raw ${line}` : line)))],
  request: get,
})
const changedBody = ['remove 0 content-length', 'setbuf 0 0 1000 replaced']
const outcome = on('log', 'prop response%00code', 'prop response%00code_details', 'prop response%00flags')
/** Above both routes, whose prefixes are `/alt` and `/`. */
const where = 'prop xds%00route_name'

/** Rows of envoy-observed.md that no other file tries (`../observed-rows.ts` is the list of all). */
export const observedCases: readonly ProbeCase[] = [
  // Normal stream
  raw('ids of contexts: the root is 1, its first stream 2', 'effective 1', 'effective 2', 'effective 3', 'effective 0'),
  // a
  {
    name: 'real StopIteration on a GET hangs',
    scripts: [on('request_headers', 'return 1')],
    request: get,
    allowStopIteration: true,
    patience: 500,
  },
  {
    name: 'pause in request headers and in the body that never comes',
    scripts: [script(on('request_headers', 'return 1'), on('request_body', 'return 1'))],
    request: post,
    patience: 500,
  },
  {
    name: 'real StopIteration allowed, pause in response body: the body is held',
    scripts: [on('response_body', 'return 1')],
    request: get,
    allowStopIteration: true,
    patience: 500,
  },
  // b
  {
    name: 'a call without a pause is answered while the body comes: the headers have gone on',
    scripts: [
      script(on('request_headers', call), on('http_call_response', 'get 0 :path', 'add 0 x-late 1', 'continue 0')),
    ],
    request: chunked,
  },
  // c
  raw(
    'calls with maps of garbage',
    ...['%ff%ff%ff%7f', '%01%00%00%00', '%01%00%00%00%09%00%00%00%09%00%00%00a', 'abc'].map(
      (map) => `proxy_http_call s:auth s:${map} 0 0 0 0 1000 out`,
    ),
  ),
  raw('call with an empty :path', 'call auth 1000  :method=GET :path= :authority=a.test'),
  raw('call with timeout 0', 'call auth 0  :method=GET :path=/check :authority=auth.test'),
  raw(
    'call with trailers',
    'raw proxy_http_call s:auth m::method=POST,:path=/check,:authority=a.test s:body m:x-t=1 1000 out',
  ),
  // d
  ...(
    [
      ['request_headers', get],
      ['response_headers', get],
      ['request_body', post],
    ] as const
  ).flatMap(([phase, request]) =>
    [0, 1].map(
      (status): ProbeCase => ({
        name: `local reply in ${phase}, which answers ${status}`,
        scripts: [script(on(phase, reply, `return ${status}`), outcome)],
        request,
      }),
    ),
  ),
  {
    name: 'local reply in a call response of the middle one of three',
    scripts: [observer, script(on('request_headers', call, 'return 4'), on('http_call_response', reply)), observer],
    request: get,
  },
  ...['d', 'my%20details', ''].map(
    (details): ProbeCase => ({
      name: `details of a local reply: "${details}"`,
      scripts: [script(on('request_headers', `reply 403 ${details} denied -1`), outcome)],
      request: get,
    }),
  ),
  // 1xx: what a client makes of a body behind it is its own affair.
  ...[99, 600, 999].map(
    (status): ProbeCase => ({
      name: `local reply with status ${status}`,
      scripts: [script(on('request_headers', `reply ${status} d body -1`), outcome)],
      request: get,
      patience: 500,
    }),
  ),
  {
    name: 'local reply with a gRPC status to a plain request',
    scripts: [on('request_headers', 'reply 403 d denied 7')],
    request: get,
  },
  {
    name: 'local reply to a POST in headers and in the body: connection: close',
    scripts: [on('request_headers', reply)],
    request: post,
  },
  // e
  {
    name: 'chunked request, held and replaced',
    scripts: [on('request_body', '@4 setbuf 0 0 1000 replaced', 'return 1,1,1,0')],
    request: chunked,
  },
  {
    name: 'pause in headers and a body edit: the body callback never comes',
    scripts: [script(on('request_headers', 'return 1'), on('request_body', ...changedBody))],
    request: post,
    patience: 500,
  },
  {
    name: 'real StopIteration and a body edit: headers change late',
    scripts: [
      script(
        on('request_headers', 'return 1'),
        on('request_body', '@1 add 0 x-late 1', '@1 replace 0 content-length 8', '@2 setbuf 0 0 1000 replaced', 'return 1,0'), // biome-ignore format: one
      ),
    ],
    request: post,
    allowStopIteration: true,
  },
  {
    name: 'GET: no body callback, no replacement',
    scripts: [on('request_body', ...changedBody)],
    request: get,
  },
  {
    name: 'response body replaced in every callback, the empty last one, too',
    scripts: [
      script(on('response_headers', 'remove 2 content-length'), on('response_body', 'setbuf 1 0 1000 REPLACED')),
    ],
    request: get,
  },
  {
    name: 'real StopIteration: status and headers of the response change in the body phase',
    scripts: [
      script(
        on('response_headers', 'return 1'),
        on('response_body', '@1 replace 2 :status 201', '@1 add 2 x-late 1', 'return 1,0'),
      ),
    ],
    request: get,
    allowStopIteration: true,
  },
  // g
  raw('a property set under the name of an attribute', 'setprop request%00path x', 'prop request%00path'),
  // h
  raw(
    'shared data: an empty key, a stale CAS, an empty value',
    'shset  v 0',
    'shget ',
    'shset k one 0',
    'shset k two 0',
    'shset k three 1',
    'shset k four 999999',
    'shget k',
    'proxy_set_shared_data s:k 0 0 0',
    'shget k',
  ),
  // i
  raw(
    'metrics: unknown types and ids',
    'proxy_define_metric 9 s:x out',
    'proxy_get_metric 99999 out',
    'proxy_increment_metric 99999 1',
    'proxy_record_metric 99999 1',
    'proxy_define_metric 0 s: out',
  ),
  raw(
    'metrics: defined again, a gauge below zero',
    'metric 0 same inc 5',
    'metric 0 same inc 1',
    'metric 1 below inc 3',
    'metric 1 below inc -8',
    'metric 2 times inc 2',
    'metric 2 times rec 0',
  ),
  // k
  {
    name: 'values of equal names: what get and pairs tell, and what leaves',
    scripts: [
      on(
        'request_headers',
        'get 0 x-dup',
        'add 0 a 1',
        'add 0 a 2',
        'get 0 a',
        'add 0 user-agent second',
        'add 0 content-type text/b',
        'add 0 :path /added',
        'get 0 :path',
        'add 0 cookie c=3',
        'replace 0 x-dup one',
        'pairs 0',
      ),
    ],
    request: {
      ...get,
      headers: [
        ['user-agent', 't'],
        ['content-type', 'text/a'],
        ['x-dup', 'd1'],
        ['x-dup', 'd2'],
        ['cookie', 'a=1'],
      ],
    },
  },
  raw('a header value with NUL', 'add 0 x-a b%00c'),
  raw('a header name that is not ASCII', 'add 0 x-%E4%BD%A0 1'),
  raw('a pseudo header that nobody knows', 'add 0 :foo 1', 'get 0 :foo'),
  ...[
    ['without', ''],
    ['with', 'foreign clear_route_cache '],
  ].map(
    ([how, clear = '']): ProbeCase => ({
      name: `another :path selects another route, ${how} clear_route_cache`,
      scripts: [
        script(
          on('request_headers', where, 'replace 0 :path /alt', ...(clear === '' ? [] : [clear]), where),
          on('response_headers', where),
          on('log', where),
        ),
      ],
      request: get,
    }),
  ),
  {
    name: 'response :status that is no number',
    scripts: [script(on('response_headers', 'replace 2 :status abc'), outcome)],
    request: get,
  },
  raw('maps that are not there: get, pairs and add', 'get 2 a', 'pairs 2', 'add 2 a b', 'pairs 6', 'add 6 a b'),
  // l
  {
    name: 'buffers and control in a tick',
    scripts: [
      script(
        on('request_headers', 'tick 20', 'return 4'),
        on(
          'tick',
          'tick 0',
          ...[0, 1, 2, 3, 4, 5].map((buffer) => `getbuf ${buffer} 0 9`),
          'getbuf 6 0 2',
          'getbuf 8 0 2',
          'setbuf 4 0 0 x',
          'pairs 0',
          'continue 9',
          'effective 9999',
          'effective 0',
          'done',
        ),
      ),
    ],
    request: get,
    patience: 500,
  },
  // n
  raw('log levels', ...[0, 1, 2, 3, 4, 5, 6, 7].map((level) => `log ${level} said`), 'log 2 '),
]

import type { ProbeCase } from '../observed.ts'
import { call, get, observer, on, post, script } from './parts.ts'

const reply = 'reply 403 d denied -1'
const phases = [
  ['request_headers', get],
  ['request_body', post],
  ['response_headers', get],
  ['response_body', get],
] as const

/** Continue, close, local replies, calls and properties at odd places. */
export const controlCases: readonly ProbeCase[] = [
  ...phases.flatMap(([phase, request]): ProbeCase[] => [
    {
      name: `close_stream of the request in ${phase}`,
      scripts: [observer, on(phase, 'close 0'), observer],
      request,
    },
    {
      name: `close_stream of the response in ${phase}`,
      scripts: [observer, on(phase, 'close 1', 'return 1'), observer],
      request,
    },
    {
      name: `local reply, then continue, in ${phase}`,
      scripts: [on(phase, reply, phase.startsWith('request') ? 'continue 0' : 'continue 1', 'return 1')],
      request,
    },
    {
      name: `continue of the own direction and Pause in ${phase}`,
      scripts: [on(phase, phase.startsWith('request') ? 'continue 0' : 'continue 1', 'return 1')],
      request,
    },
  ]),
  ...['continue 0', 'close 0', reply].map(
    (what): ProbeCase => ({
      name: `in a call response, response headers paused: ${what}`,
      scripts: [
        observer,
        script(on('response_headers', call, 'return 4'), on('http_call_response', what, 'get 2 :status')),
        observer,
      ],
      request: get,
    }),
  ),
  ...['continue 1', 'close 1', reply].map(
    (what): ProbeCase => ({
      name: `in a call response, response body paused: ${what}`,
      scripts: [
        observer,
        script(on('response_body', `@1 ${call}`, 'return 1'), on('http_call_response', what, 'get 2 :status')),
        observer,
      ],
      request: get,
    }),
  ),
  ...['close 0', reply].map(
    (what): ProbeCase => ({
      name: `in a call response, request body paused: ${what}`,
      scripts: [
        observer,
        script(on('request_body', `@1 ${call}`, 'return 1'), on('http_call_response', what, 'get 0 :path')),
        observer,
      ],
      request: post,
    }),
  ),
  {
    name: 'in a call response: reply, then continue',
    scripts: [script(on('request_headers', call, 'return 4'), on('http_call_response', reply, 'continue 0'))],
    request: get,
  },
  {
    name: 'in a call response: continue, then reply',
    scripts: [script(on('request_headers', call, 'return 4'), on('http_call_response', 'continue 0', reply))],
    request: get,
  },
  {
    name: 'in a call response: headers changed after continue',
    scripts: [
      script(
        on('request_headers', call, 'return 4'),
        on('http_call_response', 'continue 0', 'add 0 x-late 1', 'get 0 :path'),
      ),
    ],
    request: get,
  },
  // Local replies
  {
    name: 'local reply with duplicate headers',
    scripts: [
      on('request_headers', `${reply} set-cookie=a=1 set-cookie=b=2 x-a=1 X-A=2 Content-Type=a/b content-length=99`),
    ],
    request: get,
  },
  { name: 'local reply 200 without a body', scripts: [on('request_headers', 'reply 200 d  -1 x-a=1')], request: get },
  { name: 'local reply 204 with a body', scripts: [on('request_headers', 'reply 204 d body -1')], request: get },
  { name: 'local reply 304 with a body', scripts: [on('request_headers', 'reply 304 d body -1')], request: get },
  {
    name: 'local reply 302 with location',
    scripts: [on('request_headers', 'reply 302 d  -1 location=/x')],
    request: get,
  },
  {
    name: 'local reply with headers of the gateway',
    scripts: [on('request_headers', `${reply} server=mine date=then x-envoy-upstream-service-time=7 :status=299`)],
    request: get,
  },
  {
    name: 'local reply changed by the own response callbacks',
    scripts: [
      script(
        on('request_headers', reply),
        on('response_headers', 'add 2 x-own 1', 'replace 2 :status 418', 'remove 2 content-length', 'size 2'),
        on('response_body', '@1 setbuf 1 0 1000 other'),
      ),
    ],
    request: get,
  },
  {
    name: 'local reply paused by the own response headers',
    scripts: [script(on('request_headers', reply), on('response_headers', 'return 1'))],
    request: get,
  },
  {
    name: 'local reply in the local reply',
    scripts: [script(on('request_headers', reply), on('response_headers', 'reply 500 e second -1'))],
    request: get,
  },
  {
    name: 'local reply to a POST with chunks to come',
    scripts: [on('request_headers', reply)],
    request: { method: 'POST', path: '/', chunks: ['aaaa', 'bbbb'] },
  },
  // Calls
  {
    name: 'two calls in flight, continue after the second',
    scripts: [
      script(on('request_headers', call, call, 'return 4'), on('http_call_response', 'get 6 :status', '@2 continue 0')),
    ],
    request: get,
  },
  {
    name: 'two calls in flight, continue after the first',
    scripts: [
      script(on('request_headers', call, call, 'return 4'), on('http_call_response', 'get 6 :status', '@1 continue 0')),
    ],
    request: get,
  },
  {
    name: 'a call whose answer comes after the stream ended',
    scripts: [
      script(
        on('request_headers', call, reply),
        on('http_call_response', 'get 6 :status', 'get 0 :path', 'continue 0', reply, 'prop plugin_name'),
      ),
    ],
    request: get,
  },
  {
    name: 'a call in a call response',
    scripts: [script(on('request_headers', call, 'return 4'), on('http_call_response', `@1 ${call}`, '@2 continue 0'))],
    request: get,
  },
  {
    name: 'a call in log',
    scripts: [script(on('log', call), on('http_call_response', 'get 6 :status', 'get 0 :path'))],
    request: get,
  },
  {
    name: 'a call in a tick',
    scripts: [
      script(
        on('request_headers', 'tick 20', 'return 4'),
        on('tick', 'tick 0', call),
        on('http_call_response', 'get 6 :status', 'get 0 :path', 'continue 0', reply),
      ),
    ],
    request: get,
  },
  {
    name: 'maps, buffers and control in a tick',
    scripts: [
      script(
        on('request_headers', 'tick 20', 'return 4'),
        on(
          'tick',
          'tick 0',
          'get 0 :path',
          'add 0 a b',
          'size 0',
          'getbuf 0 0 9',
          'setbuf 0 0 0 x',
          'continue 0',
          'close 0',
          reply,
          'prop plugin_name',
          'prop request%00path',
          'setprop a b',
          'status',
        ),
      ),
    ],
    request: get,
  },
  {
    name: 'body and status of a call in its response and after it',
    scripts: [
      script(
        on('request_headers', call, 'return 4'),
        on(
          'http_call_response',
          'getbuf 4 2 3',
          'setbuf 4 0 0 x',
          'size 6',
          'size 7',
          'get 6 x-up',
          'add 6 a b',
          'status',
          'continue 0',
        ),
        on('response_headers', 'get 6 :status', 'getbuf 4 0 9'),
      ),
    ],
    request: get,
  },
  // Maps as a whole
  {
    name: 'set_header_map_pairs of a request, all given',
    scripts: [
      on(
        'request_headers',
        'setpairs 0 :method=GET :path=/new :authority=new.test :scheme=http x-forwarded-proto=http x-a=1 X-A=2',
        'pairs 0',
      ),
    ],
    request: get,
  },
  {
    name: 'set_header_map_pairs of a request without x-forwarded-proto',
    scripts: [on('request_headers', 'setpairs 0 :method=GET :path=/new :authority=new.test :scheme=http')],
    request: get,
  },
  {
    name: 'set_header_map_pairs of a request with nothing',
    scripts: [on('request_headers', 'setpairs 0', 'size 0')],
    request: get,
  },
  {
    name: 'set_header_map_pairs of a response',
    scripts: [on('response_headers', 'setpairs 2 :status=201 x-a=1 set-cookie=a set-cookie=b', 'pairs 2')],
    request: get,
  },
  {
    name: 'set_header_map_pairs of a response without :status',
    scripts: [on('response_headers', 'setpairs 2 x-a=1')],
    request: get,
  },
  // Properties
  {
    name: 'a property set by one plugin and read by others, in both directions',
    scripts: [
      script(
        on('request_headers', 'setprop a one', 'prop b'),
        on('response_headers', 'prop a', 'prop b', 'prop c'),
        on('log', 'prop a'),
      ),
      script(
        on('request_headers', 'prop a', 'setprop b two', 'setprop a changed'),
        on('response_headers', 'prop a', 'setprop c three'),
        on('log', 'setprop d 1', 'prop d'),
      ),
    ],
    request: get,
  },
  {
    name: 'properties of the response by phase, after a local reply',
    scripts: [
      script(
        on('request_headers', 'reply 403 my%20details denied -1'),
        ...['response_headers', 'response_body', 'log'].map((phase) =>
          on(
            phase,
            'prop response%00code',
            'prop response%00code_details',
            'prop request%00method',
            'prop response%00headers%00content-length',
            'prop xds%00route_name',
          ),
        ),
      ),
    ],
    request: get,
  },
  {
    name: 'properties in request body and call response',
    scripts: [
      script(
        on(
          'request_body',
          `@1 ${call}`,
          'prop request%00path',
          'prop request%00size',
          'prop request%00total_size',
          'return 1',
        ),
        on('http_call_response', 'prop request%00path', 'prop plugin_name', 'prop response%00code', 'continue 0'),
      ),
    ],
    request: post,
  },
]

import type { ProbeCase } from '../observed.ts'
import { call, get, on, post, script } from './parts.ts'

const failingCall = {
  gRPC: { call: 'gcall grpc 300 Fail question x-mine=1', answer: 'grpc_close' },
  HTTP: { call: call.replace('auth', 'broken'), answer: 'http_call_response' },
}

/** The message of `proxy_get_status` is gone before what the callback asked for happens. */
const messageCases = Object.entries(failingCall).flatMap(([kind, { call: begin, answer }]): readonly ProbeCase[] => {
  const probe = (ask: string) =>
    script(
      on('request_headers', begin, 'return 4'),
      on(answer, 'status', ask),
      on('response_headers', 'status'),
      on('log', 'status'),
    )
  return [
    {
      name: `status of a failed ${kind} call while the local reply of its callback passes by`,
      scripts: [probe('reply 503 d body -1')],
      request: get,
    },
    {
      name: `status of a failed ${kind} call while a reply passes by that its continue led to`,
      scripts: [probe('continue 0'), on('request_headers', 'reply 503 d body -1')],
      request: get,
    },
  ]
})

/** Found by random programs, or by hand where those are blind. */
const connection = ['transport_failure_reason', 'local_address', 'address'].map((name) => `prop upstream%00${name}`)

/** What is known of the connection to the service, phase by phase: it stands a moment after the headers went out. */
const bodies: readonly Pick<ProbeCase, 'name' | 'request' | 'cluster'>[] = [
  { name: 'one piece', request: { method: 'POST', path: '/post', chunks: ['whole'] } },
  { name: 'two pieces', request: { method: 'POST', path: '/post', chunks: ['one', 'two'] } },
  {
    name: 'two pieces, nobody listens',
    request: { method: 'POST', path: '/post', chunks: ['one', 'two'] },
    cluster: 'refused',
  },
]

const upstreamCases = bodies.map(
  ({ name, ...rest }): ProbeCase => ({
    name: `attributes of the connection to the service, a body in ${name}`,
    scripts: [
      script(
        on('request_headers', ...connection, 'return 0'),
        on('request_body', ...connection),
        on('response_headers', ...connection),
        on('log', ...connection),
      ),
    ],
    ...rest,
  }),
)

const details = ['prop response%00code_details', 'prop response%00flags']

/** Details that stand stay when a plugin closes the stream. */
const closeCases = (['request_headers', 'request_body', 'response_headers', 'response_body'] as const).map(
  (phase): ProbeCase => ({
    name: `response.code_details after close_stream in ${phase.replace('_', ' ')}`,
    scripts: [
      script(on(phase, `close ${phase.startsWith('request') ? 0 : 1}`), on('log', ...details), on('done', ...details)),
    ],
    request: post,
    patience: 1500,
  }),
)

const routed = ['prop xds%00cluster_metadata', 'prop xds%00cluster_name', 'prop xds%00route_name']

/** A local reply makes the gateway look for the route again. */
const repliedRouteCases = ['remove 0 x-forwarded-proto', 'replace 0 :path /alt'].map(
  (change): ProbeCase => ({
    name: `attributes of the route after ${change.split(' ').slice(0, 3).join(' ')} and a local reply`,
    scripts: [
      script(
        on('request_headers', change, 'reply 401 d denied -1'),
        on('response_headers', ...routed),
        on('log', ...routed),
        on('done', ...routed),
      ),
    ],
    request: get,
  }),
)

const late = call.replace('auth 1000', 'silent 45')
const early = call.replace('auth 1000', 'silent 30')

/** What held a body stays, empty: a later continue tells those behind of it once more. */
const emptiedCases: readonly ProbeCase[] = (
  [
    ['request', 0, 'request_headers', 'request_body'],
    ['response', 1, 'response_headers', 'response_body'],
  ] as const
).flatMap(([side, type, headers, body]): readonly ProbeCase[] => {
  const ordered = (first: string, second: string) => (type === 0 ? [first, second] : [second, first])
  return [
    {
      name: `a held ${side} body that the continue of another plugin let go, then its own continue`,
      scripts: ordered(
        script(on(body, `@1 ${late}`, 'return 1'), on('http_call_response', `continue ${type}`)),
        script(on(headers, early, 'return 1'), on('http_call_response', `continue ${type}`), on(body)),
      ),
      request: post,
      allowStopIteration: true,
    },
    {
      name: `a held ${side} body that went on, then a chunk dropped and continued`,
      scripts: ordered(
        script(on(body, `@1 ${late}`, `@2 ${late}`, 'return 1,3,0'), on('http_call_response', `continue ${type}`)),
        script(on(body)),
      ),
      request:
        type === 0 ? { method: 'POST', path: '/post', chunks: ['one', 'two', 'three', 'four', 'five', 'six'] } : get,
      ...(type === 0
        ? {}
        : {
            reply: {
              status: 200,
              headers: [['content-type', 'text/plain']],
              body: '',
              chunks: ['one', 'two', 'three', 'four', 'five', 'six'],
            },
          }),
    },
  ]
})

const over = { limit: 250, patience: 500 }

/** Going over the limit happened while the body streamed; what the next plugin then buffers is the same bytes. */
const limitCases: readonly ProbeCase[] = [
  {
    name: 'a request body over the limit held with Watermark, then buffered by the next plugin',
    scripts: [on('request_body', 'return 2,0'), on('request_body', 'return 1')],
    request: { method: 'POST', path: '/post', chunks: ['x'.repeat(300)] },
    ...over,
  },
  {
    name: 'a response body over the limit held with Watermark, then buffered by the next plugin',
    scripts: [on('response_body', 'return 1'), on('response_body', 'return 2,0')],
    request: get,
    reply: { status: 200, body: 'y'.repeat(300) },
    ...over,
  },
]

export const foundCases: readonly ProbeCase[] = [
  ...closeCases,
  ...limitCases,
  ...emptiedCases,
  ...repliedRouteCases,
  {
    name: 'metadata without a stream: in a tick and in a call response after the end',
    scripts: [
      script(
        on('request_headers', 'tick 20', call.replace('auth', 'silent').replace('1000', '100')),
        on('tick', 'tick 0', 'prop metadata', 'prop request', 'prop plugin_name', 'prop xds%00route_name'),
        on('http_call_response', 'effective 9999', 'prop metadata', 'prop request', 'prop request%00path'),
      ),
    ],
    request: get,
    settle: 200,
  },
  {
    // What the second one reads of the stream is left out: docs/DIFFERENCES.md.
    name: 'two calls answered at once, the first ends the stream',
    scripts: [
      script(
        on('response_body', call, 'return 1'),
        on('http_call_response', 'get 0 :path', 'get 6 :status', 'continue 1'),
      ),
    ],
    request: get,
    settle: 100,
  },
  {
    name: 'continue by a plugin that holds nothing sends on what another one holds of the response',
    scripts: [
      script(on('response_headers', 'remove 2 content-length', call), on('http_call_response', 'continue 1')),
      on('response_body', 'return 1'),
    ],
    request: get,
  },
  {
    name: 'continue by a plugin that holds nothing: the one behind holds the response',
    scripts: [
      on('response_body', 'return 1'),
      script(on('response_headers', 'remove 2 content-length', call), on('http_call_response', 'continue 1')),
    ],
    request: get,
  },
  {
    name: 'continue by a plugin that holds nothing sends on what another one holds of the request',
    scripts: [
      on('request_body', 'return 1'),
      script(
        on('request_headers', 'remove 0 content-length', call),
        on('request_body', 'getbuf 0 0 100'),
        on('http_call_response', 'continue 0'),
      ),
    ],
    request: post,
  },
  {
    name: 'continue by a plugin that holds nothing, with trailers behind the held body',
    scripts: [
      script(on('response_headers', call), on('http_call_response', 'continue 1')),
      script(on('response_body', 'return 1'), on('response_trailers', 'pairs 3', 'return 0')),
    ],
    request: get,
    reply: { status: 200, body: '', chunks: ['one', 'two'], trailers: [['x-t', 'over']] },
  },
  {
    name: 'a body over the limit while the headers wait for a call: body and end come at once',
    scripts: [
      script(on('request_headers', call, 'return 4'), on('http_call_response', 'continue 0')),
      on('request_body', 'getbuf 0 0 400', 'return 0'),
    ],
    request: { method: 'POST', path: '/post', chunks: ['x'.repeat(300)] },
    limit: 64,
  },
  {
    name: 'a response body over the limit that answers Watermark: its end was read with it',
    scripts: [on('response_body', 'return 2')],
    request: get,
    reply: { status: 200, body: 'y'.repeat(200) },
    limit: 64,
  },
  {
    name: 'a response body over the limit while the headers wait for a call: body and end come at once',
    scripts: [script(on('response_headers', call, 'return 4'), on('http_call_response', 'continue 1'))],
    request: get,
    reply: { status: 200, body: 'y'.repeat(200) },
    limit: 64,
  },
  ...messageCases,
  {
    name: 'attributes of the route in on_log when there was none',
    scripts: [
      script(
        on('request_headers', 'remove 0 x-forwarded-proto', 'prop xds%00cluster_name', 'prop xds%00cluster_metadata'),
        on('log', 'prop xds%00cluster_metadata', 'prop xds%00cluster_name', 'prop xds%00route_name'),
      ),
    ],
    request: get,
  },
  {
    name: 'a response header without a name',
    scripts: [on('response_headers', 'add 2  value', 'get 2 ', 'pairs 2')],
    request: get,
  },
  {
    name: 'a request header without a name, with and without a body',
    scripts: [on('request_headers', 'add 0  value', 'replace 0  other', 'get 0 ', 'remove 0 ', 'add 0  last')],
    request: post,
  },
  ...[200, 204, 304].map(
    (status): ProbeCase => ({
      name: `sizes in on_log of a local reply ${status} with a body`,
      scripts: [
        script(
          on('request_headers', `reply ${status} d body -1`),
          on('log', 'prop response%00size', 'prop response%00total_size'),
        ),
      ],
      request: get,
    }),
  ),
  ...upstreamCases,
  {
    name: 'response.code_details in on_done of a request that the client gave up',
    scripts: [
      script(
        on('request_headers', 'return 1'),
        on('log', 'prop response%00code_details', 'prop response%00flags', 'prop response%00code'),
        on('done', 'prop response%00code_details', 'prop response%00flags', 'prop response%00code'),
      ),
    ],
    request: get,
    patience: 500,
  },
  {
    name: 'response.grpc_status of an empty grpc-status',
    scripts: [
      script(
        on('response_headers', 'replace 2 grpc-status ', 'prop response%00grpc_status'),
        on('log', 'prop response%00grpc_status'),
      ),
    ],
    request: get,
  },
]

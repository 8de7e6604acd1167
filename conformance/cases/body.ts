import type { ProbeCase } from '../observed.ts'
import { call, chunked, get, observer, on, post, script } from './parts.ts'

const pieces = {
  status: 200,
  headers: [['content-type', 'text/plain']],
  body: '',
  chunks: ['alpha-', 'beta-', 'gamma'],
} as const
const look = 'getbuf 1 0 100'
const everyBuffer = ['getbuf 0 0 100', 'getbuf 1 0 100']

/** Bodies, their statuses, buffers, limits and trailers in both directions. */
export const bodyCases: readonly ProbeCase[] = [
  ...(
    [
      ['Continue', '0'],
      ['Pause until the end', '1,1,1,0'],
      ['Pause and Continue in turn', '1,0,1,0'],
      ['NoBuffer until the end', '3,3,3,0'],
      ['Watermark until the end', '2,2,2,0'],
      ['NoBuffer for ever', '3'],
      ['NoBuffer, then Pause', '3,1,1,0'],
      ['Pause, then NoBuffer, then Continue', '1,3,0,0'],
    ] as const
  ).flatMap(([what, returns]): ProbeCase[] => [
    {
      name: `response of three chunks: ${what}`,
      scripts: [on('response_body', look, `return ${returns}`)],
      request: get,
      reply: pieces,
    },
    {
      name: `request of three chunks before another plugin: ${what}`,
      scripts: [on('request_body', 'getbuf 0 0 100', `return ${returns}`), on('request_body', 'getbuf 0 0 100')],
      request: chunked,
    },
  ]),
  {
    name: 'two plugins that both hold the response body until the end',
    scripts: [on('response_body', look, 'return 1,1,1,0'), on('response_body', look, 'return 1,1,1,0')],
    request: get,
    reply: pieces,
  },
  {
    name: 'two plugins that both hold the request body until the end',
    scripts: [
      on('request_body', 'getbuf 0 0 100', 'return 1,1,1,0'),
      on('request_body', 'getbuf 0 0 100', 'return 1,1,1,0'),
    ],
    request: chunked,
  },
  ...[1, 3, 4].flatMap((action): ProbeCase[] => [
    {
      name: `response headers answer ${action}, a call continues, chunks`,
      scripts: [
        script(
          on('response_headers', call, `return ${action}`),
          on('response_body', look),
          on('http_call_response', 'get 2 :status', 'get 0 :path', 'continue 1'),
        ),
      ],
      request: get,
      reply: pieces,
    },
    {
      name: `response headers answer ${action} without conversion, body paused, a call continues`,
      scripts: [
        script(
          on('response_headers', call, `return ${action}`),
          on('response_body', look, 'return 1'),
          on('http_call_response', 'continue 1'),
        ),
      ],
      request: get,
      allowStopIteration: true,
    },
  ]),
  {
    name: 'request body paused, a call continues',
    scripts: [
      script(on('request_body', `@1 ${call}`, 'return 1'), on('http_call_response', 'getbuf 0 0 100', 'continue 0')),
    ],
    request: post,
  },
  {
    name: 'request body paused at the end, a call continues, another plugin behind',
    scripts: [
      script(on('request_body', `@4 ${call}`, 'return 1'), on('http_call_response', 'continue 0')),
      on('request_body', 'getbuf 0 0 100'),
    ],
    request: chunked,
  },
  {
    name: 'response body paused, a call continues',
    scripts: [script(on('response_body', `@1 ${call}`, 'return 1'), on('http_call_response', look, 'continue 1'))],
    request: get,
  },
  {
    name: 'response body paused at the end, a call continues, another plugin before',
    scripts: [
      on('response_body', look),
      script(on('response_body', `@4 ${call}`, 'return 1'), on('http_call_response', 'continue 1')),
    ],
    request: get,
    reply: pieces,
  },
  {
    name: 'body replaced in the call response while it is paused',
    scripts: [
      script(
        on('request_headers', 'remove 0 content-length'),
        on('request_body', `@1 ${call}`, 'return 1'),
        on('http_call_response', 'setbuf 0 0 1000 late', 'getbuf 0 0 100', 'continue 0'),
      ),
    ],
    request: post,
  },
  // Lengths
  {
    name: 'response body shorter than its content-length',
    scripts: [on('response_body', '@1 setbuf 1 0 1000 xyz')],
    request: get,
  },
  {
    name: 'response body longer than its content-length',
    scripts: [on('response_body', '@1 setbuf 1 0 0 more%20')],
    request: get,
  },
  {
    name: 'response body emptied',
    scripts: [on('response_body', '@1 setbuf 1 0 1000 ')],
    request: get,
  },
  {
    name: 'chunked request emptied',
    scripts: [on('request_body', 'setbuf 0 0 1000 ')],
    request: chunked,
  },
  {
    name: 'body given in the empty last callback',
    scripts: [script(on('request_headers', 'remove 0 content-length'), on('request_body', '@2 setbuf 0 0 0 tail'))],
    request: post,
  },
  {
    name: 'response body given in the empty last callback',
    scripts: [script(on('response_headers', 'remove 2 content-length'), on('response_body', '@2 setbuf 1 0 0 tail'))],
    request: get,
  },
  // Buffers and maps by phase
  {
    name: 'both buffers in each callback of a POST',
    scripts: [
      script(
        ...['request_headers', 'request_body', 'response_headers', 'response_body', 'log', 'done'].map((phase) =>
          on(phase, ...everyBuffer),
        ),
      ),
    ],
    request: post,
  },
  {
    name: 'both buffers in a call response, headers paused',
    scripts: [script(on('request_headers', call, 'return 4'), on('http_call_response', ...everyBuffer, 'continue 0'))],
    request: post,
  },
  {
    name: 'every map in each callback of a POST',
    scripts: [
      script(
        ...['request_headers', 'request_body', 'response_headers', 'response_body', 'log', 'done'].map((phase) =>
          on(
            phase,
            'get 0 :path',
            'get 1 t',
            'get 2 :status',
            'get 3 t',
            'get 6 :status',
            'get 7 t',
            'pairs 1',
            'pairs 7',
          ),
        ),
      ),
    ],
    request: post,
  },
  {
    name: 'sizes of maps in each callback of a POST',
    scripts: [
      script(
        ...['request_headers', 'request_body', 'response_headers', 'response_body', 'log', 'done'].map((phase) =>
          on(phase, 'size 1', 'size 3', 'size 4', 'size 6', 'size 9'),
        ),
        on('request_headers', 'size 0', 'size 2'),
      ),
    ],
    request: post,
  },
  {
    name: 'maps at the end of a stream that was held in request headers',
    scripts: [
      script(
        on('request_headers', 'return 4'),
        on('log', 'get 0 :path', 'add 0 x-log 1', 'size 0', 'get 1 t', 'size 1'),
        on('done', 'get 0 :path', 'size 0', 'get 2 :status'),
      ),
    ],
    request: get,
  },
  // Trailers
  {
    name: 'request with trailers over HTTP/1',
    scripts: [on('request_body', 'getbuf 0 0 100', 'get 1 x-t')],
    request: { ...chunked, trailers: [['x-t', 'v']] },
  },
  {
    name: 'response with trailers over HTTP/1',
    scripts: [on('response_body', look, 'get 3 x-t')],
    request: get,
    reply: { ...pieces, trailers: [['x-t', 'v']] },
  },
  {
    name: 'trailers added to a request at its end, another plugin behind',
    scripts: [on('request_body', 'add 1 x-t 1', 'get 1 x-t'), on('request_trailers', 'get 1 x-t', 'pairs 1')],
    request: chunked,
  },
  {
    name: 'trailers added to a response at its end, another plugin before',
    scripts: [on('response_trailers', 'get 3 x-t', 'pairs 3'), on('response_body', 'add 3 x-t 1', 'get 3 x-t')],
    request: get,
    reply: pieces,
  },
  {
    name: 'trailers added, and the next plugin holds them',
    scripts: [on('request_body', 'add 1 x-t 1'), on('request_trailers', 'return 1')],
    request: chunked,
  },
  // Limits
  ...[0, 1, 2, 3].map(
    (action): ProbeCase => ({
      name: `request body over the limit, each chunk answered ${action}`,
      scripts: [on('request_body', 'getbuf 0 0 100', `return ${action},${action},${action},0`)],
      request: chunked,
      limit: 20,
    }),
  ),
  ...[0, 1, 2, 3].map(
    (action): ProbeCase => ({
      name: `response body over the limit, each chunk answered ${action}`,
      scripts: [on('response_body', look, `return ${action},${action},${action},0`)],
      request: get,
      reply: pieces,
      limit: 8,
    }),
  ),
  ...[3, 4].map(
    (action): ProbeCase => ({
      name: `request headers answer ${action}, chunks over the limit, a call continues`,
      scripts: [
        script(
          on('request_headers', call.replace('auth 1000', 'silent 150'), `return ${action}`),
          on('request_body', 'getbuf 0 0 100'),
          on('http_call_response', 'continue 0'),
        ),
      ],
      request: chunked,
      limit: 20,
    }),
  ),
  {
    name: 'over the limit in the middle one of three',
    scripts: [observer, on('request_body', 'return 1,1,1,0'), observer],
    request: chunked,
    limit: 20,
  },
  {
    name: 'response over the limit in the middle one of three',
    scripts: [observer, on('response_body', 'return 1,1,1,0'), observer],
    request: get,
    reply: pieces,
    limit: 8,
  },
  // Messages without a body
  {
    name: 'HEAD with a plugin that changes bodies',
    scripts: [script(on('response_headers', 'get 2 content-length'), on('response_body', 'setbuf 1 0 1000 x'))],
    request: { method: 'HEAD', path: '/' },
  },
  {
    name: '204 with a plugin that changes bodies',
    scripts: [script(on('response_headers', 'get 2 :status'), on('response_body', 'setbuf 1 0 1000 x'))],
    request: get,
    reply: { status: 204, body: '' },
  },
  {
    name: '304 with a content-length',
    scripts: [script(on('response_headers', 'get 2 content-length'), on('response_body', 'setbuf 1 0 1000 x'))],
    request: get,
    reply: { status: 304, headers: [['content-length', '19']], body: '' },
  },
  {
    name: 'response with content-length 0',
    scripts: [on('response_body', 'setbuf 1 0 1000 x')],
    request: get,
    reply: { status: 200, body: '' },
  },
  {
    name: 'POST without a body',
    scripts: [on('request_body', 'setbuf 0 0 1000 x')],
    request: { method: 'POST', path: '/post', headers: [['content-length', '0']] },
  },
  {
    name: 'POST without a body and without a length',
    scripts: [on('request_body', 'setbuf 0 0 1000 x')],
    request: { method: 'POST', path: '/post' },
  },
  {
    name: 'DELETE without a body',
    scripts: [''],
    request: { method: 'DELETE', path: '/delete' },
  },
  {
    name: 'GET with a body',
    scripts: [on('request_body', 'getbuf 0 0 100')],
    request: { ...post, method: 'GET' },
  },
  {
    name: 'Expect: 100-continue',
    scripts: [on('request_headers', 'get 0 expect')],
    request: { ...post, headers: [['expect', '100-continue']] },
  },
  // Found by random programs: what a plugin that held a body still counts as holding after its continue.
  ...(['0', '1'] as const).flatMap((next): ProbeCase[] => [
    {
      name: `a call continues a held chunk of the request, the next ones are answered ${next}`,
      scripts: [
        script(
          on('request_body', `@1 ${call}`, 'getbuf 0 0 100', `return 1,${next},0`),
          on('http_call_response', 'getbuf 0 0 100', 'continue 0'),
        ),
        on('request_body', 'getbuf 0 0 100'),
      ],
      request: chunked,
    },
    {
      name: `a call continues a held chunk of the response, the next ones are answered ${next}`,
      scripts: [
        on('response_body', look),
        script(
          on('response_headers', 'remove 2 content-length'),
          on('response_body', `@1 ${call}`, look, `return 1,${next},0`),
          on('http_call_response', look, 'continue 1'),
        ),
      ],
      request: get,
      reply: pieces,
    },
  ]),
  {
    name: 'a call continues a held chunk, the next plugin keeps it, more comes',
    scripts: [
      script(on('request_body', `@1 ${call}`, ...everyBuffer, 'return 1,1,0'), on('http_call_response', 'continue 0')),
      on('request_body', 'getbuf 0 0 100', 'return 1,1,1,0'),
    ],
    request: chunked,
  },
  {
    name: 'a call continues a held chunk, the next plugin keeps it, more comes and goes on',
    scripts: [
      script(on('request_body', `@1 ${call}`, ...everyBuffer, 'return 1,0'), on('http_call_response', 'continue 0')),
      on('request_body', 'getbuf 0 0 100', 'return 1,1,1,0'),
    ],
    request: chunked,
  },
  {
    name: 'the buffer of a request body that has gone on, in the response',
    scripts: [
      script(
        on('request_headers', 'remove 0 content-length'),
        on('request_body', call, 'return 1'),
        on('http_call_response', 'continue 0'),
        on('response_headers', 'getbuf 0 0 100', 'setbuf 0 0 0 late', 'getbuf 0 0 100', 'setbuf 0 2 1 x'),
      ),
    ],
    request: post,
  },
]

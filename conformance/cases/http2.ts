import type { ProbeCase } from '../observed.ts'
import { call, chunked, get, on, post, script } from './parts.ts'

/** Clients that speak HTTP/2, and what only they show: trailers, cookies in pieces, streams that are reset, other limits. */
const trailers = [['x-t', 'end']] as const
const withTrailers = { ...chunked, trailers } as const
const reply = { status: 200, headers: [['content-type', 'text/plain']], body: 'abcdefg' } as const
const looked = script(
  on('request_headers', 'pairs 0'),
  on('request_body'),
  on('request_trailers', 'pairs 1'),
  on('response_headers', 'pairs 2'),
  on('response_body'),
  on('response_trailers', 'pairs 3'),
)

const passing: readonly ProbeCase[] = [
  { name: 'HTTP/2: GET', scripts: [looked], request: get, protocol: 'h2' },
  { name: 'HTTP/2: POST in one piece', scripts: [looked], request: post, protocol: 'h2' },
  {
    name: 'HTTP/2: trailers to an HTTP/1 service',
    // Else it answers as soon as it has as much as was announced.
    scripts: [looked, on('request_headers', 'remove 0 content-length')],
    request: withTrailers,
    protocol: 'h2',
  },
  {
    name: 'HTTP/2: trailers both ways',
    scripts: [looked],
    request: withTrailers,
    protocol: 'h2',
    cluster: 'h2',
    reply: { ...reply, chunks: ['abc', 'defg'], trailers: [['x-t', 'over']] },
  },
  {
    name: 'HTTP/2: cookies in pieces come joined, behind the other headers',
    scripts: [looked],
    request: {
      ...get,
      headers: [
        ['cookie', 'a=1'],
        ['x-a', '1'],
        ['cookie', 'b=2'],
        ['accept', '*/*'],
      ],
    },
    protocol: 'h2',
    cluster: 'h2',
    reply,
  },
  {
    name: 'HTTP/2: names that a plugin adds twice on the way to the service',
    scripts: [on('request_headers', 'add 0 cookie a=1', 'add 0 cookie b=2', 'add 0 x-dup 1', 'add 0 x-dup 2')],
    request: get,
    protocol: 'h2',
    cluster: 'h2',
    reply,
  },
  {
    name: 'HTTP/2: a cookie among the headers of a response',
    scripts: [looked],
    request: get,
    protocol: 'h2',
    cluster: 'h2',
    reply: {
      ...reply,
      headers: [
        ['cookie', 'r=1'],
        ['content-type', 'text/plain'],
        ['x-a', '1'],
      ],
    },
  },
]

/** Answered when body and trailers have come. */
const slowCall = call.replace('auth 1000', 'silent 100')

/** Everything waits, then the body is held once more while trailers are already there. */
const heldTwice: readonly ProbeCase[] = [3, 4].flatMap((all) =>
  [1, 2, 3].flatMap((again): readonly ProbeCase[] => [
    {
      name: `HTTP/2: headers answered ${all}, then the body ${again}, with trailers`,
      scripts: [
        script(
          on('request_headers', slowCall, `return ${all}`),
          on('http_call_response', 'continue 0'),
          on('request_body', `return ${again}`),
          on('request_trailers', 'pairs 1'),
        ),
        script(on('request_headers'), on('request_body', 'getbuf 0 0 100'), on('request_trailers', 'pairs 1')),
      ],
      request: { ...post, trailers },
      protocol: 'h2',
      cluster: 'h2',
      reply,
    },
    {
      name: `HTTP/2: response headers answered ${all}, then the body ${again}, with trailers`,
      scripts: [
        script(on('response_headers'), on('response_body', 'getbuf 1 0 100'), on('response_trailers', 'pairs 3')),
        script(
          on('response_headers', slowCall, `return ${all}`),
          on('http_call_response', 'continue 1'),
          on('response_body', `return ${again}`),
          on('response_trailers', 'pairs 3'),
        ),
      ],
      request: get,
      protocol: 'h2',
      cluster: 'h2',
      reply: { ...reply, chunks: ['abc'], trailers: [['x-t', 'over']] },
    },
  ]),
)

/** What is reset before it left is not there for the client. */
const resets: readonly ProbeCase[] = ['reply 503 d later -1', 'close 1'].flatMap((cut): readonly ProbeCase[] => [
  {
    name: `HTTP/2: ${cut} while the own reply passes by, in the turn of the request`,
    scripts: [script(on('request_headers', 'reply 403 d denied -1'), on('response_body', cut))],
    request: get,
    protocol: 'h2',
  },
  {
    name: `HTTP/2: ${cut} while the own reply passes by, in the turn of the body`,
    scripts: [script(on('request_body', 'reply 403 d denied -1'), on('response_body', cut))],
    request: chunked,
    protocol: 'h2',
  },
  {
    name: `HTTP/2: ${cut} while the own reply passes by, in the answer of a call`,
    scripts: [
      script(
        on('request_headers', call, 'return 4'),
        on('http_call_response', 'reply 403 d denied -1'),
        on('response_body', cut),
      ),
    ],
    request: get,
    protocol: 'h2',
  },
  {
    name: `HTTP/2: ${cut} in the body of the service's response`,
    scripts: [on('response_body', cut)],
    request: get,
    protocol: 'h2',
  },
])

const cuts = {
  'another reply': 'reply 503 d later -1',
  'another reply without a body': 'reply 503 d  -1',
  close: 'close 1',
  trap: 'trap',
}

/** The own reply is cut while its headers pass by; its body follows all the same when the turn is that of the request. */
const cutHeaders: readonly ProbeCase[] = Object.entries(cuts).flatMap(([what, cut]): readonly ProbeCase[] => [
  {
    name: `HTTP/2: ${what} while the headers of the own reply pass by`,
    scripts: [script(on('request_headers', 'reply 403 d denied -1'), on('response_headers', cut), on('response_body'))],
    request: get,
    protocol: 'h2',
  },
  {
    name: `HTTP/2: ${what} by the first plugin while the headers of a reply of the second pass by`,
    scripts: [
      script(on('response_headers', cut), on('response_body')),
      script(on('request_headers', 'reply 403 d denied -1'), on('response_headers'), on('response_body')),
    ],
    request: get,
    protocol: 'h2',
  },
  {
    name: `HTTP/2: ${what} while the headers of a reply pass by, with a body`,
    scripts: [
      script(on('response_headers', cut), on('response_body')),
      script(on('request_body', 'reply 403 d denied -1'), on('response_headers'), on('response_body')),
    ],
    request: post,
    protocol: 'h2',
  },
  {
    name: `HTTP/2: ${what} while the headers of a reply pass by, before the body has come`,
    scripts: [
      script(on('response_headers', cut), on('response_body')),
      script(on('request_headers', 'reply 403 d denied -1'), on('response_headers'), on('response_body')),
    ],
    request: chunked,
    protocol: 'h2',
  },
  {
    name: `HTTP/2: ${what} while the headers of a reply in the answer of a call pass by`,
    scripts: [
      script(on('response_headers', cut), on('response_body')),
      script(
        on('request_headers', call, 'return 4'),
        on('http_call_response', 'reply 403 d denied -1'),
        on('response_body'),
      ),
    ],
    request: get,
    protocol: 'h2',
  },
])

const names = ['Continue', 'Pause', 'Watermark', 'NoBuffer']
const long = '0123456789'.repeat(5)

/** The listener's limit is not that of a stream. */
const limits: readonly ProbeCase[] = [
  ...names.flatMap((action, status): readonly ProbeCase[] => [
    {
      name: `HTTP/2: request body over the limit, each chunk answered ${action}`,
      scripts: [on('request_body', `return ${status},${status},0`)],
      request: chunked,
      limit: 15,
      protocol: 'h2',
    },
    {
      name: `HTTP/2: one piece over the limit, each part answered ${action}`,
      scripts: [
        script(on('request_headers', 'remove 0 content-length'), on('request_body', `return ${status},${status},0`)),
      ],
      request: { ...post, chunks: [long] },
      limit: 20,
      protocol: 'h2',
    },
    {
      name: `HTTP/2: response body over the limit, each chunk answered ${action}`,
      scripts: [
        script(on('response_headers', 'remove 2 content-length'), on('response_body', `return ${status},${status},0`)),
      ],
      request: get,
      reply: { ...reply, chunks: ['0123456789', 'abcdefghijklmnopqrst'] },
      limit: 8,
      protocol: 'h2',
    },
  ]),
  ...[3, 4].flatMap((status): readonly ProbeCase[] => [
    {
      name: `HTTP/2: headers answered ${status}, chunks over the limit, a call continues`,
      scripts: [
        script(
          on('request_headers', call, `return ${status}`),
          on('http_call_response', 'continue 0'),
          on('request_body'),
        ),
      ],
      request: chunked,
      limit: 15,
      protocol: 'h2',
    },
    {
      name: `HTTP/2: headers answered ${status}, one piece over the limit, a call continues`,
      scripts: [
        script(
          on('request_headers', slowCall, `return ${status}`),
          on('http_call_response', 'continue 0'),
          on('request_body'),
        ),
      ],
      request: { ...post, chunks: [long] },
      limit: 15,
      protocol: 'h2',
    },
  ]),
  {
    name: 'HTTP/2: one piece over the limit, with trailers',
    scripts: [looked],
    request: { ...post, chunks: [long], trailers },
    limit: 20,
    protocol: 'h2',
    cluster: 'h2',
    reply,
  },
  {
    name: 'HTTP/2: pieces over the limit one after the other',
    scripts: [on('request_body', 'getbuf 0 0 100')],
    request: { ...post, chunks: [long, long, 'x'] },
    limit: 30,
    protocol: 'h2',
  },
  {
    name: 'HTTP/2: a reply to the first part of a piece over the limit',
    scripts: [on('request_body', 'reply 403 d denied -1')],
    request: { ...post, chunks: [long] },
    limit: 20,
    protocol: 'h2',
  },
  {
    name: 'HTTP/2: a gRPC request over the limit, held whole',
    scripts: [on('request_body', 'return 1,1,1,0')],
    request: {
      method: 'POST',
      path: '/probe.Probe/Unary',
      headers: [
        ['content-type', 'application/grpc'],
        ['te', 'trailers'],
      ],
      chunks: [long, long],
    },
    limit: 20,
    protocol: 'h2',
    cluster: 'h2',
    reply,
  },
]

export const http2Cases: readonly ProbeCase[] = [...passing, ...heldTwice, ...resets, ...cutHeaders, ...limits]

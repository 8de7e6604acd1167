import type { ProbeCase } from '../observed.ts'
import { get, on, post, script } from './parts.ts'

const withHeaders = (headers: ProbeCase['request']['headers'] & {}): ProbeCase['request'] => ({ ...get, headers })

/** What the gateway does to headers of client, plugin and service. */
export const codecCases: readonly ProbeCase[] = [
  ...(
    [
      ['connection and keep-alive', [['connection', 'keep-alive, x-foo'], ['keep-alive', 'timeout=5'], ['x-foo', '1']]], // biome-ignore format: pairs
      [
        'te and proxy-connection',
        [
          ['te', 'trailers'],
          ['proxy-connection', 'keep-alive'],
        ],
      ],
      ['connection: close', [['connection', 'close']]],
      ['x-forwarded-for', [['x-forwarded-for', '10.0.0.1, 10.0.0.2']]],
      ['x-forwarded-proto https', [['x-forwarded-proto', 'https']]],
      ['x-request-id', [['x-request-id', 'mine']]],
      ['x-envoy headers', [['x-envoy-internal', 'true'], ['x-envoy-max-retries', '3'], ['x-envoy-upstream-rq-timeout-ms', '5000'], ['x-envoy-force-trace', '1']]], // biome-ignore format: pairs
      ['empty values and duplicates', [['x-a', ''], ['x-b', '1'], ['x-b', '2'], ['cookie', 'a=1'], ['cookie', 'b=2'], ['accept', 'a'], ['accept', 'b']]], // biome-ignore format: pairs
      [
        'upper-case names',
        [
          ['X-Upper', 'Value'],
          ['User-Agent', 'UA'],
        ],
      ],
      ['underscores', [['x_under', '1']]],
      ['an upgrade to WebSocket', [['connection', 'upgrade'], ['upgrade', 'websocket'], ['sec-websocket-version', '13']]], // biome-ignore format: pairs
      ['an upgrade to something else', [['connection', 'Upgrade, x-foo'], ['upgrade', 'foo/2'], ['x-foo', '1']]], // biome-ignore format: pairs
      ['upgrade without connection', [['upgrade', 'websocket']]],
    ] as const
  ).map(
    ([what, headers]): ProbeCase => ({
      name: `client sends ${what}`,
      scripts: [on('request_headers', 'pairs 0')],
      request: withHeaders(headers),
    }),
  ),
  ...['//double//slash', '/a/../b/./c', '/%2F%41%zz', '/q?a=1&b=%20', '/?'].map(
    (path): ProbeCase => ({
      name: `path ${path}`,
      scripts: [on('request_headers', 'get 0 :path', 'prop request%00url_path', 'prop request%00query')],
      request: { method: 'GET', path },
    }),
  ),
  {
    name: 'CONNECT',
    scripts: [on('request_headers', 'pairs 0')],
    request: { method: 'CONNECT', path: 'example.com:443' },
  },
  ...['PUT', 'PATCH', 'OPTIONS', 'DELETE'].map(
    (method): ProbeCase => ({ name: `${method} with a body`, scripts: [''], request: { ...post, method } }),
  ),
  ...[
    'add 0 transfer-encoding chunked',
    'add 0 connection close',
    'add 0 te trailers',
    'add 0 upgrade websocket',
    'replace 0 content-length 3',
    'add 0 x-envoy-upstream-rq-timeout-ms 700',
    'replace 0 x-request-id mine',
    'remove 0 x-request-id',
    'remove 0 x-forwarded-proto',
    'replace 0 :scheme https',
    'replace 0 :method POST',
    'replace 0 :method HEAD',
    'add 0 :method X',
    'replace 0 :authority other.test:81',
    'add 0 host second',
    'replace 0 :path http://abs.test/x',
    'add 0 accept b',
    'add 0 expect 100-continue',
  ].flatMap((line): ProbeCase[] => [
    { name: `plugin on a GET: ${line}`, scripts: [on('request_headers', line, 'pairs 0')], request: get },
  ]),
  ...[
    'add 2 transfer-encoding chunked',
    'add 2 connection close',
    'replace 2 connection keep-alive',
    'replace 2 content-length 5',
    'replace 2 server mine',
    'remove 2 server',
    'remove 2 date',
    'replace 2 :status 204',
    'replace 2 :status 304',
    'replace 2 :status 404',
    'add 2 :status 500',
    'add 2 content-type a/b',
    'add 2 bad%20name 1',
    'add 2 x-u %E4%BD%A0',
    'add 2 x-empty ',
  ].map(
    (line): ProbeCase => ({
      name: `plugin on a response: ${line}`,
      scripts: [on('response_headers', line, 'pairs 2')],
      request: get,
    }),
  ),
  ...(
    [
      ['connection: close', 200, [['connection', 'close']]],
      ['server, date and service time', 200, [['server', 'mine'], ['date', 'Thu, 01 Jan 1970 00:00:00 GMT'], ['x-envoy-upstream-service-time', '77']]], // biome-ignore format: pairs
      ['a 302 with location', 302, [['location', '/x']]],
      ['a 500', 500, []],
      ['two set-cookie and an empty header', 200, [['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x-empty', '']]], // biome-ignore format: pairs
      ['upper-case names', 200, [['X-Upper', 'Value']]],
      ['keep-alive and proxy-authenticate', 200, [['keep-alive', 'timeout=5'], ['proxy-authenticate', 'Basic']]], // biome-ignore format: pairs
    ] as const
  ).map(
    ([what, status, headers]): ProbeCase => ({
      name: `service sends ${what}`,
      scripts: [on('response_headers', 'get 2 :status')],
      request: get,
      reply: { status, headers, body: 'body' },
    }),
  ),
  {
    name: 'route cleared after the path changed, and headers read again',
    scripts: [
      script(
        on(
          'request_headers',
          'replace 0 :path /alt',
          'foreign clear_route_cache ',
          'prop xds%00route_name',
          'get 0 :path',
        ),
      ),
    ],
    request: get,
  },
]

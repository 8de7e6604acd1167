import { abiCases } from './abi-cases.ts'
import { bodyCases } from './body-cases.ts'
import { call, chunked, get, observer, on, post, script } from './case-parts.ts'
import { codecCases } from './codec-cases.ts'
import { controlCases } from './control-cases.ts'
import { failureCases } from './failure-cases.ts'
import { foreignCases } from './foreign-cases.ts'
import { grpcCases } from './grpc-cases.ts'
import type { ProbeCase } from './observed.ts'
import { queueCases } from './queue-cases.ts'
import { supportCases } from './support-cases.ts'
import { upstreamCases } from './upstream-cases.ts'

/** Rows of `envoy-observed.md` and of proxy-wasm-host.md 6, as things to run. */
export const cases: readonly ProbeCase[] = [
  { name: 'GET passes through, callbacks in order', scripts: [''], request: get },
  { name: 'POST passes through, the end of the body is a callback of its own', scripts: [''], request: post },
  {
    name: 'request with three chunks, each continues',
    scripts: [on('request_body', 'getbuf 0 0 1000')],
    request: chunked,
  },
  {
    name: 'request with three chunks, each paused until the end',
    scripts: [on('request_body', 'getbuf 0 0 1000', 'return 1,1,1,0')],
    request: chunked,
  },
  {
    name: 'body paused and continued alternately',
    scripts: [on('request_body', 'getbuf 0 0 1000', 'return 1,0,1,0')],
    request: chunked,
  },
  // a. pause in headers
  { name: 'pause in request headers of a GET hangs', scripts: [on('request_headers', 'return 1')], request: get },
  {
    name: 'pause in request headers of a POST: no body callback',
    scripts: [on('request_headers', 'return 1')],
    request: post,
  },
  {
    name: 'real StopIteration on a POST: the body releases the request',
    scripts: [on('request_headers', 'return 1')],
    request: post,
    allowStopIteration: true,
  },
  {
    name: 'real StopIteration on a POST, body paused too: hangs',
    scripts: [script(on('request_headers', 'return 1'), on('request_body', 'return 1'))],
    request: post,
    allowStopIteration: true,
  },
  {
    name: 'StopAllIterationAndBuffer in request headers hangs',
    scripts: [on('request_headers', 'return 3')],
    request: post,
  },
  { name: 'header action 2 is Continue', scripts: [on('request_headers', 'return 2')], request: post },
  { name: 'header action 7 counts as 4', scripts: [on('request_headers', 'return 7')], request: get },
  { name: 'pause in response headers hangs', scripts: [on('response_headers', 'return 1')], request: get },
  {
    name: 'real StopIteration in response headers: the body releases',
    scripts: [on('response_headers', 'return 1')],
    request: get,
    allowStopIteration: true,
  },
  {
    name: 'pause in response body: headers arrive, body does not',
    scripts: [on('response_body', 'return 1')],
    request: get,
  },
  {
    name: 'NoBuffer in request body drops the chunks',
    scripts: [on('request_body', 'return 3,3,3,0')],
    request: chunked,
  },
  {
    name: 'StopIterationAndWatermark in request body until the end',
    scripts: [on('request_body', 'return 2,2,2,0')],
    request: chunked,
  },
  {
    name: 'continue inside request headers, then pause',
    scripts: [on('request_headers', 'continue 0', 'return 1')],
    request: get,
  },
  // b. call and resume
  {
    name: 'pause, call, resume: GET',
    scripts: [
      script(
        on('request_headers', call, 'return 4'),
        on('http_call_response', 'get 6 :status', 'getbuf 4 0 100', 'get 0 :path', 'continue 0'),
      ),
    ],
    request: get,
  },
  {
    name: 'pause, call, resume: POST gets its body in one piece',
    scripts: [
      script(
        on('request_headers', call, 'return 1'),
        on('request_body', 'getbuf 0 0 100'),
        on('http_call_response', 'pairs 6', 'continue 0'),
      ),
    ],
    request: post,
  },
  {
    name: 'real StopIteration with a call on a POST: the body overtakes the call',
    scripts: [
      script(on('request_headers', call, 'return 1'), on('http_call_response', 'add 0 x-late 1', 'continue 0')),
    ],
    request: post,
    allowStopIteration: true,
  },
  {
    name: 'second continue has no effect',
    scripts: [script(on('request_headers', call, 'return 1'), on('http_call_response', 'continue 0', 'continue 0'))],
    request: get,
  },
  {
    name: 'header added in the call response reaches the upstream',
    scripts: [
      script(on('request_headers', call, 'return 4'), on('http_call_response', 'add 0 x-user ann', 'continue 0')),
    ],
    request: get,
  },
  {
    name: 'call to a port where nobody listens',
    scripts: [
      script(
        on('request_headers', call.replace('auth', 'refused'), 'return 4'),
        on('http_call_response', 'get 6 :status', 'continue 0'),
      ),
    ],
    request: get,
  },
  {
    name: 'call that times out is answered 504',
    scripts: [
      script(
        on('request_headers', call.replace('auth 1000', 'silent 50'), 'return 4'),
        on('http_call_response', 'get 6 :status', 'pairs 6', 'getbuf 4 0 100', 'continue 0'),
      ),
    ],
    request: get,
  },
  {
    name: 'pause in response headers, call, resume',
    scripts: [script(on('response_headers', call, 'return 1'), on('http_call_response', 'continue 1'))],
    request: get,
  },
  // c. arguments of a call
  ...[
    ['unknown cluster', 'call nowhere 1000  :method=GET :path=/ :authority=a'],
    ['empty cluster name', 'call  1000  :method=GET :path=/ :authority=a'],
    ['no :path', 'call auth 1000  :method=GET :authority=a'],
    ['no :method', 'call auth 1000  :path=/ :authority=a'],
    ['no :authority', 'call auth 1000  :method=GET :path=/'],
    ['no headers', 'call auth 1000 '],
    ['host instead of :authority', 'call auth 1000  :method=GET :path=/ host=a.test'],
    ['a body and an upper-case header', 'call auth 1000 payload :method=POST :path=/ :authority=a.test X-Up=1'],
    ['timeout over 2^31', 'call auth 4294967295  :method=GET :path=/ :authority=a'],
  ].map(
    ([what, line]): ProbeCase => ({
      name: `call with ${what}`,
      scripts: [on('request_headers', line ?? '')],
      request: get,
    }),
  ),
  // d. local replies
  ...[
    ['request_headers', get],
    ['request_body', post],
    ['response_headers', get],
    ['response_body', get],
  ].flatMap(([phase, request]): ProbeCase[] => [
    {
      name: `local reply in ${phase}`,
      scripts: [on(phase as string, 'reply 403 my%20details denied -1 x-by=probe')],
      request: request as ProbeCase['request'],
    },
    {
      name: `local reply in ${phase} of the middle one of three`,
      scripts: [observer, on(phase as string, 'reply 403 d denied -1'), observer],
      request: request as ProbeCase['request'],
    },
  ]),
  {
    name: 'local reply twice: the first wins',
    scripts: [on('request_headers', 'reply 403 a first -1', 'reply 500 b second -1')],
    request: get,
  },
  { name: 'local reply with an empty body', scripts: [on('request_headers', 'reply 204 d  -1')], request: get },
  {
    name: 'local reply with its own content-type',
    scripts: [on('request_headers', 'reply 200 d {} -1 content-type=application/json')],
    request: get,
  },
  {
    name: 'local reply to a gRPC request',
    scripts: [on('request_headers', 'reply 403 d denied%20now 7')],
    request: { ...post, headers: [['content-type', 'application/grpc']] },
  },
  {
    name: 'local reply to HEAD',
    scripts: [on('request_headers', 'reply 403 d denied -1')],
    request: { method: 'HEAD', path: '/' },
  },
  {
    name: 'local reply in a call response',
    scripts: [script(on('request_headers', call, 'return 4'), on('http_call_response', 'reply 418 d teapot -1'))],
    request: get,
  },
  // e. bodies and content-length
  {
    name: 'content-length removed in headers, body replaced at the end',
    scripts: [
      script(
        on('request_headers', 'remove 0 content-length'),
        on('request_body', '@2 setbuf 0 0 1000 replaced', 'return 1,0'),
      ),
    ],
    request: post,
  },
  {
    name: 'headers cannot change in the body phase',
    scripts: [on('request_body', 'add 0 x-a 1', 'get 0 :path', 'pairs 0', 'replace 0 x-a 2')],
    request: post,
  },
  {
    name: 'response body replaced, content-length removed',
    scripts: [
      script(
        on('response_headers', 'remove 2 content-length'),
        on('response_body', '@2 setbuf 1 0 1000 changed', 'return 1,0'),
      ),
    ],
    request: get,
  },
  {
    name: 'ranges of get_buffer',
    scripts: [
      on(
        'request_body',
        '@1 getbuf 0 2 3',
        '@1 getbuf 0 8 100',
        '@1 getbuf 0 10 5',
        '@1 getbuf 0 50 5',
        '@1 getbuf 0 0 0',
        '@1 getbuf 0 0 4294967295',
        '@1 getbuf 0 5 4294967295',
      ),
    ],
    request: post,
  },
  ...[
    ['prepend', '0 0'],
    ['append at the end', '10 0'],
    ['append far behind the end', '1000 0'],
    ['replace the first three', '0 3'],
    ['replace all', '0 1000'],
    ['splice in the middle', '4 2'],
  ].map(
    ([what, range]): ProbeCase => ({
      name: `set_buffer: ${what}`,
      scripts: [
        script(
          on('request_headers', 'remove 0 content-length'),
          on('request_body', `@1 setbuf 0 ${range} XYZ`, '@1 getbuf 0 0 100'),
        ),
      ],
      request: post,
    }),
  ),
  {
    name: 'buffers of the other direction',
    scripts: [
      on(
        'request_headers',
        'getbuf 1 0 10',
        'setbuf 1 0 0 x',
        'getbuf 0 0 10',
        'setbuf 0 0 0 x',
        'getbuf 4 0 10',
        'getbuf 7 0 10',
        'getbuf 9 0 1',
      ),
    ],
    request: get,
  },
  // g. properties
  {
    name: 'properties in request headers',
    scripts: [
      on(
        'request_headers',
        ...[
          'request%00path',
          'request%00url_path',
          'request%00query',
          'request%00host',
          'request%00method',
          'request%00scheme',
          'request%00protocol',
          'request%00headers%00x-nope',
          'request%00size',
          'request',
          'request.path',
          '',
          'nope',
          'response%00code',
          'plugin_name',
          'plugin_root_id',
          'plugin_vm_id',
          'cluster_name',
          'route_name',
          'xds%00cluster_name',
          'xds%00route_name',
          'connection%00mtls',
          'connection%00tls_version',
          'filter_state',
          'response%00headers',
          'source%00address',
          'request%00useragent',
        ].map((path) => `prop ${path}`),
      ),
    ],
    request: { ...get, headers: [['user-agent', 'probe/1']] },
  },
  {
    name: 'properties in response headers, response body and log',
    scripts: [
      script(
        ...['response_headers', 'response_body', 'log'].map((phase) =>
          on(
            phase,
            ...[
              'request%00path',
              'request%00method',
              'response%00code',
              'response%00code_details',
              'response%00flags',
              'response%00grpc_status',
              'request%00total_size',
            ]
              .slice(0, 6)
              .map((path) => `prop ${path}`),
          ),
        ),
      ),
    ],
    request: get,
  },
  {
    name: 'set_property is read back by its name only',
    scripts: [
      on(
        'request_headers',
        'setprop foo bar',
        'prop foo',
        'prop wasm.foo',
        'setprop foo ',
        'prop foo',
        'setprop a%00b c',
        'prop a%00b',
        'setprop plugin_name x',
        'prop plugin_name',
      ),
    ],
    request: get,
  },
  // h. shared data
  {
    name: 'shared data and its cas',
    scripts: [
      on(
        'request_headers',
        'shget k',
        'shset k v 0',
        'shget k',
        'shset k w 4294967295',
        'shset new v 77',
        'shset k  0',
        'shget k',
      ),
    ],
    request: get,
  },
  // i. metrics
  {
    name: 'counters, gauges, histograms',
    scripts: [
      on(
        'request_headers',
        'metric 0 c inc 5',
        'metric 0 c inc -2',
        'metric 0 c inc 0',
        'metric 0 c rec 10',
        'metric 1 g inc 3',
        'metric 1 g inc -5',
        'metric 1 g rec 7',
        'metric 2 h inc 1',
        'metric 2 h rec 4',
      ),
    ],
    request: get,
  },
  // k. headers
  {
    name: 'adding and replacing headers',
    scripts: [
      on(
        'request_headers',
        'add 0 X-A 1',
        'add 0 x-a 2',
        'get 0 x-a',
        'replace 0 x-a 3',
        'get 0 x-a',
        'add 0 user-agent second',
        'get 0 user-agent',
        'remove 0 nope',
        'get 0 nope',
        'add 0 x-empty ',
        'get 0 x-empty',
        'get 0 host',
        'replace 0 host other.test',
        'get 0 :authority',
        'add 0 cookie b=2',
        'get 0 cookie',
      ),
    ],
    request: {
      ...get,
      headers: [
        ['user-agent', 't'],
        ['cookie', 'a=1'],
        ['x-dup', 'd1'],
        ['x-dup', 'd2'],
      ],
    },
  },
  { name: 'a header name with a space', scripts: [on('request_headers', 'add 0 bad%20name 1')], request: get },
  { name: 'a header value with CR LF', scripts: [on('request_headers', 'add 0 x-a b%0D%0Ac')], request: get },
  {
    name: 'a header value that is UTF-8',
    scripts: [on('request_headers', 'add 0 x-a %E4%BD%A0', 'get 0 x-a')],
    request: get,
  },
  { name: 'removing :path', scripts: [on('request_headers', 'remove 0 :path')], request: get },
  { name: 'removing :method', scripts: [on('request_headers', 'remove 0 :method')], request: get },
  { name: 'removing :scheme', scripts: [on('request_headers', 'remove 0 :scheme')], request: get },
  {
    name: 'changing path and method',
    scripts: [on('request_headers', 'replace 0 :path /other', 'replace 0 :method PATCH')],
    request: get,
  },
  { name: 'response :status removed', scripts: [on('response_headers', 'remove 2 :status')], request: get },
  { name: 'response :status 299', scripts: [on('response_headers', 'replace 2 :status 299')], request: get },
  {
    name: 'two set-cookie',
    scripts: [on('response_headers', 'add 2 set-cookie a=1', 'add 2 set-cookie b=2', 'get 2 set-cookie')],
    request: get,
  },
  {
    name: 'request map in the response phase',
    scripts: [on('response_headers', 'get 0 :path', 'add 0 x 1', 'pairs 0')],
    request: get,
  },
  {
    name: 'maps in on_log',
    scripts: [on('log', 'get 0 :path', 'get 2 :status', 'add 0 x 1', 'get 1 x', 'pairs 1')],
    request: get,
  },
  {
    name: 'enum out of range',
    scripts: [on('request_headers', 'get 8 a', 'pairs 9', 'log 6 x', 'continue 9', 'getbuf 20 0 1')],
    request: get,
  },
  {
    name: 'foreign functions',
    scripts: [on('request_headers', 'foreign nope x', 'foreign clear_route_cache ', 'foreign get_log_level ')],
    request: get,
  },
  { name: 'effective context of nobody', scripts: [on('request_headers', 'effective 9999', 'done')], request: get },
  // j. traps
  { name: 'trap in request headers', scripts: [on('request_headers', 'trap')], request: get },
  { name: 'trap in request body', scripts: [on('request_body', 'trap')], request: post },
  { name: 'trap in response headers', scripts: [on('response_headers', 'trap')], request: get },
  { name: 'close_stream in request headers', scripts: [on('request_headers', 'close 0', 'return 1')], request: get },
  // chains
  { name: 'two plugins, order there and back', scripts: [observer, observer], request: post },
  {
    name: 'two plugins stopped at once: first on data, second on headers',
    scripts: [
      script(on('request_headers', call, 'return 4'), on('http_call_response', 'continue 0')),
      script(on('request_headers', call, 'return 4'), on('http_call_response', 'continue 0')),
    ],
    request: post,
  },
  {
    name: 'first buffers the body, second sees it in one piece',
    scripts: [on('request_body', 'return 1,1,1,0'), on('request_body', 'getbuf 0 0 100')],
    request: chunked,
  },
  { name: 'HEAD', scripts: [''], request: { method: 'HEAD', path: '/' } },
  { name: 'upstream answers 204', scripts: [''], request: get, reply: { status: 204, body: '' } },
  { name: 'upstream answers 404 with a body', scripts: [''], request: get, reply: { status: 404, body: 'nope' } },
  ...failureCases,
  ...bodyCases,
  ...controlCases,
  ...codecCases,
  ...queueCases,
  ...upstreamCases,
  ...foreignCases,
  ...abiCases,
  ...grpcCases,
  ...supportCases,
]

import { call, get, on, post, script } from '../cases/parts.ts'
import type { ProbeCase } from '../observed.ts'

/**
 * What ends a real Envoy, and what comes close to it and does not. Which is which was recorded (`expected/crashes.json`);
 * who writes a plugin is told by the finding `kills-envoy`. Two calls answered in one turn of the event loop are not
 * among them: there it is luck (docs/DIFFERENCES.md).
 */
const reply = 'reply 403 d body -1'
const phases = ['request_headers', 'request_body', 'response_headers', 'response_body', 'log', 'done'] as const
const streamPhases = phases.slice(0, 4)

type Asked = { readonly name: string; readonly lines: readonly string[] }

const inPhases: readonly Asked[] = [
  { name: 'continue of the response', lines: ['continue 1'] },
  { name: 'continue of the request', lines: ['continue 0'] },
  { name: 'local reply', lines: [reply] },
  { name: 'local reply, then close_stream', lines: [reply, 'close 0'] },
  { name: 'close_stream, then local reply', lines: ['close 0', reply] },
  { name: 'close_stream of the request', lines: ['close 0'] },
  { name: 'close_stream of the response', lines: ['close 1'] },
]

const inAnswers: readonly Asked[] = [
  { name: 'local reply', lines: [reply] },
  { name: 'local reply, then continue of the response', lines: [reply, 'continue 1'] },
  { name: 'local reply, then close_stream', lines: [reply, 'close 0'] },
  { name: 'close_stream, then local reply', lines: ['close 0', reply] },
  { name: 'continue of the response', lines: ['continue 1'] },
]

const calling = (phase: string, turn: number, lines: readonly string[]) =>
  script(on(phase, `@${turn} ${call}`, 'return 1'), on('http_call_response', ...lines))

const answered = ({ name, lines }: Asked): readonly ProbeCase[] =>
  streamPhases.flatMap((phase): readonly ProbeCase[] => {
    const where = `${name}, in the answer of a call of ${phase}`
    const first = { name: where, scripts: [calling(phase, 1, lines)], request: post }
    if (!phase.endsWith('body')) return [first]
    const holding = script(on(phase.replace('body', 'headers'), 'return 1'), calling(phase, 1, lines))
    return [
      first,
      { name: `${where}, the headers held too`, scripts: [holding], request: post },
      { name: `${where}, made at its end`, scripts: [calling(phase, 2, lines)], request: post },
    ]
  })

const services = { 'with a name that reads as a message': 'echos', 'without a name': '', 'with a name': 'grpc' }

const again = 'reply 401 d again -1'
const denied = 'reply 403 d denied -1'
const heldResponse = on('response_headers', call, 'return 4')

/** In the response a second end of the stream in one callback, whichever. */
const twice: readonly ProbeCase[] = [
  { name: 'two local replies in response headers', scripts: [on('response_headers', denied, again)], request: get },
  { name: 'two local replies in a response body', scripts: [on('response_body', denied, again)], request: get },
  { name: 'two closes in response headers', scripts: [on('response_headers', 'close 1', 'close 1')], request: get },
  {
    name: 'two local replies in a call response, response held',
    scripts: [script(heldResponse, on('http_call_response', denied, again))],
    request: get,
  },
  {
    name: 'local reply and continue of the response in request headers',
    scripts: [on('request_headers', denied, 'continue 1')],
    request: get,
  },
  { name: 'two local replies in request headers', scripts: [on('request_headers', denied, again)], request: get },
  {
    name: 'a local reply while the own local reply passes by',
    scripts: [script(on('request_headers', denied), on('response_headers', again))],
    request: get,
  },
]

/** What a body callback holds with 2 or 3 is no longer there after it: behind every crash that random programs found. */
const goneBodies: readonly ProbeCase[] = [2, 3].flatMap((status) => [
  ...['getbuf 0 0 100', 'setbuf 0 0 0 new'].flatMap((touch): readonly ProbeCase[] => [
    {
      name: `a request body held with ${status}, then ${touch.slice(0, 6)} in a call response`,
      scripts: [
        script(on('request_headers', call), on('request_body', `return ${status}`), on('http_call_response', touch)),
      ],
      request: post,
    },
    {
      name: `a local reply held with ${status}, then ${touch.slice(0, 6)} in a call response`,
      scripts: [
        script(
          on('request_headers', call, denied),
          on('response_body', `return ${status}`),
          on('http_call_response', touch.replace(' 0', ' 1')),
        ),
      ],
      request: get,
    },
  ]),
])

/** Over HTTP/2 both ways, for only there trailers come to the plugins. */
const inTrailers: readonly ProbeCase[] = ['request_trailers', 'response_trailers'].flatMap((phase) =>
  inPhases.map(({ name, lines }) => ({
    name: `${name}, in ${phase}`,
    scripts: [on(phase, ...lines)],
    protocol: 'h2' as const,
    cluster: 'h2' as const,
    request: { ...post, trailers: [['x-t', 'asks']] as const },
    reply: { status: 200, headers: [], body: 'hello', chunks: ['hello'], trailers: [['x-t', 'over']] as const },
  })),
)

const keptBody: ProbeCase = {
  name: 'a request body held with 1, then read in a call response',
  scripts: [
    script(
      on('request_headers', call),
      on('request_body', 'return 1'),
      on('http_call_response', 'getbuf 0 0 100', 'continue 0'),
    ),
  ],
  request: post,
}

export const crashCases: readonly ProbeCase[] = [
  ...twice,
  ...goneBodies,
  keptBody,
  ...inPhases.flatMap(({ name, lines }) =>
    phases.map(
      (phase): ProbeCase => ({
        name: `${name}, in ${phase}`,
        scripts: [on(phase, ...lines, 'return 1')],
        request: post,
      }),
    ),
  ),
  ...inTrailers,
  ...inAnswers.flatMap(answered),
  ...Object.entries(services).flatMap(([name, service]): readonly ProbeCase[] => [
    {
      name: `gRPC call of a service ${name}`,
      scripts: [on('request_headers', `gcall ${service} 300 Ok question`, 'return 0')],
      request: get,
    },
    {
      name: `gRPC stream of a service ${name}`,
      scripts: [on('request_headers', `gstream ${service} Ok`, 'return 0')],
      request: get,
    },
  ]),
]

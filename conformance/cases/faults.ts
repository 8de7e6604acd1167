import type { FaultOf, ProbeCase } from '../observed.ts'
import { get, on, script } from './parts.ts'

const outcome = ['prop response%00code', 'prop response%00code_details', 'prop response%00flags']
const watched = script(on('response_headers', 'pairs 2'), on('response_body', 'getbuf 1 0 1000'), on('log', ...outcome))
/** The route's timeout, so that what never comes is over soon. */
const soon = on('request_headers', 'add 0 x-envoy-upstream-rq-timeout-ms 200')
const told = on('http_call_response', 'pairs 6', 'getbuf 4 0 1000', 'pairs 7', 'status', 'continue 0')
const callAuth = 'call auth 200  :method=GET :path=/check :authority=auth.test'

/** What a service does wrong on purpose, by the words of a project's `faults` (src/sandbox/upstream/faults.ts). */
const faults: Readonly<Record<string, FaultOf>> = {
  'a reset before the headers': { kind: 'reset' },
  'a reset at the beginning of the body': { kind: 'reset', at: 'body' },
  'a reset after 4 bytes': { kind: 'reset', afterBytes: 4 },
  silence: { kind: 'timeout' },
  'silence after 4 bytes': { kind: 'timeout', afterBytes: 4 },
  'an end after 4 bytes': { kind: 'truncate', afterBytes: 4 },
  'status 503': { kind: 'status' },
  'status 429': { kind: 'status', status: 429 },
  'a body in pieces of 3 bytes': { kind: 'slow', bytes: 3, latency: '30ms' },
  'a content-length that is too small': { kind: 'length', bytes: 4 },
  'a content-length that is too large': { kind: 'length', bytes: 40 },
}

const reply = { status: 200, headers: [['content-type', 'text/plain']], body: 'abcdefg' } as const
const chunked = { ...reply, body: '', chunks: ['abc', 'defg'] }
const cutting = ['reset', 'timeout', 'truncate']

/** Each fault as the route's cluster, with a known length and in chunks, and as that of a call. */
export const faultCases: readonly ProbeCase[] = [
  ...Object.entries(faults).flatMap(([name, fault]): readonly ProbeCase[] => [
    { name: `fault: ${name}`, scripts: [script(soon, watched)], request: get, reply, faults: { upstream: fault } },
    ...(cutting.includes(fault.kind)
      ? [{ name: `fault: ${name}, chunked`, scripts: [script(soon, watched)], request: get, reply: chunked, faults: { upstream: fault } }] // biome-ignore format: one case
      : []),
    {
      name: `fault: ${name}, in a call`,
      scripts: [script(on('request_headers', callAuth, 'return 4'), told)],
      request: get,
      settle: 300,
      faults: { auth: fault },
    },
  ]),
  ...Object.entries({ none: undefined, ...faults }).flatMap(([name, fault]): readonly ProbeCase[] => [
    {
      name: `fault: HTTP/2, ${name}`,
      scripts: [script(soon, watched)],
      request: get,
      cluster: 'h2',
      ...(fault === undefined ? {} : { faults: { h2: fault } }),
    },
    {
      name: `fault: HTTP/2, ${name}, in a call`,
      scripts: [
        script(on('request_headers', 'call h2 200  :method=GET :path=/check :authority=auth.test', 'return 4'), told),
      ],
      request: get,
      settle: 300,
      ...(fault === undefined ? {} : { faults: { h2: fault } }),
    },
  ]),
  ...['call', 'stream'].flatMap((how) =>
    Object.entries({
      'the connection breaks before the headers': { kind: 'reset' },
      'the connection breaks in a message': { kind: 'reset', afterBytes: 7 },
      'silence in a message': { kind: 'timeout', afterBytes: 7 },
      silence: { kind: 'timeout' },
      'status 503': { kind: 'status' },
      'a message in pieces': { kind: 'slow', bytes: 4, latency: '15ms' },
      'the end in a message': { kind: 'truncate', afterBytes: 7 },
    } satisfies Record<string, FaultOf>).map(
      ([name, fault]): ProbeCase => ({
        name: `fault: gRPC ${how}, ${name}`,
        scripts: [
          script(
            on(
              'request_headers',
              ...(how === 'call' ? ['gcall grpc 250 Unary question'] : ['gstream grpc Unary', 'gsend question 1']),
              'return 4',
            ),
            on('grpc_initial_metadata', 'status', 'pairs 4'),
            on('grpc_receive', 'status', 'getbuf 5 0 100', ...(how === 'call' ? ['continue 0'] : [])),
            on('grpc_trailing_metadata', 'status', 'pairs 5'),
            on('grpc_close', 'status', 'continue 0'),
          ),
        ],
        request: get,
        patience: 700,
        settle: 150,
        faults: { grpc: fault },
      }),
    ),
  ),
]

import { escaped, grpcReplies, message, serviceProto } from '../grpc-service.ts'
import type { ProbeCase } from '../observed.ts'
import { get, observer, on, post, script } from './parts.ts'

/** Everything a callback of a gRPC call can read. */
const look = ['status', 'getbuf 5 0 100', 'pairs 4', 'pairs 5', 'get 4 x-init', 'get 5 x-trail', 'get 0 :path']
const watched = script(
  on('grpc_initial_metadata', ...look),
  on('grpc_receive', ...look),
  on('grpc_trailing_metadata', ...look),
  on('grpc_close', ...look, 'continue 0'),
)
/** A call has one end: the message, or a close. */
const watchedCall = script(on('grpc_receive', ...look, 'continue 0'), on('grpc_close', ...look, 'continue 0'))

const caseOf = (name: string, ...scripts: readonly string[]): ProbeCase => ({
  name: `gRPC: ${name}`,
  scripts,
  request: get,
  settle: 150,
})
const calling = (name: string, ...lines: readonly string[]): ProbeCase =>
  caseOf(name, script(on('request_headers', ...lines, 'return 4'), watchedCall))
const streaming = (name: string, ...lines: readonly string[]): ProbeCase =>
  caseOf(name, script(on('request_headers', ...lines, 'return 4'), watched))

const methods = Object.keys(grpcReplies).map((path) => path.replace('probe.Probe/', ''))

const proto = (...of: Parameters<typeof serviceProto>): string => escaped(serviceProto(...of))

/** Nothing comes for a call that was refused. */
const released = (service: string) => (/^(nowhere|.*04g)$/.test(service) ? ['continue 0'] : [])

/** `proxy_grpc_call`, `_stream`, `_send`, `_cancel`, `_close` and their callbacks (proxy-wasm-host.md 8.2). */
export const grpcCases: readonly ProbeCase[] = [
  ...[...methods, 'Nowhere'].map((method) =>
    calling(`call of ${method}`, `gcall grpc 300 ${method} question x-mine=1 X-Up=2`),
  ),
  ...[...methods, 'Nowhere'].map((method) =>
    streaming(`stream to ${method}, one message`, `gstream grpc ${method} x-mine=1`, 'gsend question 1'),
  ),
  // Where it goes
  ...Object.entries({
    'a cluster that is unknown': 'nowhere',
    'a proto': proto('grpc'),
    'a proto of an unknown cluster': proto('nowhere'),
    'a proto with an authority': escaped(message([1, message([1, 'grpc'], [2, 'a.test'])])),
    'a proto with metadata': proto('grpc', [5, message([1, 'x-given'], [2, 'yes'])]),
    'a proto that is cut': proto('grpc').slice(0, -3),
    'a proto with an unknown field': proto('grpc', [99, 'more']),
    'a service of HTTP/1': 'auth',
    'a port where nobody listens': 'refused',
    'a service that closes': 'closing',
    'a service that breaks off': 'broken',
  }).flatMap(([what, service]) => [
    calling(`call to ${what}`, `gcall ${service} 300 Unary question`, ...released(service)),
    streaming(`stream to ${what}`, `gstream ${service} Unary`, 'gsend question 1', ...released(service)),
  ]),
  calling('call to a silent service times out', 'gcall silent 60 Unary question'),
  calling('call without a timeout', 'gcall grpc 0 Unary question'),
  calling('call with the largest timeout', 'gcall grpc 4294967295 Unary question'),
  calling('call with a message of nothing', 'gcall grpc 300 Echo '),
  calling(
    'call with pseudo headers among its metadata',
    'gcall grpc 300 Unary question :path=/other :authority=b.test',
  ),
  calling('call with host among its metadata', 'gcall grpc 300 Unary q host=b.test'),
  calling('call with its own content-type', 'gcall grpc 300 Unary q content-type=text/plain'),
  calling('call with an empty method', 'gcall grpc 300  question'),
  calling('two calls at once', 'gcall grpc 300 Two one', 'gcall grpc 300 Unary two'),
  // Cancel and close
  calling('call cancelled at once', 'gcall grpc 300 Unary question', 'gcancel', 'gcancel', 'continue 0'),
  calling('call closed at once', 'gcall grpc 300 Unary question', 'gclose', 'gclose', 'continue 0'),
  calling('send on a call', 'gcall grpc 300 Unary question', 'gsend more 1'),
  streaming(
    'stream cancelled at once',
    'gstream grpc Echo',
    'gsend one 0',
    'gcancel',
    'gcancel',
    'gsend two 0',
    'continue 0',
  ),
  streaming('stream closed without a message', 'gstream grpc Echo', 'gclose'),
  streaming('stream closed after a message', 'gstream grpc Echo', 'gsend one 0', 'gclose', 'gclose'),
  streaming('send after close', 'gstream grpc Echo', 'gsend one 0', 'gclose', 'gsend two 0'),
  streaming('send after the end', 'gstream grpc Echo', 'gsend one 1', 'gsend two 0', 'gclose'),
  streaming('two messages', 'gstream grpc Echo', 'gsend one 0', 'gsend two 1'),
  streaming('an empty message', 'gstream grpc Echo', 'gsend  1'),
  ...['gsend x 0', 'gcancel', 'gclose'].flatMap((line) =>
    [0, 4, 5, 6, 7, 9, 4294967295].map(
      (token) =>
      caseOf(`${line} of token ${token} that nobody has`, on('request_headers', line.startsWith('gsend') ? `gsend x 0 ${token}` : `${line} ${token}`)), // biome-ignore format: one
    ),
  ),
  // In the callbacks
  ...['gcancel', 'gclose', 'gsend more 0', 'gsend more 1'].flatMap((line) => [
    // What is sent in grpc_trailing_metadata makes Envoy reset the stream and enter the plugin a second time.
    ...['grpc_initial_metadata', 'grpc_receive', 'grpc_close'].map((callback) =>
      caseOf(
        `${line} in ${callback} of a stream`,
        script(
          on('request_headers', 'gstream grpc Server x-mine=1', 'gsend question 0'),
          on(callback, ...(line.startsWith('gsend') ? [`@1 ${line}`, `@1 ${line}`] : [line, line])),
        ),
      ),
    ),
    caseOf(
      `${line} in grpc_receive of a call`,
      script(on('request_headers', 'gcall grpc 300 Unary q'), on('grpc_receive', line)),
    ),
    caseOf(
      `${line} in grpc_close of a call`,
      script(on('request_headers', 'gcall grpc 300 Fail q'), on('grpc_close', line)),
    ),
  ]),
  caseOf(
    'stream that the service ends first, then closed',
    script(on('request_headers', 'gstream grpc Early'), on('grpc_close', 'gsend late 0', 'gclose', 'gclose')),
  ),
  caseOf(
    'a chain of calls',
    script(
      on('request_headers', 'gcall grpc 300 Unary one', 'return 4'),
      on('grpc_receive', '@1 gcall grpc 300 Echo two', '@2 add 0 x-after yes', '@2 continue 0'),
    ),
  ),
  caseOf(
    'conversation: the next message follows the answer',
    script(
      on('request_headers', 'gstream grpc Echo', 'gsend one 0', 'return 4'),
      on('grpc_receive', 'getbuf 5 0 100', '@1 gsend two 0', '@2 gsend three 1'),
      on('grpc_close', 'continue 0'),
    ),
  ),
  caseOf(
    'local reply in grpc_receive',
    script(on('request_headers', 'gcall grpc 300 Unary q', 'return 4'), on('grpc_receive', 'reply 403 d denied -1')),
  ),
  caseOf(
    'local reply in grpc_close',
    script(on('request_headers', 'gcall grpc 300 Fail q', 'return 4'), on('grpc_close', 'reply 403 d denied -1')),
    observer,
  ),
  caseOf(
    'gcancel in grpc_trailing_metadata of a stream',
    script(
      on('request_headers', 'gstream grpc Server', 'gsend question 0'),
      on('grpc_trailing_metadata', 'gcancel', 'gcancel'),
    ),
  ),
  caseOf('trap in grpc_receive', script(on('request_headers', 'gcall grpc 300 Unary q'), on('grpc_receive', 'trap'))),
  caseOf('trap in grpc_close', script(on('request_headers', 'gcall grpc 300 Fail q'), on('grpc_close', 'trap'))),
  caseOf('trap while a call is under way', on('request_headers', 'gcall grpc 300 Unary q', 'trap')),
  caseOf('buffer and maps cannot be written', script(on('request_headers', 'gcall grpc 300 Unary q'), on('grpc_receive', 'setbuf 5 0 1 x', 'getbuf 5 0 100', 'setbuf 5 1 1 x', 'setbuf 5 99 1 y', 'getbuf 5 0 100', 'add 4 a b', 'replace 5 a b', 'remove 4 a', 'size 4', 'size 5', 'setpairs 4 a=b'))), // biome-ignore format: one
  caseOf('message is read in parts', script(on('request_headers', 'gcall grpc 300 Unary q'), on('grpc_receive', 'getbuf 5 1 2', 'getbuf 5 9 2', 'getbuf 5 0 0', 'getbuf 5 4 4294967295'))), // biome-ignore format: one
  ...['response_headers', 'response_body', 'log', 'done'].flatMap((phase) => [
    caseOf(`call in ${phase}`, script(on(phase, '@1 gcall grpc 300 Unary q'), watchedCall)),
    caseOf(`stream in ${phase}`, script(on(phase, '@1 gstream grpc Early'), watched)),
  ]),
  { ...caseOf('call in request_body', script(on('request_body', '@1 gcall grpc 300 Unary q', 'return 1,1'), watchedCall)), request: post }, // biome-ignore format: one
  caseOf('call in tick', script(on('request_headers', 'tick 20'), on('tick', 'tick 0', 'gcall grpc 300 Unary q'), watchedCall)), // biome-ignore format: one
  caseOf(
    'stream in tick',
    script(on('request_headers', 'tick 20'), on('tick', 'tick 0', 'gstream grpc Early'), watched),
  ),
]

import type { ProbeCase, ServiceName } from '../observed.ts'
import { get, on, post, script } from './parts.ts'

const callTo = (service: ServiceName, timeout = 1000) =>
  `call ${service} ${timeout}  :method=GET :path=/check :authority=${service}.test`

const told = on('http_call_response', 'pairs 6', 'getbuf 4 0 1000', 'pairs 7', 'status', 'continue 0')
const failing = ['refused', 'closing', 'broken'] as const
const outcome = ['prop response%00code', 'prop response%00code_details', 'prop response%00flags', 'get 2 :status']

/** Services that cannot be reached, or end in the middle: as the route's cluster and as that of a call. */
export const upstreamCases: readonly ProbeCase[] = [
  ...failing.map((service) => ({
    name: `call to ${service}: what the plugin is told`,
    scripts: [script(on('request_headers', callTo(service), 'return 4'), told)],
    request: get,
  })),
  {
    name: 'call to silent: what the plugin is told',
    scripts: [script(on('request_headers', callTo('silent', 100), 'return 4'), told)],
    request: get,
  },
  {
    name: 'the status of a failed call stays for the calls after it',
    scripts: [
      script(
        on('request_headers', 'status', callTo('broken'), 'return 4'),
        on('http_call_response', 'status', `@1 ${callTo('auth')}`, '@2 continue 0'),
        on('response_headers', 'status'),
      ),
    ],
    request: get,
  },
  ...failing.flatMap((cluster) =>
    [get, post].map((request) => ({
      name: `upstream ${cluster}: ${request.method}`,
      scripts: [script(on('response_headers', 'pairs 2', ...outcome), on('response_body', 'getbuf 1 0 1000'), on('log', ...outcome))], // biome-ignore format: sections
      request,
      cluster,
    })),
  ),
  {
    name: 'upstream refused: paused in response headers, then a reply',
    scripts: [on('response_headers', 'reply 418 mine teapot 0 x-own=1', 'return 4')],
    request: get,
    cluster: 'refused',
  },
  {
    name: 'upstream refused: two plugins see the reply of the gateway',
    scripts: [on('response_headers', 'get 2 :status', 'add 2 x-a 1'), on('response_headers', 'get 2 :status')],
    request: get,
    cluster: 'refused',
  },
  {
    name: 'flags of a client that gave up',
    scripts: [script(on('request_headers', 'return 1'), on('log', ...outcome))],
    request: get,
  },
  {
    name: 'flags of a header that cannot be sent',
    scripts: [script(on('request_headers', 'add 0 bad%20name 1'), on('log', ...outcome))],
    request: get,
  },
  {
    name: 'upstream broken while the response body is held',
    scripts: [script(on('response_body', 'return 1'), on('log', ...outcome))],
    request: get,
    cluster: 'broken',
  },
  {
    name: 'upstream broken while the response headers are held',
    scripts: [script(on('response_headers', 'return 4'), on('log', ...outcome))],
    request: get,
    cluster: 'broken',
  },
]

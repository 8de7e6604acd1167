import type { ProbeCase } from '../observed.ts'
import { call, get, on, post, script } from './parts.ts'

/** Calls to services: pause and resume, arguments, failures. */
export const httpCallCases: readonly ProbeCase[] = [
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
]

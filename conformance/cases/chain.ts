import type { ProbeCase } from '../observed.ts'
import { call, chunked, get, observer, on, post, script } from './parts.ts'

/** Traps, and several plugins in one chain. */
export const chainCases: readonly ProbeCase[] = [
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
]

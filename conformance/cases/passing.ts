import type { ProbeCase } from '../observed.ts'
import { chunked, get, on, post, script } from './parts.ts'

/** Messages that pass, and callbacks that hold them. */
export const passingCases: readonly ProbeCase[] = [
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
]

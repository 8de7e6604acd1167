import type { ProbeCase } from '../observed.ts'
import { call, get, observer, on, post, script } from './parts.ts'

/** `proxy_send_local_response` in every phase. */
export const localReplyCases: readonly ProbeCase[] = [
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
]

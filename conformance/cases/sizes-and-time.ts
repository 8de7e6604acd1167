import type { ProbeCase } from '../observed.ts'
import { call, get, on, post, script } from './parts.ts'

const everyBuffer = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((type) => `bufstatus ${type}`)
const phases = ['request_headers', 'request_body', 'response_headers', 'response_body', 'log', 'done'] as const
const responseFacts = ['total_size', 'size', 'grpc_status', 'headers'].map((name) => `prop response%00${name}`)

/** Host functions that the other cases do not call. */
export const sizesAndTimeCases: readonly ProbeCase[] = [
  ...phases.map(
    (phase): ProbeCase => ({
      // VM and plugin configuration are as long as the number of the case; only whether they are there is compared.
      name: `buffer lengths in ${phase}`,
      scripts: [
        on(phase, ...everyBuffer.filter((line) => !/[678]$/.test(line)), 'bufstatus 9', 'bufstatus 4294967295'),
      ],
      request: post,
    }),
  ),
  {
    name: 'buffer lengths in a call response',
    scripts: [
      script(
        on('request_headers', call, 'return 4'),
        on(
          'http_call_response',
          'bufstatus 0',
          'bufstatus 1',
          'bufstatus 4',
          'bufstatus 5',
          'bufstatus 7',
          'continue 0',
        ),
      ),
    ],
    request: get,
  },
  ...phases.map((phase): ProbeCase => ({ name: `time in ${phase}`, scripts: [on(phase, 'now')], request: post })),
  // Found by random programs.
  {
    name: 'sizes and gRPC status of a response whose headers went on, are held, and have left',
    scripts: [
      script(on('response_body', ...responseFacts), on('log', ...responseFacts)),
      script(
        on('response_headers', 'replace 2 grpc-status 3', ...responseFacts, 'return 1'),
        on('response_body', ...responseFacts),
        on('log', ...responseFacts),
      ),
    ],
    request: get,
    allowStopIteration: true,
  },
  {
    name: 'a reply while the response headers are held: the replaced ones stay in the attributes of on_log',
    scripts: [
      script(
        on('response_headers', 'replace 2 grpc-status 3', 'reply 403 d denied -1 x-by=probe', 'return 1'),
        on('log', ...responseFacts, 'prop response%00headers%00x-by', 'get 2 x-by'),
      ),
      script(on('log', ...responseFacts, 'prop response%00headers%00x-by')),
    ],
    request: get,
  },
  {
    name: 'a second grpc-status on a request stands beside the first',
    scripts: [on('request_headers', 'add 0 grpc-status 1', 'add 0 grpc-status 2', 'get 0 grpc-status', 'size 0')],
    request: get,
  },
]

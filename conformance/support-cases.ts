import { call, get, on, post, script } from './case-parts.ts'
import type { ProbeCase } from './observed.ts'

const everyBuffer = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((type) => `bufstatus ${type}`)
const phases = ['request_headers', 'request_body', 'response_headers', 'response_body', 'log', 'done'] as const

/** Host functions that the other cases do not call. */
export const supportCases: readonly ProbeCase[] = [
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
]

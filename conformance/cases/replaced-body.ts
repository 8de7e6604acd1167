import type { ProbeCase } from '../observed.ts'
import { get, on, post, script } from './parts.ts'

/** Bodies, their length, and the ranges of both buffer functions. */
export const replacedBodyCases: readonly ProbeCase[] = [
  // e. bodies and content-length
  {
    name: 'content-length removed in headers, body replaced at the end',
    scripts: [
      script(
        on('request_headers', 'remove 0 content-length'),
        on('request_body', '@2 setbuf 0 0 1000 replaced', 'return 1,0'),
      ),
    ],
    request: post,
  },
  {
    name: 'headers cannot change in the body phase',
    scripts: [on('request_body', 'add 0 x-a 1', 'get 0 :path', 'pairs 0', 'replace 0 x-a 2')],
    request: post,
  },
  {
    name: 'response body replaced, content-length removed',
    scripts: [
      script(
        on('response_headers', 'remove 2 content-length'),
        on('response_body', '@2 setbuf 1 0 1000 changed', 'return 1,0'),
      ),
    ],
    request: get,
  },
  {
    name: 'ranges of get_buffer',
    scripts: [
      on(
        'request_body',
        '@1 getbuf 0 2 3',
        '@1 getbuf 0 8 100',
        '@1 getbuf 0 10 5',
        '@1 getbuf 0 50 5',
        '@1 getbuf 0 0 0',
        '@1 getbuf 0 0 4294967295',
        '@1 getbuf 0 5 4294967295',
      ),
    ],
    request: post,
  },
  ...[
    ['prepend', '0 0'],
    ['append at the end', '10 0'],
    ['append far behind the end', '1000 0'],
    ['replace the first three', '0 3'],
    ['replace all', '0 1000'],
    ['splice in the middle', '4 2'],
  ].map(
    ([what, range]): ProbeCase => ({
      name: `set_buffer: ${what}`,
      scripts: [
        script(
          on('request_headers', 'remove 0 content-length'),
          on('request_body', `@1 setbuf 0 ${range} XYZ`, '@1 getbuf 0 0 100'),
        ),
      ],
      request: post,
    }),
  ),
  {
    name: 'buffers of the other direction',
    scripts: [
      on(
        'request_headers',
        'getbuf 1 0 10',
        'setbuf 1 0 0 x',
        'getbuf 0 0 10',
        'setbuf 0 0 0 x',
        'getbuf 4 0 10',
        'getbuf 7 0 10',
        'getbuf 9 0 1',
      ),
    ],
    request: get,
  },
]

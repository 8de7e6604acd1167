import type { ProbeCase } from '../observed.ts'
import { get, on } from './parts.ts'

/** Maps: joining, replacing, removing, and what the router makes of it. */
export const headerMapCases: readonly ProbeCase[] = [
  // k. headers
  {
    name: 'adding and replacing headers',
    scripts: [
      on(
        'request_headers',
        'add 0 X-A 1',
        'add 0 x-a 2',
        'get 0 x-a',
        'replace 0 x-a 3',
        'get 0 x-a',
        'add 0 user-agent second',
        'get 0 user-agent',
        'remove 0 nope',
        'get 0 nope',
        'add 0 x-empty ',
        'get 0 x-empty',
        'get 0 host',
        'replace 0 host other.test',
        'get 0 :authority',
        'add 0 cookie b=2',
        'get 0 cookie',
      ),
    ],
    request: {
      ...get,
      headers: [
        ['user-agent', 't'],
        ['cookie', 'a=1'],
        ['x-dup', 'd1'],
        ['x-dup', 'd2'],
      ],
    },
  },
  { name: 'a header name with a space', scripts: [on('request_headers', 'add 0 bad%20name 1')], request: get },
  { name: 'a header value with CR LF', scripts: [on('request_headers', 'add 0 x-a b%0D%0Ac')], request: get },
  {
    name: 'a header value that is UTF-8',
    scripts: [on('request_headers', 'add 0 x-a %E4%BD%A0', 'get 0 x-a')],
    request: get,
  },
  { name: 'removing :path', scripts: [on('request_headers', 'remove 0 :path')], request: get },
  { name: 'removing :method', scripts: [on('request_headers', 'remove 0 :method')], request: get },
  { name: 'removing :scheme', scripts: [on('request_headers', 'remove 0 :scheme')], request: get },
  {
    name: 'changing path and method',
    scripts: [on('request_headers', 'replace 0 :path /other', 'replace 0 :method PATCH')],
    request: get,
  },
  { name: 'response :status removed', scripts: [on('response_headers', 'remove 2 :status')], request: get },
  { name: 'response :status 299', scripts: [on('response_headers', 'replace 2 :status 299')], request: get },
  {
    name: 'two set-cookie',
    scripts: [on('response_headers', 'add 2 set-cookie a=1', 'add 2 set-cookie b=2', 'get 2 set-cookie')],
    request: get,
  },
  {
    name: 'request map in the response phase',
    scripts: [on('response_headers', 'get 0 :path', 'add 0 x 1', 'pairs 0')],
    request: get,
  },
  {
    name: 'maps in on_log',
    scripts: [on('log', 'get 0 :path', 'get 2 :status', 'add 0 x 1', 'get 1 x', 'pairs 1')],
    request: get,
  },
  {
    name: 'enum out of range',
    scripts: [on('request_headers', 'get 8 a', 'pairs 9', 'log 6 x', 'continue 9', 'getbuf 20 0 1')],
    request: get,
  },
  {
    name: 'foreign functions',
    scripts: [on('request_headers', 'foreign nope x', 'foreign clear_route_cache ', 'foreign get_log_level ')],
    request: get,
  },
  { name: 'effective context of nobody', scripts: [on('request_headers', 'effective 9999', 'done')], request: get },
]

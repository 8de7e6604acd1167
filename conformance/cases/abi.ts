import type { ProbeCase } from '../observed.ts'
import { call, get, on, post, script } from './parts.ts'

/** Allowed capabilities, beside what the probe needs to read its script and to tell what it saw. */
const allow = (...names: readonly string[]) => ({
  capability_restriction_config: {
    allowed_capabilities: Object.fromEntries(
      ['proxy_log', 'proxy_on_context_create', 'proxy_on_configure', 'proxy_get_buffer_bytes', ...names].map((name) => [
        name,
        {},
      ]),
    ),
  },
})

const many = [
  'get 0 :path',
  'pairs 0',
  'add 0 x-a b',
  'replace 0 x-a b',
  'remove 0 x-a',
  'setpairs 0 a=b',
  'setbuf 0 0 0 x',
  'prop plugin_name',
  'setprop a b',
  'shset k v 0',
  'shget k',
  'register q',
  'metric 0 m inc 1',
  call,
  'gcall auth 100 Get hello',
  'tick 10',
  'effective 2',
  'foreign clear_route_cache ',
  'status',
  'done',
  'size 0',
  'level',
  'reply 418 d body 0',
  'continue 0',
  'close 0',
]

const restrictionCases: readonly ProbeCase[] = [
  {
    name: 'capabilities: every call that is not allowed answers 10',
    scripts: [on('request_headers', ...many)],
    request: get,
    plugin: allow('proxy_on_request_headers'),
  },
  {
    name: 'capabilities: callbacks that are not allowed do not come',
    scripts: [script(on('request_headers'), on('request_body'), on('response_headers'), on('log'))],
    request: post,
    plugin: allow('proxy_on_request_headers', 'proxy_on_log'),
  },
  {
    name: 'capabilities: one call allowed, the next not',
    scripts: [on('request_headers', 'get 0 :path', 'add 0 x-a b')],
    request: get,
    plugin: allow('proxy_on_request_headers', 'proxy_get_header_map_value'),
  },
  {
    name: 'capabilities: a bad enum does not matter to a call that is not allowed',
    scripts: [on('request_headers', 'get 99 :path', 'continue 99')],
    request: get,
    plugin: allow('proxy_on_request_headers'),
  },
  {
    name: 'capabilities: an empty list allows everything',
    scripts: [on('request_headers', 'get 0 :path')],
    request: get,
    plugin: { capability_restriction_config: { allowed_capabilities: {} } },
  },
  {
    name: 'capabilities: a call is answered by nobody',
    scripts: [script(on('request_headers', call, 'return 4'), on('http_call_response', 'continue 0'))],
    request: get,
    plugin: allow('proxy_on_request_headers', 'proxy_http_call', 'proxy_on_log'),
  },
]

const both = (name: string, rest: Omit<ProbeCase, 'name' | 'abi'>): readonly ProbeCase[] =>
  (['0_1_0', '0_2_0'] as const).map((abi) => ({ name: `ABI ${abi}: ${name}`, abi, ...rest }))

const formCases: readonly ProbeCase[] = [
  ...both('GET and its callbacks', { scripts: [''], request: get }),
  ...both('POST and its callbacks', { scripts: [''], request: post }),
  ...both('a header that is not there', {
    scripts: [
      script(
        on('request_headers', 'get 0 nope', 'get 1 nope', 'get 2 nope'),
        on('response_headers', 'get 0 :path', 'get 2 nope'),
        on('log', 'get 0 nope', 'get 1 nope', 'get 0 :path'),
      ),
    ],
    request: get,
  }),
  ...both('pause, call, resume', {
    scripts: [
      script(
        on('request_headers', call, 'return 1'),
        on('http_call_response', 'get 6 :status', 'get 6 nope', 'get 7 nope', 'continue 0'),
      ),
    ],
    request: post,
  }),
  ...both('pause in response headers, resume', {
    scripts: [script(on('response_headers', call, 'return 1'), on('http_call_response', 'continue 1'))],
    request: get,
  }),
  ...both('header statuses', { scripts: [on('request_headers', 'return 2')], request: post }),
  ...both('real StopIteration', {
    scripts: [on('request_headers', 'return 1')],
    request: post,
    allowStopIteration: true,
  }),
  ...both('body paused until the end', {
    scripts: [on('request_body', 'getbuf 0 0 100', 'return 1,0')],
    request: post,
  }),
  ...both('foreign function', {
    scripts: [on('request_headers', 'foreign compress a', 'foreign nope x')],
    request: get,
  }),
  ...both('local reply', { scripts: [on('request_headers', 'reply 403 no body 0 x-a=b')], request: get }),
  {
    name: 'ABI 0_1_0: route cache',
    abi: '0_1_0',
    scripts: [
      script(on('configure', 'config'), on('request_headers', 'clearroute', 'getbuf 7 0 20'), on('log', 'clearroute')),
    ],
    request: get,
  },
]

/** Forms of the ABI older than 0.2.1, and restricted capabilities (proxy-wasm-host.md 1). */
export const abiCases: readonly ProbeCase[] = [...restrictionCases, ...formCases]

import type { ProbeCase } from '../observed.ts'
import { call, get, observer, on, post, script } from './parts.ts'

const trapping = [['x-trap', '1']] as const
const policies = [
  ['no policy', {}],
  ['FAIL_CLOSED', { failure_policy: 'FAIL_CLOSED' }],
  ['FAIL_OPEN', { failure_policy: 'FAIL_OPEN' }],
  ['fail_open', { fail_open: true }],
] as const
const next = [{ after: 0 }, { after: 50 }]

/** A trap in the first request (in each callback), and what the next two see (envoy-observed.md j). */
export const failureCases: readonly ProbeCase[] = [
  ...policies.flatMap(([policy, plugin]): ProbeCase[] => [
    ...(
      [
        ['request_headers', get],
        ['request_body', post],
        ['response_headers', get],
        ['response_body', get],
        ['log', get],
        ['done', get],
      ] as const
    ).map(
      ([phase, request]): ProbeCase => ({
        name: `${policy}: trap in ${phase}, then two more requests`,
        scripts: [on(phase, 'trap')],
        request,
        again: next,
        plugin,
      }),
    ),
    {
      name: `${policy}: trap in a call response while the request is paused`,
      scripts: [script(on('request_headers', call, 'return 4'), on('http_call_response', 'trap'))],
      request: get,
      again: next,
      plugin,
    },
    {
      name: `${policy}: trap in a call response while the request body is paused`,
      scripts: [script(on('request_body', `@1 ${call}`, 'return 1'), on('http_call_response', 'trap'))],
      request: post,
      again: next,
      plugin,
    },
    {
      name: `${policy}: trap in a call response while the response is paused`,
      scripts: [script(on('response_headers', call, 'return 4'), on('http_call_response', 'trap'))],
      request: get,
      again: next,
      plugin,
    },
    {
      name: `${policy}: trap in a tick while the request is paused`,
      scripts: [script(on('request_headers', 'tick 40', 'return 4'), on('tick', 'trap'))],
      request: get,
      again: next,
      plugin,
    },
    {
      name: `${policy}: trap in the middle one of three, in a call response`,
      scripts: [observer, script(on('request_headers', call, 'return 4'), on('http_call_response', 'trap')), observer],
      request: post,
      again: next,
      plugin,
    },
  ]),
  {
    name: 'FAIL_RELOAD: trap in request_headers, then two more requests',
    scripts: [on('request_headers', 'trapif x-trap')],
    request: { ...get, headers: [] },
    again: [{ after: 0, headers: trapping }, { after: 0 }, { after: 0 }],
    plugin: { failure_policy: 'FAIL_RELOAD' },
  },
  {
    name: 'trap of the middle one of three in request headers',
    scripts: [observer, on('request_headers', 'trap'), observer],
    request: get,
  },
  {
    name: 'trap of the middle one of three in response headers',
    scripts: [observer, on('response_headers', 'trap'), observer],
    request: get,
  },
  {
    name: 'a local reply, then a trap in the same callback',
    scripts: [on('request_headers', 'reply 403 d denied -1', 'trap')],
    request: get,
  },
  {
    name: 'a continue in a tick, then a trap in it',
    scripts: [script(on('request_headers', 'tick 40', 'return 4'), on('tick', 'effective 2', 'continue 0', 'trap'))],
    request: get,
    settle: 120,
  },
  {
    name: 'a continue of the response in a tick, then a trap in it, FAIL_OPEN',
    scripts: [script(on('response_headers', 'tick 40', 'return 4'), on('tick', 'effective 2', 'continue 1', 'trap'))],
    request: get,
    plugin: { failure_policy: 'FAIL_OPEN' },
    settle: 120,
  },
  {
    name: 'a continue in a call response, then a trap in it',
    scripts: [script(on('request_headers', call, 'return 4'), on('http_call_response', 'continue 0', 'trap'))],
    request: get,
  },
  {
    name: 'a local reply in a call response, then a trap in it',
    scripts: [
      script(on('request_headers', call, 'return 4'), on('http_call_response', 'reply 403 d denied -1', 'trap')),
    ],
    request: get,
  },
  {
    name: 'a trap while answering a local reply',
    scripts: [script(on('request_headers', 'reply 403 d denied -1'), on('response_headers', 'trap'))],
    request: get,
  },
  {
    name: 'a trap on a gRPC request',
    scripts: [on('request_headers', 'trap')],
    request: { ...post, headers: [['content-type', 'application/grpc']] },
  },
]

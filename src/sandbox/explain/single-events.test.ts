import { expect, test } from 'vitest'
import { brief, end, explained, inCallback, type Row, requestHeaders, single } from './testing/explained.ts'
import { bytes, TraceBuilder } from './testing/trace-builder.ts'

const reply = {
  type: 'local-reply',
  status: 403,
  headers: [],
  body: new Uint8Array(),
  details: '',
  outcome: 'sent',
} as const

test.each<Row>([
  [
    'a second reply',
    inCallback((trace) => trace.event({ ...reply, outcome: 'ignored-second' })),
    ['local-reply-lost ignored warning proxy_on_request_headers'],
  ],
  [
    'a late reply',
    inCallback((trace) => trace.event({ ...reply, outcome: 'stream-reset' })),
    ['local-reply-lost too-late problem proxy_on_request_headers'],
  ],
  ['one reply is fine', inCallback((trace) => trace.event(reply)), []],
  [
    'too large a body',
    new TraceBuilder()
      .pause('request', 'StopIterationAndBuffer')
      .event({ ...reply, status: 413, details: 'request_payload_too_large' }),
    ['buffer-limit request problem'],
  ],
  [
    'a plugin may use the same details',
    inCallback((trace) => trace.event({ ...reply, status: 413, details: 'request_payload_too_large' })),
    [],
  ],
  [
    'the trace is full',
    single({ type: 'limit', what: 'events-dropped', count: 3, detail: '' }),
    ['run-cut events-dropped warning'],
  ],
  ['the deadline', single({ type: 'limit', what: 'deadline', count: 1, detail: '' }), ['run-cut deadline problem']],
  [
    'not implemented',
    inCallback((trace) => trace.call('proxy_grpc_call', { code: 12, reason: { code: 'not-implemented' } })),
    ['not-implemented function problem proxy_on_request_headers'],
  ],
  [
    'a service that is not there yet',
    single({ type: 'upstream.reset', cluster: 'r', reason: 'not in Proxyground yet: clusters of kind grpc' }),
    ['not-implemented service problem'],
  ],
  ['a service that is down', single({ type: 'upstream.reset', cluster: 'r', reason: 'connection refused' }), []],
  [
    'a splice',
    inCallback((trace) =>
      trace.call('proxy_set_buffer_bytes', { code: 2, reason: { code: 'splice-in-the-middle', start: 4, length: 9 } }),
    ),
    ['buffer-refused middle problem proxy_on_request_headers'],
  ],
  [
    'a configuration is read-only',
    inCallback((trace) =>
      trace.call('proxy_set_buffer_bytes', {
        code: 2,
        reason: { code: 'buffer-read-only', buffer: 'PluginConfiguration' },
      }),
    ),
    ['buffer-refused read-only problem proxy_on_request_headers'],
  ],
  [
    'asking for a configuration that is not there is usual',
    inCallback((trace) =>
      trace.call('proxy_get_buffer_bytes', {
        code: 1,
        reason: { code: 'buffer-unavailable', buffer: 'PluginConfiguration', phase: 'x' },
      }),
    ),
    [],
  ],
  [
    'a wild pointer',
    inCallback((trace) =>
      trace.call('proxy_log', { code: 6, reason: { code: 'out-of-bounds', argument: 'message', pointer: 1, size: 2 } }),
    ),
    ['bad-memory pointer problem proxy_on_request_headers'],
  ],
  [
    'an allocator that fails',
    inCallback((trace) => trace.call('proxy_get_property', { code: 6, reason: { code: 'allocator', detail: 'null' } })),
    ['bad-memory allocator problem proxy_on_request_headers'],
  ],
  [
    'pairs that cannot be parsed, answered Ok',
    inCallback((trace) => trace.call('proxy_set_header_map_pairs', { reason: { code: 'unparsable-pairs' } })),
    ['unparsable-pairs problem proxy_on_request_headers'],
  ],
  [
    'a context that is gone',
    inCallback((trace) =>
      trace.call('proxy_set_effective_context', { code: 2, reason: { code: 'unknown-context', id: 9 } }),
    ),
    ['unknown-context warning proxy_on_request_headers'],
  ],
  [
    'sleeping',
    inCallback((trace) => trace.wait(5e6).call('poll_oneoff')),
    ['guest-slept warning proxy_on_request_headers'],
  ],
  [
    'Go’s runtime sleeps on its way down, which is not the plugin’s doing',
    new TraceBuilder().callback(requestHeaders, end(1), 'trap', undefined, (trace) =>
      trace.wait(5e6).call('poll_oneoff').event({
        type: 'trap',
        callback: requestHeaders,
        kind: 'unreachable',
        message: 'unreachable',
        frames: [],
      }),
    ),
    ['trap problem proxy_on_request_headers'],
  ],
  [
    'reading the clock is not sleeping',
    inCallback((trace) => trace.wait(1000).call('clock_time_get').call('poll_oneoff')),
    [],
  ],
  [
    'get_log_level with two bytes',
    inCallback((trace) =>
      trace.call('proxy_call_foreign_function', {
        args: [bytes('name', 'get_log_level')],
        out: [bytes('result', 'ab')],
      }),
    ),
    ['log-level-shape problem proxy_on_request_headers'],
  ],
  [
    'get_log_level with four',
    inCallback((trace) =>
      trace.call('proxy_call_foreign_function', {
        args: [bytes('name', 'get_log_level')],
        out: [bytes('result', 'abcd')],
      }),
    ),
    [],
  ],
  [
    'a hidden line',
    inCallback((trace) => trace.event({ type: 'log', level: 'debug', message: 'm', via: 'proxy_log', shown: false })),
    ['log-hidden note'],
  ],
  [
    'a shown line',
    inCallback((trace) => trace.event({ type: 'log', level: 'info', message: 'm', via: 'proxy_log', shown: true })),
    [],
  ],
])('%s', (_name, trace, expected) => {
  expect(brief(explained(trace))).toEqual(expected)
})

test('the same finding in several requests is reported once, at its first event', () => {
  const trace = new TraceBuilder()
  for (const stream of [1, 2, 3]) {
    trace
      .inStream(stream)
      .callback(requestHeaders, end(1), 0, 'Continue', (inside) =>
        inside.call('proxy_grpc_call', { code: 12, reason: { code: 'not-implemented' } }),
      )
  }
  expect(explained(trace)).toHaveLength(1)
})

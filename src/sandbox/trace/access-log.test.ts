import { describe, expect, test } from 'vitest'
import { type AccessLogEntry, accessLogLine, formatAccessLog } from './access-log.ts'

const entry: AccessLogEntry = {
  profile: 'higress-2.2',
  startMs: Date.UTC(2026, 0, 1),
  durationMs: 20.7,
  protocol: 'HTTP/1.1',
  requestHeaders: [
    [':authority', 'example.com'],
    [':path', '/get?a=1'],
    [':method', 'GET'],
    ['user-agent', 'curl/8.1.2'],
    ['x-request-id', 'id-1'],
    ['x-envoy-original-host', 'shop.example.com'],
  ],
  responseHeaders: [
    [':status', '200'],
    ['x-envoy-upstream-service-time', '20'],
  ],
  status: 200,
  flags: '',
  details: 'via_upstream',
  bytesReceived: 0,
  bytesSent: 11,
  routeName: 'httpbin',
  cluster: 'httpbin',
  upstreamHost: '10.0.0.2:80',
  upstreamLocalAddress: '10.0.0.1:40000',
  downstreamLocalAddress: '127.0.0.1:10000',
  downstreamRemoteAddress: '127.0.0.1:50000',
  upstreamTransportFailureReason: '',
  filterState: new Map(),
}

describe('access log', () => {
  test('a Higress line is JSON with every field of the default format, absent values as a dash', () => {
    const parsed: unknown = JSON.parse(accessLogLine(entry))
    expect(parsed).toEqual({
      ai_log: '-',
      authority: 'shop.example.com',
      bytes_received: '0',
      bytes_sent: '11',
      downstream_local_address: '127.0.0.1:10000',
      downstream_remote_address: '127.0.0.1:50000',
      duration: '20',
      istio_policy_status: '-',
      method: 'GET',
      path: '/get?a=1',
      protocol: 'HTTP/1.1',
      request_id: 'id-1',
      requested_server_name: '-',
      response_code: '200',
      response_flags: '-',
      route_name: 'httpbin',
      start_time: '2026-01-01T00:00:00.000Z',
      trace_id: '-',
      upstream_cluster: 'httpbin',
      upstream_host: '10.0.0.2:80',
      upstream_local_address: '10.0.0.1:40000',
      upstream_service_time: '20',
      upstream_transport_failure_reason: '-',
      user_agent: 'curl/8.1.2',
      x_forwarded_for: '-',
      response_code_details: 'via_upstream',
    })
  })

  test('what a plugin wrote to ai_log and custom_log is in the line as it was stored', () => {
    const filterState = new Map([
      ['ai_log', '{\\"model\\":\\"m\\"}'],
      ['custom_log', '{\\"tier\\":\\"gold\\"}'],
    ])
    const line = accessLogLine({ ...entry, filterState })
    expect(line).toMatch(/^\{"ai_log":"\{\\"model\\":\\"m\\"\}",/)
    expect(line).toMatch(/"custom_log":"\{\\"tier\\":\\"gold\\"\}"\}$/)
  })

  test('the Envoy profiles print the default text format', () => {
    expect(accessLogLine({ ...entry, profile: 'envoy-1.40', status: 0, flags: 'DC', responseHeaders: [] })).toBe(
      '[2026-01-01T00:00:00.000Z] "GET /get?a=1 HTTP/1.1" 0 DC 0 11 20 - "-" "curl/8.1.2" "id-1" "example.com" "10.0.0.2:80"',
    )
  })

  test('an operator this emulator does not know stays visible in the line', () => {
    expect(formatAccessLog('%HOSTNAME% %REQ(NO?:METHOD)%', entry)).toBe('%HOSTNAME% GET')
  })

  test('header bytes are shown as UTF-8', () => {
    const requestHeaders = [['user-agent', 'caf\u00c3\u00a9']] as const
    expect(formatAccessLog('%REQ(USER-AGENT)%', { ...entry, requestHeaders })).toBe('café')
  })
})

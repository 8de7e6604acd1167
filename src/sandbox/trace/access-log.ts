/**
 * One access-log line per request. The formats are the gateways' own default format strings; a small interpreter of
 * Envoy's command operators fills them in, so a format is data. Sources: higress.md 6 (default JSON access log, the
 * `accessLogFormat` of the Higress chart), Envoy "Default Format String".
 */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { type GatewayProfile, gatewayFamily } from '../../model/profile.ts'

export type AccessLogEntry = {
  readonly profile: GatewayProfile
  /** Virtual milliseconds since 1970 when the request's first byte arrived. */
  readonly startMs: number
  /** Virtual milliseconds from then to the end of the stream. */
  readonly durationMs: number
  /** `HTTP/1.1` or `HTTP/2`. */
  readonly protocol: string
  /** The request headers as they stood when the stream ended, what the router added included. */
  readonly requestHeaders: HeaderList
  /** As sent to the client; empty when no response began. */
  readonly responseHeaders: HeaderList
  /** 0 when no response began. */
  readonly status: number
  /** Envoy's response flags joined with `,`; '' for none. */
  readonly flags: string
  readonly details: string
  readonly bytesReceived: number
  readonly bytesSent: number
  readonly routeName: string
  readonly cluster: string
  readonly upstreamHost: string
  readonly upstreamLocalAddress: string
  readonly downstreamLocalAddress: string
  readonly downstreamRemoteAddress: string
  readonly upstreamTransportFailureReason: string
  /** What plugins stored with proxy_set_property, by name without `wasm.`; byte strings. */
  readonly filterState: ReadonlyMap<string, string>
}

const higressFields: readonly (readonly [field: string, operator: string])[] = [
  ['ai_log', '%FILTER_STATE(wasm.ai_log:PLAIN)%'],
  ['authority', '%REQ(X-ENVOY-ORIGINAL-HOST?:AUTHORITY)%'],
  ['bytes_received', '%BYTES_RECEIVED%'],
  ['bytes_sent', '%BYTES_SENT%'],
  ['downstream_local_address', '%DOWNSTREAM_LOCAL_ADDRESS%'],
  ['downstream_remote_address', '%DOWNSTREAM_REMOTE_ADDRESS%'],
  ['duration', '%DURATION%'],
  ['istio_policy_status', '%DYNAMIC_METADATA(istio.mixer:status)%'],
  ['method', '%REQ(:METHOD)%'],
  ['path', '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%'],
  ['protocol', '%PROTOCOL%'],
  ['request_id', '%REQ(X-REQUEST-ID)%'],
  ['requested_server_name', '%REQUESTED_SERVER_NAME%'],
  ['response_code', '%RESPONSE_CODE%'],
  ['response_flags', '%RESPONSE_FLAGS%'],
  ['route_name', '%ROUTE_NAME%'],
  ['start_time', '%START_TIME%'],
  ['trace_id', '%REQ(X-B3-TRACEID)%'],
  ['upstream_cluster', '%UPSTREAM_CLUSTER%'],
  ['upstream_host', '%UPSTREAM_HOST%'],
  ['upstream_local_address', '%UPSTREAM_LOCAL_ADDRESS%'],
  ['upstream_service_time', '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%'],
  ['upstream_transport_failure_reason', '%UPSTREAM_TRANSPORT_FAILURE_REASON%'],
  ['user_agent', '%REQ(USER-AGENT)%'],
  ['x_forwarded_for', '%REQ(X-FORWARDED-FOR)%'],
  ['response_code_details', '%RESPONSE_CODE_DETAILS%'],
]

/** The real format is text, not JSON: a value with a quote in it breaks the line there and here (wasm-go escapes). */
const textOf = (fields: typeof higressFields) =>
  `{${fields.map(([key, operator]) => `"${key}":"${operator}"`).join(',')}}`

export const higressAccessLogFormat = textOf(higressFields)

export const envoyAccessLogFormat =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% ' +
  '%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" ' +
  '"%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"'

/**
 * The line in the profile's default format, without the newline, decoded as UTF-8. One intended difference: the
 * Higress default prints only `ai_log`, but `custom_log` (the default key of wasm-go's WriteUserAttributeToLog) is
 * added as a last field when a plugin stored it, as a gateway configured for that plugin would print it.
 */
export function accessLogLine(entry: AccessLogEntry): string {
  if (gatewayFamily(entry.profile) === 'envoy') return formatAccessLog(envoyAccessLogFormat, entry)
  const custom = entry.filterState.has('custom_log')
    ? textOf([...higressFields, ['custom_log', '%FILTER_STATE(wasm.custom_log:PLAIN)%']])
    : higressAccessLogFormat
  return formatAccessLog(custom, entry)
}

/** A format taken apart once: its texts and operators, in turn. */
type FormatPart = { readonly text: string; readonly name: string; readonly argument: string }
const parsedFormats = new Map<string, readonly FormatPart[]>()

function parsedFormat(format: string): readonly FormatPart[] {
  const known = parsedFormats.get(format)
  if (known !== undefined) return known
  const parts: FormatPart[] = []
  let end = 0
  for (const match of format.matchAll(/%([A-Z_]+)(?:\(([^)]*)\))?%/g)) {
    if (match.index > end) parts.push({ text: format.slice(end, match.index), name: '', argument: '' })
    parts.push({ text: match[0], name: match[1] ?? '', argument: match[2] ?? '' })
    end = match.index + match[0].length
  }
  if (end < format.length) parts.push({ text: format.slice(end), name: '', argument: '' })
  parsedFormats.set(format, parts)
  return parts
}

/** Fills any format string of Envoy's operators; what has no value prints `-`, an unknown operator stays as it is. */
export function formatAccessLog(format: string, entry: AccessLogEntry): string {
  let line = ''
  for (const { text, name, argument } of parsedFormat(format)) {
    const value = name === '' ? text : (operatorValue(name, argument, entry) ?? text)
    line += value === '' ? '-' : value
  }
  // Nearly every line is ASCII, which needs no decoding.
  if (!/[\x80-\xff]/.test(line)) return line
  return new TextDecoder().decode(Uint8Array.from(line, (char) => char.charCodeAt(0)))
}

/** `undefined` for an operator that is not known here. */
function operatorValue(name: string, argument: string, entry: AccessLogEntry): string | undefined {
  switch (name) {
    case 'REQ':
      return headerOrFallback(entry.requestHeaders, argument)
    case 'RESP':
      return headerOrFallback(entry.responseHeaders, argument)
    case 'FILTER_STATE':
      return entry.filterState.get(argument.replace(/:PLAIN$/, '').replace(/^wasm\./, '')) ?? ''
    case 'START_TIME':
      return new Date(Math.floor(entry.startMs)).toISOString()
    case 'DURATION':
      return String(Math.floor(entry.durationMs))
    case 'PROTOCOL':
      return entry.protocol
    case 'RESPONSE_CODE':
      return String(entry.status)
    case 'RESPONSE_FLAGS':
      return entry.flags
    case 'RESPONSE_CODE_DETAILS':
      return entry.details.replaceAll(' ', '_')
    case 'BYTES_RECEIVED':
      return String(entry.bytesReceived)
    case 'BYTES_SENT':
      return String(entry.bytesSent)
    case 'ROUTE_NAME':
      return entry.routeName
    case 'UPSTREAM_CLUSTER':
      return entry.cluster
    case 'UPSTREAM_HOST':
      return entry.upstreamHost
    case 'UPSTREAM_LOCAL_ADDRESS':
      return entry.upstreamLocalAddress
    case 'DOWNSTREAM_LOCAL_ADDRESS':
      return entry.downstreamLocalAddress
    case 'DOWNSTREAM_REMOTE_ADDRESS':
      return entry.downstreamRemoteAddress
    case 'UPSTREAM_TRANSPORT_FAILURE_REASON':
      return entry.upstreamTransportFailureReason.replaceAll(' ', '_')
    // No TLS to the client and no dynamic metadata yet: Envoy prints `-` for both.
    case 'REQUESTED_SERVER_NAME':
    case 'DYNAMIC_METADATA':
      return ''
    default:
      return undefined
  }
}

/** `A?B`: the header A, or B when A is absent. An empty value prints nothing, as in Envoy, which our `-` stands for. */
function headerOrFallback(headers: HeaderList, argument: string): string {
  for (const name of argument.split('?')) {
    const value = headerValue(headers, name.toLowerCase())
    if (value !== undefined) return value
  }
  return ''
}

/**
 * Go's `proxywasm` package. Where Go returns a value and an error, the function here returns the value ('' or an empty
 * buffer for none) and `lastStatus()` tells why; where Go returns an error only, the status is returned: 0 is success.
 */
import { Body, BufferType } from '../core/body'
import { at, OUT_POINTER, OUT_SIZE, takeBytes, textOf } from '../core/bytes'
import { sendLocalReply } from '../core/context'
import { HeaderMap, MapType } from '../core/headers'
import { proxy_close_stream, proxy_continue_stream, proxy_get_buffer_bytes, proxy_set_buffer_bytes } from '../core/host'
import { LogLevel, log } from '../core/log'
import { Metric, MetricType } from '../core/metric'
import * as property from '../core/property'
import * as shared from '../core/shared'
import { SharedValue } from '../core/shared'
import { keepStatus, Status } from '../core/status'
import * as system from '../core/system'

@external('env', 'proxy_inject_encoded_data_to_filter_chain')
declare function proxy_inject_encoded_data_to_filter_chain(body: usize, size: usize, endOfStream: u32): u32

const ALL: i32 = 0x7fffffff
const requestHeaders = new HeaderMap(MapType.RequestHeaders)
const requestTrailers = new HeaderMap(MapType.RequestTrailers)
const responseHeaders = new HeaderMap(MapType.ResponseHeaders)
const responseTrailers = new HeaderMap(MapType.ResponseTrailers)

function first(map: HeaderMap, key: string): string {
  const value = map.get(key)
  return value === null ? '' : value
}

// Request headers
export function GetHttpRequestHeader(key: string): string {
  return first(requestHeaders, key)
}
export function GetHttpRequestHeaders(): string[][] {
  return requestHeaders.pairs()
}
export function AddHttpRequestHeader(key: string, value: string): Status {
  return requestHeaders.add(key, value)
}
export function ReplaceHttpRequestHeader(key: string, value: string): Status {
  return requestHeaders.replace(key, value)
}
export function ReplaceHttpRequestHeaders(headers: string[][]): Status {
  return requestHeaders.setAll(headers)
}
export function RemoveHttpRequestHeader(key: string): Status {
  return requestHeaders.remove(key)
}

// Response headers
export function GetHttpResponseHeader(key: string): string {
  return first(responseHeaders, key)
}
export function GetHttpResponseHeaders(): string[][] {
  return responseHeaders.pairs()
}
export function AddHttpResponseHeader(key: string, value: string): Status {
  return responseHeaders.add(key, value)
}
export function ReplaceHttpResponseHeader(key: string, value: string): Status {
  return responseHeaders.replace(key, value)
}
export function ReplaceHttpResponseHeaders(headers: string[][]): Status {
  return responseHeaders.setAll(headers)
}
export function RemoveHttpResponseHeader(key: string): Status {
  return responseHeaders.remove(key)
}

// Trailers
export function GetHttpRequestTrailer(key: string): string {
  return first(requestTrailers, key)
}
export function GetHttpRequestTrailers(): string[][] {
  return requestTrailers.pairs()
}
export function AddHttpRequestTrailer(key: string, value: string): Status {
  return requestTrailers.add(key, value)
}
export function ReplaceHttpRequestTrailer(key: string, value: string): Status {
  return requestTrailers.replace(key, value)
}
export function RemoveHttpRequestTrailer(key: string): Status {
  return requestTrailers.remove(key)
}
export function GetHttpResponseTrailer(key: string): string {
  return first(responseTrailers, key)
}
export function GetHttpResponseTrailers(): string[][] {
  return responseTrailers.pairs()
}
export function AddHttpResponseTrailer(key: string, value: string): Status {
  return responseTrailers.add(key, value)
}
export function ReplaceHttpResponseTrailer(key: string, value: string): Status {
  return responseTrailers.replace(key, value)
}
export function RemoveHttpResponseTrailer(key: string): Status {
  return responseTrailers.remove(key)
}

// Bodies
function getBuffer(type: u32, start: i32, size: i32): ArrayBuffer {
  return keepStatus(proxy_get_buffer_bytes(type, start, size, OUT_POINTER, OUT_SIZE)) == Status.Ok
    ? takeBytes()
    : new ArrayBuffer(0)
}
function setBuffer(type: u32, start: i32, size: i32, body: ArrayBuffer): Status {
  return keepStatus(proxy_set_buffer_bytes(type, start, size, at(body), body.byteLength))
}
export function GetHttpRequestBody(start: i32, size: i32): ArrayBuffer {
  return getBuffer(BufferType.RequestBody, start, size)
}
export function ReplaceHttpRequestBody(body: ArrayBuffer): Status {
  return setBuffer(BufferType.RequestBody, 0, ALL, body)
}
export function AppendHttpRequestBody(body: ArrayBuffer): Status {
  return setBuffer(BufferType.RequestBody, ALL, 0, body)
}
export function PrependHttpRequestBody(body: ArrayBuffer): Status {
  return setBuffer(BufferType.RequestBody, 0, 0, body)
}
export function GetHttpResponseBody(start: i32, size: i32): ArrayBuffer {
  return getBuffer(BufferType.ResponseBody, start, size)
}
export function ReplaceHttpResponseBody(body: ArrayBuffer): Status {
  return setBuffer(BufferType.ResponseBody, 0, ALL, body)
}
export function AppendHttpResponseBody(body: ArrayBuffer): Status {
  return setBuffer(BufferType.ResponseBody, ALL, 0, body)
}
export function PrependHttpResponseBody(body: ArrayBuffer): Status {
  return setBuffer(BufferType.ResponseBody, 0, 0, body)
}
/** Higress only: sends response data from here (streaming responses that were paused). */
export function InjectEncodedDataToFilterChain(body: ArrayBuffer, endOfStream: bool): Status {
  return keepStatus(proxy_inject_encoded_data_to_filter_chain(at(body), body.byteLength, endOfStream ? 1 : 0))
}

// Streams
export function ResumeHttpRequest(): Status {
  return keepStatus(proxy_continue_stream(0))
}
export function ResumeHttpResponse(): Status {
  return keepStatus(proxy_continue_stream(1))
}
export function CloseDownstream(): Status {
  return keepStatus(proxy_close_stream(0))
}
/** Answers from here. `grpcStatus` -1: none. */
export function SendHttpResponse(status: u32, headers: string[][], body: ArrayBuffer, grpcStatus: i32 = -1): Status {
  return sendLocalReply(status, body, headers, '', grpcStatus)
}
/** The same with the text for the access log's `response_code_details`. */
export function SendHttpResponseWithDetail(
  status: u32,
  detail: string,
  headers: string[][],
  body: ArrayBuffer,
  grpcStatus: i32 = -1,
): Status {
  return sendLocalReply(status, body, headers, detail, grpcStatus)
}

// Properties, shared data, metrics
export function GetProperty(path: string[]): ArrayBuffer {
  const bytes = property.getProperty(path)
  return bytes === null ? new ArrayBuffer(0) : bytes
}
export function SetProperty(path: string[], value: ArrayBuffer): Status {
  return property.setProperty(path, value)
}
/** Null for an unknown key; `bytes` and `cas` otherwise. */
export function GetSharedData(key: string): SharedValue | null {
  return shared.getSharedData(key)
}
export function SetSharedData(key: string, value: ArrayBuffer, cas: u32): Status {
  return shared.setSharedBytes(key, value, cas)
}
export function DefineCounterMetric(name: string): Metric {
  return new Metric(MetricType.Counter, name)
}
export function DefineGaugeMetric(name: string): Metric {
  return new Metric(MetricType.Gauge, name)
}
export function DefineHistogramMetric(name: string): Metric {
  return new Metric(MetricType.Histogram, name)
}

// The rest
export function SetTickPeriodMilliSeconds(milliseconds: u32): Status {
  return system.setTickPeriod(milliseconds)
}
export function CallForeignFunction(name: string, argument: ArrayBuffer): ArrayBuffer {
  const result = system.callForeignFunction(name, argument)
  return result === null ? new ArrayBuffer(0) : result
}
export function GetPluginConfiguration(): ArrayBuffer {
  return new Body(BufferType.PluginConfiguration).bytes()
}
export function GetVMConfiguration(): ArrayBuffer {
  return new Body(BufferType.VmConfiguration).bytes()
}
export function LogTrace(message: string): void {
  log(LogLevel.Trace, message)
}
export function LogDebug(message: string): void {
  log(LogLevel.Debug, message)
}
export function LogInfo(message: string): void {
  log(LogLevel.Info, message)
}
export function LogWarn(message: string): void {
  log(LogLevel.Warn, message)
}
export function LogError(message: string): void {
  log(LogLevel.Error, message)
}
export function LogCritical(message: string): void {
  log(LogLevel.Critical, message)
}
/** A property as text. */
export function GetPropertyText(path: string[]): string {
  return textOf(GetProperty(path))
}

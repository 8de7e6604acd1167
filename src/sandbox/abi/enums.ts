/** Numbers that plugins pass, with the field's own words (proxy-wasm-host.md 4). Index is the number. */
export const mapNames = [
  'RequestHeaders',
  'RequestTrailers',
  'ResponseHeaders',
  'ResponseTrailers',
  'GrpcInitialMetadata',
  'GrpcTrailingMetadata',
  'HttpCallResponseHeaders',
  'HttpCallResponseTrailers',
] as const

export const bufferNames = [
  'RequestBody',
  'ResponseBody',
  'DownstreamData',
  'UpstreamData',
  'HttpCallResponseBody',
  'GrpcMessage',
  'VmConfiguration',
  'PluginConfiguration',
  'CallData',
  'RedisResponse',
] as const

export const streamNames = ['Request', 'Response', 'Downstream', 'Upstream'] as const
export const metricNames = ['Counter', 'Gauge', 'Histogram'] as const
export const logLevelNames = ['trace', 'debug', 'info', 'warn', 'error', 'critical'] as const

export const MapType = {
  RequestHeaders: 0,
  RequestTrailers: 1,
  ResponseHeaders: 2,
  ResponseTrailers: 3,
  GrpcInitialMetadata: 4,
  GrpcTrailingMetadata: 5,
  HttpCallResponseHeaders: 6,
  HttpCallResponseTrailers: 7,
} as const

export const BufferType = {
  RequestBody: 0,
  ResponseBody: 1,
  DownstreamData: 2,
  UpstreamData: 3,
  HttpCallResponseBody: 4,
  GrpcMessage: 5,
  VmConfiguration: 6,
  PluginConfiguration: 7,
  CallData: 8,
  RedisResponse: 9,
} as const

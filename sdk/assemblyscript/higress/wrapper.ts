/** Go's `wrapper` package: `import { wrapper } from '@proxyground/sdk/higress'`. */
import { textOf } from '../core/bytes'
import * as proxywasm from './proxywasm'

export {
  Cluster,
  ConsulCluster,
  DnsCluster,
  FQDNCluster,
  K8sCluster,
  NacosCluster,
  RouteCluster,
  StaticIpCluster,
  TargetCluster,
} from './cluster'
export { Header } from './answer-headers'
export { ClusterClient, NewClusterClient, ResponseCallback } from './client'
export {
  CtxOption,
  EnableSafeLog,
  ParseConfig,
  ParseConfigBy,
  ParseConfigWithContext,
  ParseOverrideConfig,
  ParseOverrideConfigBy,
  ParseRawConfig,
  PrePluginStartOrReload,
  ProcessRequestBody,
  ProcessRequestBodyBy,
  ProcessRequestHeaders,
  ProcessRequestHeadersBy,
  ProcessResponseBody,
  ProcessResponseBodyBy,
  ProcessResponseHeaders,
  ProcessResponseHeadersBy,
  ProcessStreamDone,
  ProcessStreamDoneBy,
  ProcessStreamingRequestBody,
  ProcessStreamingRequestBodyBy,
  ProcessStreamingResponseBody,
  ProcessStreamingResponseBodyBy,
  WithLogger,
  WithRebuildAfterRequests,
  WithRebuildMaxMemBytes,
} from './options'
export { SetCtx } from './ctx'
export { ConfigOf } from './stream'
export { RouteResponseCallback } from './route-call'
export { RedisOptions, RedisResponseCallback } from './redis'
export { NewRedisClusterClient, RedisClient } from './redis-client'
export { ExecutionPhase, HttpContext } from './http-context'
export { PluginContext, RegisterTickFunc } from './plugin-context'

export function GetRequestScheme(): string {
  return proxywasm.GetHttpRequestHeader(':scheme')
}
export function GetRequestHost(): string {
  return proxywasm.GetHttpRequestHeader(':authority')
}
export function GetRequestPath(): string {
  return proxywasm.GetHttpRequestHeader(':path')
}
export function GetRequestPathWithoutQuery(): string {
  const path = proxywasm.GetHttpRequestHeader(':path')
  const query = path.indexOf('?')
  return query < 0 ? path : path.substring(0, query)
}
export function GetRequestMethod(): string {
  return proxywasm.GetHttpRequestHeader(':method')
}
/** True if the response came from the service and not from a plugin or the gateway. */
export function IsResponseFromUpstream(): bool {
  return textOf(proxywasm.GetProperty(['response', 'code_details'])) == 'via_upstream'
}
export function GetPluginFingerPrint(): string {
  return proxywasm.GetPropertyText(['plugin_name'])
}

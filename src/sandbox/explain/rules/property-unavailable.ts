import { gatewayFamily } from '../../../model/profile.ts'
import { finding, type Rule } from '../rule.ts'

/** Top-level names that upstream Envoy dropped in 1.33 and Higress keeps (proxy-wasm-host.md 5.4, envoy-observed.md g). */
const droppedUpstream = new Map([
  ['node', 'xds.node'],
  ['listener_direction', 'xds.listener_direction'],
  ['listener_metadata', 'xds.listener_metadata'],
  ['cluster_name', 'xds.cluster_name'],
  ['cluster_metadata', 'xds.cluster_metadata'],
  ['route_name', 'xds.route_name'],
  ['route_metadata', 'xds.route_metadata'],
  ['upstream_host_metadata', 'xds.upstream_host_metadata'],
])

/** Request attributes that need the header map; it is out of reach in the response (envoy-observed.md g). */
const needsRequestHeaders = /^request\.(path|url_path|query|host|scheme|method|referer|useragent|id)$/
/** Known only once a response exists. */
const needsResponse =
  /^(response\.(code|code_details|grpc_status|size|total_size)|upstream\.(address|port|local_address))$/
const needsLog = /^request\.duration$/

/** An attribute that exists, but not in the phase in which it was asked for. Names a plugin made up say nothing here. */
export const propertyUnavailable: Rule = {
  id: 'property-unavailable',
  variants: ['request-gone', 'response-not-yet', 'at-log-only', 'no-stream', 'renamed', 'tree'],
  find: (run, context) =>
    run.of('host.call').flatMap((record) => {
      const { fn, reason, code } = record.event
      if (fn !== 'proxy_get_property' || reason?.code !== 'unknown-property' || code === 0) return []
      const path = reason.path.replaceAll('\0', '.')
      const callback = run.callbackOf(record)
      const variant = why(path, code, callback, gatewayFamily(context.profile) === 'envoy')
      if (variant === undefined) return []
      const now = droppedUpstream.get(path) ?? ''
      return [
        finding(run, 'property-unavailable', 'warning', record, { variant, path, status: record.event.status, now }),
      ]
    }),
}

const rootCallbacks = /^proxy_on_(tick|configure|vm_start|context_create|queue_ready)$/

function why(path: string, code: number, callback: string, upstream: boolean): string | undefined {
  if (code === 3)
    return /^(request|response|connection|source|destination|upstream|xds|filter_state)$/.test(path)
      ? 'tree'
      : undefined
  if (upstream && droppedUpstream.has(path)) return 'renamed'
  const known = needsRequestHeaders.test(path) || needsResponse.test(path) || needsLog.test(path)
  if (known && rootCallbacks.test(callback)) return 'no-stream'
  if (needsRequestHeaders.test(path) && callback.startsWith('proxy_on_response_')) return 'request-gone'
  if (needsResponse.test(path) && callback.startsWith('proxy_on_request_')) return 'response-not-yet'
  return needsLog.test(path) && callback !== 'proxy_on_log' ? 'at-log-only' : undefined
}

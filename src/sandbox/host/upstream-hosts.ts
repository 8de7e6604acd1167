import { pairsOut, textIn } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, hostFunction } from './call.ts'

/** The hosts of the route's cluster, for load balancing by a plugin (Higress, proxy-wasm-host.md 2.9). */
export const upstreamHosts: readonly EnvFunction[] = [
  hostFunction('proxy_get_upstream_hosts', {}, { hosts: pairsOut }, (call, _, out) => {
    // Without a stream or a route there are none: pointer 0, size 0.
    out.hosts = call.context.host?.upstreamHosts() ?? []
    return Status.Ok
  }),
  hostFunction('proxy_set_upstream_override_host', { address: textIn }, {}, (call, { address }) => {
    call.context.host?.overrideUpstreamHost(address)
    return Status.Ok
  }),
]

import { bytesIn, textIn, u32, u32Out } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import type { CallStart } from '../vm/seam.ts'
import { type EnvFunction, type HostCall, hostFunction } from './call.ts'

/** Redis commands of Higress (proxy-wasm-host.md 2.9 and 8.4). */
export const redis: readonly EnvFunction[] = [
  hostFunction(
    'proxy_redis_init',
    { cluster: textIn, username: textIn, password: textIn, timeout_ms: u32 },
    {},
    (call, { cluster, username, password, timeout_ms }) => {
      const root = call.context.root?.host
      if (root === undefined) return call.refuse(Status.BadArgument, { code: 'no-stream' })
      return told(call, root.redisInit(cluster, username, password, timeout_ms))
    },
  ),
  hostFunction('proxy_redis_call', { cluster: textIn, query: bytesIn }, { token: u32Out }, (call, args, out) => {
    const root = call.context.root?.host
    if (root === undefined) return call.refuse(Status.BadArgument, { code: 'no-stream' })
    const token = call.vm.ids.nextRedisToken()
    const started = root.startRedisCall(token, args.cluster, args.query.slice())
    if (started.status === Status.Ok) out.token = token
    return told(call, started)
  }),
]

function told(call: HostCall, { status, reason }: CallStart): number {
  return status === Status.Ok || reason === undefined ? status : call.refuse(status, reason)
}

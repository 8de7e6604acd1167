import type { HeaderList } from '../../model/http.ts'
import { bytesIn, pairsIn, textIn, u32, u32OutFirst } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, hostFunction } from './call.ts'

const required = [':path', ':method', ':authority'] as const

/** HTTP callouts (proxy-wasm-host.md 2.8, 8.1). The order of checks is the real host's. */
export const calls: readonly EnvFunction[] = [
  hostFunction(
    'proxy_http_call',
    { upstream: textIn, headers: pairsIn, body: bytesIn, trailers: pairsIn, timeout_ms: u32 },
    { token: u32OutFirst },
    (call, args, out) => {
      const root = call.context.root?.host
      out.token = 0
      if (root === undefined) return call.refuse(Status.BadArgument, { code: 'no-stream' })
      if (args.timeout_ms > 0x7fffffff) {
        return call.refuse(Status.BadArgument, { code: 'timeout-too-large', value: args.timeout_ms })
      }
      const problem = root.clusterProblem?.(args.upstream)
      if (problem !== undefined) return call.refuse(Status.BadArgument, problem)
      // What cannot be parsed is an empty list to the host, so that `:path` is what it misses; the cause says more.
      if (args.headers === undefined) return call.refuse(Status.BadArgument, { code: 'unparsable-pairs' })
      const headers = lowerCase(args.headers)
      const missing = required.find((name) => !headers.some(([key]) => key === name))
      if (missing !== undefined) {
        return call.refuse(Status.BadArgument, { code: 'missing-pseudo-header', header: missing })
      }
      const token = call.vm.ids.nextCallToken()
      const started = root.startHttpCall(token, {
        cluster: args.upstream,
        headers,
        body: args.body.slice(),
        trailers: lowerCase(args.trailers ?? []),
        timeoutMs: args.timeout_ms,
      })
      if (started.status === Status.Ok) {
        out.token = token
        return Status.Ok
      }
      return started.reason === undefined ? started.status : call.refuse(started.status, started.reason)
    },
  ),
]

/** The host lower-cases names; `host` stands for `:authority` (envoy-observed.md c, k). */
function lowerCase(headers: HeaderList): HeaderList {
  return headers.map(([key, value]) => {
    const name = key.toLowerCase()
    return [name === 'host' ? ':authority' : name, value] as const
  })
}

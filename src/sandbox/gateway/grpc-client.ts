/** gRPC calls and streams of one plugin root (proxy-wasm-host.md 8.2; conformance/grpc-cases.ts). */
import { tooManyCalls } from '../host/bounds.ts'
import type { CallStart, GrpcFound, GrpcRequest } from '../vm/seam.ts'
import { GrpcExchange } from './grpc-exchange.ts'
import type { PluginRoot } from './plugin-root.ts'
import type { Runtime } from './runtime.ts'

/** Of Envoy when the cluster of a `GrpcService` message is not there. */
const clusterMissing = 'Cluster not available'
const unavailable = 14

export class GrpcClient {
  private readonly runtime: Runtime
  private readonly root: PluginRoot
  /** A stream stays until both sides have closed it. */
  private readonly exchanges = new Map<number, GrpcExchange>()

  constructor(runtime: Runtime, root: PluginRoot) {
    this.runtime = runtime
    this.root = root
  }

  start(token: number, request: GrpcRequest): CallStart {
    const tooMany = tooManyCalls(Math.max(this.runtime.clock.pending, this.exchanges.size))
    if (tooMany !== undefined) return tooMany
    const service = this.runtime.services.get(request.cluster)
    if (service === undefined) {
      const problem = this.root.clusterProblem(request.cluster)
      // The plugin is told a second time, through a callback.
      const { stream } = this.runtime.scope
      this.runtime.clock.after(0, 'shared', () =>
        this.root.enter('grpc_close', stream, (root) => root.grpcClose(token, unavailable, clusterMissing)),
      )
      return { status: 10, ...(problem === undefined ? {} : { reason: problem }) }
    }
    const exchange = new GrpcExchange(this.runtime, this.root, token, service, request, () => {
      if (request.call !== undefined || exchange.localClosed) this.exchanges.delete(token)
    })
    this.exchanges.set(token, exchange)
    exchange.open()
    return { status: 0 }
  }

  send(token: number, message: Uint8Array, endOfStream: boolean): GrpcFound {
    const exchange = this.exchanges.get(token)
    if (exchange === undefined) return 1
    exchange.send(message, endOfStream)
    return 0
  }

  cancel(token: number): GrpcFound {
    const exchange = this.exchanges.get(token)
    if (exchange === undefined) return 1
    exchange.cancel('cancel')
    this.exchanges.delete(token)
    return 0
  }

  close(token: number): GrpcFound {
    const exchange = this.exchanges.get(token)
    if (exchange === undefined) return 1
    exchange.close()
    if (exchange.isCall || exchange.remoteClosed) this.exchanges.delete(token)
    return 0
  }
}

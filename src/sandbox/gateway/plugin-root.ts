/** What a plugin's root context can reach, and what the gateway keeps for it: its timer and its callouts. */
import type { StreamId } from '../../model/brand.ts'
import type { CallReason } from '../../model/trace.ts'
import type { Timer } from '../time/virtual-clock.ts'
import type {
  AttributeValue,
  CallStart,
  FilterObject,
  GrpcFound,
  GrpcRequest,
  HttpCallRequest,
  LocalReply,
  RootContext,
  RootHost,
} from '../vm/seam.ts'
import { startCallout } from './callout.ts'
import { GrpcClient } from './grpc-client.ts'
import type { PluginIdentity } from './plugin.ts'
import type { RedisClients } from './redis-clients.ts'
import { rootAttribute } from './root-attributes.ts'
import type { Runtime } from './runtime.ts'

export class PluginRoot implements RootHost {
  readonly kind = 'root'
  readonly inLog = false
  phase = ''
  readonly identity: PluginIdentity
  private readonly runtime: Runtime
  private readonly redis: RedisClients
  private readonly grpc: GrpcClient
  private context: RootContext | undefined
  private tickTimer: Timer | undefined
  private tickPeriod = 0
  private closed = false

  constructor(identity: PluginIdentity, runtime: Runtime, redis: RedisClients) {
    this.identity = identity
    this.runtime = runtime
    this.redis = redis
    this.grpc = new GrpcClient(runtime, this)
  }

  get pluginName(): string {
    return this.identity.displayName
  }

  get rootId(): string {
    return this.identity.rootId
  }

  /** The root context once start and configure have succeeded. */
  opened(context: RootContext): void {
    this.context = context
    if (this.tickPeriod > 0) this.arm()
  }

  /** The VM is gone or the configuration was replaced: no tick and no call response reaches it any more (8.1). */
  close(): void {
    this.closed = true
    this.tickTimer?.cancel()
    this.context = undefined
  }

  get root(): RootContext | undefined {
    return this.closed ? undefined : this.context
  }

  // Without a stream these are Ok and do nothing (envoy-observed.md l).
  continueRequested(_stream: 0 | 1): void {}
  continueStream(_stream: 0 | 1): void {}
  closeStream(_stream: 0 | 1): void {}
  sendLocalReply(_reply: LocalReply): void {}
  injectEncodedData(_body: Uint8Array, _endOfStream: boolean): void {}
  injectOnHeader(_body: Uint8Array): void {}
  overrideUpstreamHost(_address: string): void {}
  upstreamHosts(): readonly [] {
    return []
  }
  clearRouteCache(): void {}

  headerMap(): undefined {
    return undefined
  }

  buffer(): undefined {
    return undefined
  }

  attribute(path: readonly string[]): AttributeValue {
    return rootAttribute(path, this.identity, this.runtime)
  }

  /** NotFound: there is no stream to keep it. */
  setProperty(_path: string, _value: Uint8Array): number {
    return 1
  }

  setFilterObject(_name: string, _object: FilterObject): boolean {
    return false
  }

  clusterProblem(cluster: string): CallReason | undefined {
    const { services } = this.runtime
    return services.has(cluster) ? undefined : { code: 'unknown-cluster', cluster, known: [...services.keys()] }
  }

  startHttpCall(token: number, request: HttpCallRequest): CallStart {
    return startCallout(this.runtime, this, token, request)
  }

  redisInit(cluster: string, username: string, password: string, timeoutMs: number): CallStart {
    return this.redis.initialise(cluster, { username, password, timeoutMs })
  }

  startRedisCall(token: number, cluster: string, query: Uint8Array): CallStart {
    return this.redis.send(this, token, cluster, query)
  }

  startGrpc(token: number, request: GrpcRequest): CallStart {
    return this.grpc.start(token, request)
  }

  sendGrpc(token: number, message: Uint8Array, endOfStream: boolean): GrpcFound {
    return this.grpc.send(token, message, endOfStream)
  }

  cancelGrpc(token: number): GrpcFound {
    return this.grpc.cancel(token)
  }

  closeGrpc(token: number): GrpcFound {
    return this.grpc.close(token)
  }

  /** Runs a callback of a side call that was started for `stream`; none once the VM or root is gone (8.1). */
  enter(phase: string, stream: StreamId | undefined, callback: (root: RootContext) => void): void {
    const { root } = this
    if (root === undefined) return
    const { scope } = this.runtime
    const outer = scope.stream
    scope.stream = stream
    this.phase = phase
    callback(root)
    this.phase = ''
    scope.stream = outer
  }

  /** Restarts the one timer of this root; 0 stops it (8.9). */
  setTickPeriod(milliseconds: number): void {
    this.tickPeriod = milliseconds
    this.tickTimer?.cancel()
    this.tickTimer = undefined
    if (milliseconds > 0 && this.context !== undefined) this.arm()
  }

  queueReady(queue: number): void {
    this.runtime.clock.after(0, 'shared', () => {
      const { root } = this
      if (root === undefined) return
      this.phase = 'queue_ready'
      root.queueReady(queue)
      this.phase = ''
    })
  }

  private arm(): void {
    this.tickTimer?.cancel()
    const late = this.runtime.schedule?.tick(this.identity.name) ?? 0
    this.tickTimer = this.runtime.clock.after(this.tickPeriod * 1e6 + late, 'tick', () => this.tick())
  }

  private tick(): void {
    const { root } = this
    if (root === undefined) return
    this.tickTimer = undefined
    this.phase = 'tick'
    root.tick()
    this.phase = ''
    // The guest may have set another period meanwhile, which has armed the timer already.
    if (this.tickTimer === undefined && this.tickPeriod > 0 && this.root !== undefined) this.arm()
  }
}

/** One plugin in one TCP connection (proxy-wasm-host.md 9; Envoy's wasm Context as a network filter). */
import type { BodyChunk } from '../../chain/body-chunk.ts'
import type {
  AttributeValue,
  BodyBuffer,
  ContextHost,
  FilterObject,
  GuestReturn,
  LocalReply,
  PropertyDeclaration,
  StreamContext,
} from '../../vm/seam.ts'
import type { Plugin } from '../plugin.ts'
import { keptStatus } from '../set-property.ts'
import { tcpAttribute } from './tcp-attributes.ts'
import type { TcpConnection } from './tcp-connection.ts'

/** What a network filter answers: any number but 0 stops. */
export type NetworkStatus = 'Continue' | 'StopIteration'
type Phase = 'new_connection' | 'downstream_data' | 'upstream_data' | 'downstream_close' | 'upstream_close' | 'log'

export class TcpFilter implements ContextHost {
  readonly kind = 'tcp'
  readonly plugin: Plugin
  phase = ''
  /** `new_connection` was called. */
  initialised = false
  /** It holds what the client sent, or the connection itself. */
  holds = false
  private readonly connection: TcpConnection
  private context: StreamContext | undefined
  private dead: boolean
  /** Stays readable after a callback that stopped. */
  private downstream: BodyChunk | undefined
  private upstream: BodyChunk | undefined

  constructor(plugin: Plugin, connection: TcpConnection) {
    this.plugin = plugin
    this.connection = connection
    this.context = plugin.openStream(this, connection.id)
    this.dead = this.context === undefined
  }

  newConnection(): NetworkStatus {
    this.initialised = true
    return this.held(
      this.call('new_connection', (context) => context.newConnection()),
      0,
    )
  }

  /** All bytes that wait, not only the new ones. */
  downstreamData(chunk: BodyChunk, endOfStream: boolean): NetworkStatus {
    this.downstream = chunk
    const status = this.call('downstream_data', (context) => context.downstreamData(chunk.size, endOfStream))
    if (status === 'Continue') this.downstream = undefined
    return this.held(status, chunk.size)
  }

  upstreamData(chunk: BodyChunk, endOfStream: boolean): NetworkStatus {
    this.upstream = chunk
    const status = this.call('upstream_data', (context) => context.upstreamData(chunk.size, endOfStream))
    if (status === 'Continue') this.upstream = undefined
    // The end of the service's bytes is told as its close, whether it was let through or not.
    if (endOfStream && !this.connection.isOver) this.tell('upstream_close', (context) => context.upstreamClosed())
    return status
  }

  /** 1: the gateway closed, 2: the client; then done, log, delete. */
  closed(peer: 1 | 2): void {
    this.tell('downstream_close', (context) => context.downstreamClosed(peer))
    this.tell('log', (context) => context.finishConnection())
    this.context = undefined
  }

  // ---- the guest's host calls

  get inLog(): boolean {
    return this.phase === 'log'
  }

  buffer(type: number): BodyBuffer | undefined {
    const chunk = type === 2 ? this.downstream : type === 3 ? this.upstream : undefined
    if (chunk === undefined) return undefined
    return { bytes: () => chunk.bytes(), replace: (bytes) => chunk.replace(bytes), writable: !this.inLog }
  }

  continueConnection(): void {
    // In the callback itself, too: the plugins behind read what is there before it has answered (seen on Envoy).
    if (this.holds) this.connection.resumed(this, 'continue_stream')
    this.holds = false
    this.downstream = undefined
    this.connection.continueReading(this)
  }

  closeConnection(): void {
    this.connection.close(1, 'reset', 'wasm_close_stream')
  }

  attribute(path: readonly string[]): AttributeValue {
    return tcpAttribute(path, this.connection, this)
  }

  setProperty(path: string, value: Uint8Array, declaration?: PropertyDeclaration): number {
    return keptStatus(this.connection.filterState.set(path, value, declaration))
  }

  setFilterObject(name: string, object: FilterObject): boolean {
    this.connection.filterState.setOwn(name, object)
    return true
  }

  // What belongs to HTTP does nothing on a connection.
  headerMap(): undefined {
    return undefined
  }
  continueRequested(_stream: 0 | 1): void {}
  continueStream(_stream: 0 | 1): void {}
  closeStream(_stream: 0 | 1): void {}
  sendLocalReply(_reply: LocalReply): void {}
  injectEncodedData(_body: Uint8Array, _endOfStream: boolean): void {}
  injectOnHeader(_body: Uint8Array): void {}
  upstreamHosts(): readonly [] {
    return []
  }
  overrideUpstreamHost(_address: string): void {}
  clearRouteCache(): void {}

  // ---- inside

  private held(status: NetworkStatus, bytes: number): NetworkStatus {
    if (this.connection.isOver) return 'StopIteration'
    if (status === 'StopIteration') {
      this.holds = true
      this.connection.paused(this, bytes)
    } else if (this.holds) {
      this.holds = false
      this.connection.resumed(this, 'return')
    }
    return status
  }

  private call(phase: Phase, enter: (context: StreamContext) => GuestReturn): NetworkStatus {
    const context = this.context
    const returned = this.dead || context === undefined ? undefined : this.inPhase(phase, () => enter(context))
    if (returned?.kind === 'absent') return 'Continue'
    if (returned?.kind !== 'returned') return this.fail()
    const status = returned.value === 0 ? 'Continue' : 'StopIteration'
    context?.noteAction(status)
    return status
  }

  private tell(phase: Phase, enter: (context: StreamContext) => void): void {
    const { context } = this
    if (!this.dead && context !== undefined) this.inPhase(phase, () => enter(context))
  }

  private inPhase<T>(phase: Phase, enter: () => T): T {
    const { scope } = this.connection.runtime
    const outerStream = scope.stream
    const outerPhase = this.phase
    scope.stream = this.connection.id
    this.phase = phase
    const result = enter()
    this.phase = outerPhase
    scope.stream = outerStream
    return result
  }

  /** The VM trapped now or earlier: FAIL_CLOSED closes the connection (9). */
  private fail(): NetworkStatus {
    this.dead = true
    if (this.plugin.failsOpen) return 'Continue'
    this.connection.close(1, 'reset', 'wasm_fail_stream')
    return 'StopIteration'
  }
}

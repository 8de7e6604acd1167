/**
 * One TCP connection through a listener: the client, the plugins, the TCP proxy and the service behind it. The order of
 * callbacks is what Envoy 1.40 was seen to do (docs/decisions/tcp.md).
 */

import type { StreamId } from '../../../model/brand.ts'
import type { TcpListener } from '../../../model/project/types.ts'
import type { StreamEnd } from '../../../model/trace.ts'
import { BodyChunk } from '../../chain/body-chunk.ts'
import type { Timer } from '../../time/virtual-clock.ts'
import type { GatewayEvent } from '../../trace/plain-events.ts'
import { FilterState } from '../filter-state.ts'
import type { Plugin } from '../plugin.ts'
import { connectTimeout, type Runtime, upstreamContext } from '../runtime.ts'
import { withTcpFaults } from './tcp-faults.ts'
import { TcpFilter } from './tcp-filter.ts'
import { connectTcp, type TcpAnswer, type TcpSession } from './tcp-service.ts'

const nothing = new Uint8Array(0)

export class TcpConnection {
  readonly id: StreamId
  readonly runtime: Runtime
  readonly listener: TcpListener
  readonly filterState = new FilterState()
  /** What the client has got. */
  readonly received: Uint8Array[] = []
  ended: StreamEnd | undefined
  /** `ip:port` of the service once it is connected. */
  upstreamHost: string | undefined
  /** Of the client; what plugins hold counts again with each read (seen on Envoy). */
  bytesReceived = 0
  /** What left for the client. */
  bytesSent = 0
  private readonly filters: readonly TcpFilter[]
  private readonly timers: Timer[] = []
  /** Sent by the client before the service was connected: not read yet. */
  private unread = new BodyChunk()
  private unreadEnd = false
  private reading = new BodyChunk()
  private readingEnd = false
  private writing = new BodyChunk()
  private writingEnd = false
  private connecting = false
  private session: TcpSession | undefined
  /** The end of that side has passed the plugins. */
  private clientDone = false
  private serviceDone = false
  private endDelivered = false
  private nextAnswer = 0

  constructor(runtime: Runtime, id: StreamId, listener: TcpListener, plugins: readonly Plugin[]) {
    this.runtime = runtime
    this.id = id
    this.listener = listener
    const inChain = plugins.filter((plugin) => plugin.revive() || !plugin.leavesChain)
    this.filters = inChain.map((plugin) => new TcpFilter(plugin, this))
  }

  get isOver(): boolean {
    return this.ended !== undefined
  }

  /** Some plugin holds it; a tick may let it go. */
  get isHeld(): boolean {
    return this.filters.some(({ holds }) => holds)
  }

  open(): void {
    this.record({ type: 'connection.open', listener: this.listener.name })
    this.readFrom(0)
  }

  /** Bytes of the client; `end`: it closes its side with them. Nothing is read before the service is connected. */
  clientSends(data: Uint8Array, end: boolean): void {
    if (this.isOver) return
    this.record({ type: 'request.body', data, endOfStream: end })
    if (this.session === undefined) {
      this.unread.moveFrom(new BodyChunk(data))
      this.unreadEnd ||= end
    } else this.read(new BodyChunk(data), end)
  }

  /** The service closes its side. */
  serviceCloses(): void {
    if (this.session !== undefined && !this.serviceDone) this.arrive({ data: nothing, after: 0, end: true })
  }

  /** The plugin lets the connection go on: with the plugin behind it, not with itself again. */
  continueReading(filter: TcpFilter): void {
    this.readFrom(this.filters.indexOf(filter) + 1)
  }

  /** `peer` 1: by the gateway, 2: by the client. Each plugin is told, then it is done, logs and is deleted. */
  close(peer: 1 | 2, ended: StreamEnd, details: string, flags = ''): void {
    if (this.isOver) return
    this.ended = ended
    for (const timer of this.timers) timer.cancel()
    for (const filter of this.filters) filter.closed(peer)
    this.record({ type: 'stream.end', ended, details, flags, accessLog: '' })
  }

  paused(filter: TcpFilter, bufferedBytes: number): void {
    const event = { type: 'chain.pause', direction: 'request', action: 'StopIteration', bufferedBytes } as const
    this.runtime.recorder.record(event, this.id, filter.plugin.index)
  }

  resumed(filter: TcpFilter, by: 'continue_stream' | 'return'): void {
    const event = { type: 'chain.resume', direction: 'request', by, bufferedBytes: this.reading.size } as const
    this.runtime.recorder.record(event, this.id, filter.plugin.index)
  }

  private read(data: BodyChunk, end: boolean): void {
    this.reading.moveFrom(data)
    this.bytesReceived += this.reading.size
    this.readingEnd ||= end
    this.readFrom(0)
  }

  /** Envoy's read filters: each has its `new_connection` once, then all that waits to be read. */
  private readFrom(first: number): void {
    for (let index = first; index < this.filters.length; index++) {
      const filter = this.filters[index]
      if (filter === undefined || this.isOver) return
      if (!filter.initialised && filter.newConnection() === 'StopIteration') return
      if (!this.hasToRead) continue
      if (filter.downstreamData(this.reading, this.readingEnd) === 'StopIteration') return
    }
    if (this.isOver) return
    if (!this.connecting) this.connect()
    else if (this.session !== undefined && this.hasToRead) this.forward(this.session)
  }

  private get hasToRead(): boolean {
    return this.reading.size > 0 || this.readingEnd
  }

  private connect(): void {
    this.connecting = true
    const { services, clock } = this.runtime
    const { cluster } = this.listener
    const service = services.get(cluster)
    if (service === undefined) {
      this.after(0, () => this.close(1, 'reset', 'cluster_not_found', 'NC'))
      return
    }
    const faults = service.faults.take()
    const connect = withTcpFaults(
      connectTcp(service, () => clock.nowMs(), faults),
      faults,
      service.cluster.timeout ?? connectTimeout,
      upstreamContext(this.runtime, service),
    )
    if (connect.kind === 'refused') {
      this.after(connect.after ?? 0, () => {
        this.record({ type: 'upstream.reset', cluster, reason: connect.reason })
        this.close(1, 'reset', 'upstream_connect_failure', 'UF,URX')
      })
      return
    }
    this.after(0, () => {
      this.upstreamHost = service.host
      this.record({ type: 'upstream.connect', cluster, host: service.host })
      if (connect.kind === 'reset') {
        this.session = { opened: () => [], received: () => [] }
        this.after(connect.after, () => {
          this.record({ type: 'upstream.reset', cluster, reason: 'connection reset' })
          this.brokenByService()
        })
      } else this.session = connect.session
      this.schedule(this.session.opened())
      if (this.unread.size > 0 || this.unreadEnd) this.read(this.unread, this.unreadEnd)
    })
  }

  private forward(session: TcpSession): void {
    const end = this.readingEnd
    // Told once more by a continue behind the end: the proxy knows.
    if (this.clientDone) return
    const data = this.reading.take()
    this.record({ type: 'upstream.request.body', data, endOfStream: end })
    if (end) this.clientDone = true
    // Whoever ends last closes; a client that was not told the service's end is closed by the gateway (seen on Envoy).
    if (end && this.serviceDone) this.close(this.endDelivered ? 2 : 1, 'complete', '')
    else this.schedule(session.received(data, end))
  }

  /** Answers come in order, each its time after the one before. */
  private schedule(answers: readonly TcpAnswer[]): void {
    const { clock } = this.runtime
    for (const answer of answers) {
      this.nextAnswer = Math.max(this.nextAnswer, clock.now) + answer.after
      this.after(this.nextAnswer - clock.now, () => this.arrive(answer))
    }
  }

  private arrive({ data, end, breaks }: TcpAnswer): void {
    if (this.isOver || this.serviceDone) return
    this.record({ type: 'upstream.response.body', cluster: this.listener.cluster, data, endOfStream: end })
    this.writing.moveFrom(new BodyChunk(data))
    this.writingEnd ||= end
    const passed = this.passBack()
    if (this.isOver) return
    if (passed) this.deliver()
    if (breaks === true) {
      this.record({ type: 'upstream.reset', cluster: this.listener.cluster, reason: 'connection reset' })
      this.brokenByService()
      return
    }
    if (!end) return
    this.serviceDone = true
    // Both sides have ended: nothing is left of the service's connection, and the gateway closes the client's.
    if (this.clientDone) this.close(1, 'complete', '')
  }

  /** The flag is new in 1.40 (conformance/tcp, recorded on 1.40 and 1.36). */
  private brokenByService(): void {
    this.close(1, 'reset', 'upstream_reset', this.runtime.profile === 'envoy-1.40' ? 'UR' : '')
  }

  /** The last plugin of the chain comes first; what one keeps is offered again with the next bytes. */
  private passBack(): boolean {
    for (const filter of [...this.filters].reverse()) {
      if (filter.upstreamData(this.writing, this.writingEnd) === 'StopIteration' || this.isOver) return false
    }
    return true
  }

  private deliver(): void {
    const data = this.writing.take()
    const end = this.writingEnd
    this.writingEnd = false
    if (end) this.endDelivered = true
    this.bytesSent += data.length
    if (data.length > 0) this.received.push(data)
    this.record({ type: 'response.body', data, endOfStream: end })
  }

  private after(delay: number, action: () => void): void {
    this.timers.push(this.runtime.clock.after(delay, this.id, action))
  }

  private record(event: GatewayEvent): void {
    this.runtime.recorder.record(event, this.id)
  }
}

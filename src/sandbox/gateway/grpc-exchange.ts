/** One gRPC call or stream on its way: what Envoy's gRPC client makes of the pieces a service sends. */
import type { StreamId } from '../../model/brand.ts'
import { type HeaderList, headerValue } from '../../model/http.ts'
import type { Fault } from '../../model/project/fault-schema.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import { encodeRequestHeaders } from '../codec/upstream-codec.ts'
import type { Timer } from '../time/virtual-clock.ts'
import type { GatewayEvent } from '../trace/plain-events.ts'
import { whenOf } from '../upstream/faults.ts'
import { connectionRefused } from '../upstream/from-cluster.ts'
import { FrameReader, framed, type GrpcService, GrpcServiceCall, type TimedGrpcPiece } from '../upstream/grpc.ts'
import { BrokenGrpcService } from '../upstream/grpc-faults.ts'
import type { GrpcRequest } from '../vm/seam.ts'
import { calloutResponse } from './added-headers.ts'
import { joined } from './callout.ts'
import {
  endOfTrailers,
  type GrpcEnd,
  grpcBroken,
  grpcConnectTimeout,
  grpcEnd,
  grpcStatus,
  grpcTimeout,
  grpcUnreachable,
  unreachable,
} from './grpc-failure.ts'
import { grpcHeaders } from './grpc-headers.ts'
import { askHttpService } from './grpc-http-service.ts'
import { grpcStatusOfHttp } from './grpc-status.ts'
import type { PluginRoot } from './plugin-root.ts'
import { connectTimeout, noteCall, type Runtime, type Service, upstreamContext } from './runtime.ts'

const nothing = new Uint8Array(0)

export class GrpcExchange {
  readonly isCall: boolean
  localClosed = false
  remoteClosed = false
  private readonly runtime: Runtime
  private readonly root: PluginRoot
  private readonly token: number
  private readonly service: Service
  private readonly request: GrpcRequest
  private readonly stream: StreamId | undefined
  private readonly ended: () => void
  /** What every event about it begins with. */
  private readonly about: { readonly token: number; readonly cluster: string }
  /** Behind a cluster of kind grpc; other services answer the whole request. */
  private readonly grpcService: GrpcService | undefined
  /** What the call meets at a cluster of kind grpc; around other services they are already. */
  private readonly faults: readonly Fault[]
  private readonly reader = new FrameReader()
  private readonly timers: Timer[] = []
  private readonly sent: Uint8Array[] = []
  private readonly sentHeaders: HeaderList
  private completeMs = 0
  /** How much later than usual everything comes, as a schedule has it, and when the last piece does; nanoseconds. */
  private later: number | undefined
  private lastPiece = 0
  private headers: HeaderList | undefined
  /** The message of a call: the last one that came. */
  private message: Uint8Array | undefined

  constructor(
    runtime: Runtime,
    root: PluginRoot,
    token: number,
    service: Service,
    request: GrpcRequest,
    ended: () => void,
  ) {
    this.runtime = runtime
    this.root = root
    this.token = token
    this.service = service
    this.request = request
    this.isCall = request.call !== undefined
    this.stream = runtime.scope.stream
    this.ended = ended
    this.about = { token, cluster: service.name }
    const { cluster } = service
    this.sentHeaders = encodeRequestHeaders(grpcHeaders(request), {
      endOfStream: false,
      protocol: cluster.protocol,
      profile: runtime.profile,
    })
    // Metadata may have added to it.
    const path = headerValue(this.sentHeaders, ':path') ?? ''
    this.faults = cluster.kind === 'grpc' ? service.faults.take() : []
    const called = cluster.kind === 'grpc' ? new GrpcServiceCall(cluster.replies, path) : undefined
    this.grpcService =
      called === undefined || this.faults.length === 0
        ? called
        : new BrokenGrpcService(called, this.faults, upstreamContext(runtime, service))
  }

  open(): void {
    const { clock, seen } = this.runtime
    const { call } = this.request
    const headers = this.sentHeaders
    const cluster = this.service.name
    const [body, timeoutMs] = [call?.message ?? nothing, call?.timeoutMs ?? 0]
    this.note({ type: 'callout.request', ...this.about, headers, body, timeoutMs })
    noteCall(seen, { stream: this.stream, cluster, path: this.request.path, headers, body, trailers: [] })
    if (timeoutMs > 0)
      this.timers.push(clock.after(timeoutMs * 1e6, 'shared', () => this.fail(grpcTimeout(this.headers !== undefined))))
    if (this.connecting()) return
    this.play(this.grpcService?.opened() ?? [])
    if (call !== undefined) this.send(call.message, true)
  }

  /** True when the service cannot be connected to; the call fails then, or is going to. */
  private connecting(): boolean {
    const refused = unreachable(this.runtime, this.service)
    const met = this.faults.find((fault) => whenOf(fault) === 'connect')
    const detail = refused ?? (met?.kind === 'reset' ? connectionRefused : undefined)
    if (detail !== undefined) this.failAfter(0, grpcUnreachable(this.runtime, detail))
    else if (met?.kind === 'timeout') this.failAfter(this.service.cluster.timeout ?? connectTimeout, grpcConnectTimeout)
    else return false
    return true
  }

  private failAfter(delay: number, end: GrpcEnd): void {
    this.timers.push(this.runtime.clock.after(delay, 'shared', () => this.fail(end)))
  }

  /** After the end of either side nothing is sent, and nobody is told. */
  send(message: Uint8Array, endOfStream: boolean): void {
    if (this.localClosed || this.remoteClosed) return
    if (!this.isCall) {
      this.note({ type: 'grpc.message', ...this.about, from: 'plugin', data: message })
    }
    this.sent.push(framed(message))
    this.play(this.grpcService?.message(message) ?? [])
    if (endOfStream) this.finishSending()
  }

  close(): void {
    if (this.isCall) this.cancel('close')
    else if (!this.localClosed && !this.remoteClosed) this.finishSending()
    this.localClosed = true
  }

  /** No callback follows. */
  cancel(by: 'cancel' | 'close'): void {
    if (this.remoteClosed) return
    this.stop()
    this.note({ type: 'grpc.end', ...this.about, by, status: 1, message: '' })
  }

  private finishSending(): void {
    this.localClosed = true
    this.completeMs = this.runtime.clock.nowMs()
    if (this.grpcService !== undefined) {
      this.play(this.grpcService.ended())
      return
    }
    const answer = askHttpService(this.runtime, this.service, this.sentHeaders, joined(this.sent))
    if ('pieces' in answer) this.play(answer.pieces)
    else this.failAfter(answer.after, answer.end)
  }

  /** Never inside the host call that caused it. */
  private play(pieces: readonly TimedGrpcPiece[]): void {
    const { clock, schedule } = this.runtime
    let delay = 0
    if (schedule !== undefined && pieces.length > 0) {
      // In another order than usual: all that comes is later, and nothing of it overtakes.
      this.later ??= schedule.delay(this.service.name, (this.request.call?.timeoutMs ?? 0) * 1e6)
      delay = Math.max(this.later, this.lastPiece - clock.now - (pieces[0]?.[0] ?? 0))
    }
    for (const [after, piece] of pieces) {
      delay += after
      this.lastPiece = clock.now + delay
      this.timers.push(clock.after(delay, 'shared', () => this.arrive(piece)))
    }
  }

  private arrive(piece: TimedGrpcPiece[1]): void {
    if (this.remoteClosed) return
    switch (piece.kind) {
      case 'headers':
        this.arriveHeaders(piece.headers, piece.endOfStream)
        break
      case 'data':
        this.arriveData(piece.data, piece.endOfStream)
        break
      case 'trailers':
        this.finish(endOfTrailers(piece.trailers))
        break
      case 'reset':
        this.fail(grpcBroken(this.service.cluster.protocol, this.headers !== undefined, piece.lost === true))
        break
    }
  }

  private arriveHeaders(received: HeaderList, endOfStream: boolean): void {
    // The service time is known when the request was complete.
    const serviceTimeMs = this.runtime.clock.nowMs() - this.completeMs
    const list = this.localClosed ? calloutResponse(received, { serviceTimeMs }) : received
    const headers = new EnvoyHeaderMap('response', list).pairs()
    this.headers = headers
    const http = Number(headerValue(headers, ':status') ?? '200')
    this.initial(endOfStream || http !== 200 ? [] : headers)
    if (endOfStream && (http === 200 || headerValue(headers, 'grpc-status') !== undefined))
      this.finish(endOfTrailers(headers))
    else if (http !== 200) this.finish(grpcEnd(grpcStatusOfHttp(http)))
  }

  private arriveData(data: Uint8Array, endOfStream: boolean): void {
    const frames = this.reader.add(data)
    if (frames === 'broken') {
      this.finish(grpcEnd(grpcStatus.internal))
      return
    }
    for (const frame of frames) {
      if (frame.compressed && frame.data.length > 0) this.finish(grpcEnd(grpcStatus.internal))
      else this.receive(frame.data)
      if (this.remoteClosed) return
    }
    if (endOfStream) this.finish(grpcEnd(grpcStatus.unknown))
  }

  private initial(headers: HeaderList): void {
    if (this.isCall) return
    this.root.enter('grpc_receive_initial_metadata', this.stream, (root) =>
      root.grpcInitialMetadata(this.token, headers),
    )
  }

  private receive(data: Uint8Array): void {
    if (this.isCall) {
      this.message = data
      return
    }
    this.note({ type: 'grpc.message', ...this.about, from: 'service', data })
    this.root.enter('grpc_receive', this.stream, (root) => root.grpcReceive(this.token, data))
  }

  /** Without an answer of the service. */
  private fail(end: GrpcEnd): void {
    if (this.headers === undefined) {
      this.headers = end.trailers
      this.initial([])
    }
    this.finish(end)
  }

  private finish({ status, text, details, outcome, trailers }: GrpcEnd): void {
    const { token, root, stream } = this
    // The plugin may have cancelled it in a callback just now.
    if (this.remoteClosed) return
    if (!this.isCall) {
      root.enter('grpc_receive_trailing_metadata', stream, (context) => context.grpcTrailingMetadata(token, trailers))
      // Cancelled in that callback: before 1.40 the end is told all the same.
      if (this.remoteClosed && this.runtime.profile === 'envoy-1.40') return
    }
    this.stop()
    const body = this.message ?? nothing
    this.note({ type: 'callout.response', ...this.about, outcome, headers: this.headers ?? [], body, trailers })
    const answered = this.isCall && status === 0 && this.message !== undefined
    // A call that ends well without a message is no success.
    const empty = this.isCall && status === 0 && !answered
    const code = empty ? grpcStatus.internal : status
    const message = empty ? '' : text === '' ? details : `${text}{${details}}`
    this.note({ type: 'grpc.end', ...this.about, by: 'service', status: code, message })
    if (answered) root.enter('grpc_receive', stream, (context) => context.grpcReceive(token, body))
    else root.enter('grpc_close', stream, (context) => context.grpcClose(token, code, message))
    this.ended()
  }

  private note(event: GatewayEvent): void {
    this.runtime.recorder.record(event, this.stream, this.root.identity.index)
  }

  private stop(): void {
    this.remoteClosed = true
    for (const timer of this.timers.splice(0)) timer.cancel()
  }
}

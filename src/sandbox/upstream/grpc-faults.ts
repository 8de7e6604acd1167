/** A gRPC service that is broken on purpose: what becomes of the pieces it sends (faults.ts does it for HTTP). */
import type { Fault } from '../../model/project/fault-schema.ts'
import { assertNever } from '../../model/result.ts'
import { delayOf, whenOf } from './faults.ts'
import type { GrpcService, TimedGrpcPiece } from './grpc.ts'
import type { UpstreamContext } from './types.ts'

/** One call or stream at the service, with the faults that it meets. Those of connecting are the gateway's business. */
export class BrokenGrpcService implements GrpcService {
  private readonly service: GrpcService
  private readonly faults: readonly Fault[]
  private readonly context: UpstreamContext
  /** Bytes of messages that may still come, by fault. */
  private readonly left: number[]
  private begun = false
  private over = false

  constructor(service: GrpcService, faults: readonly Fault[], context: UpstreamContext) {
    this.service = service
    this.faults = faults
    this.context = context
    this.left = faults.map(({ afterBytes }) => afterBytes ?? 0)
  }

  opened(): readonly TimedGrpcPiece[] {
    return this.broken(this.service.opened())
  }

  message(data: Uint8Array): readonly TimedGrpcPiece[] {
    return this.broken(this.service.message(data))
  }

  ended(): readonly TimedGrpcPiece[] {
    return this.broken(this.service.ended())
  }

  private broken(pieces: readonly TimedGrpcPiece[]): readonly TimedGrpcPiece[] {
    if (this.over || pieces.length === 0) return []
    let changed = pieces
    for (const [index, fault] of this.faults.entries()) changed = this.change(changed, fault, index)
    this.begun = true
    return changed
  }

  private change(pieces: readonly TimedGrpcPiece[], fault: Fault, index: number): readonly TimedGrpcPiece[] {
    const late = this.begun || fault.kind === 'slow' ? pieces : later(pieces, delayOf(fault, this.context))
    switch (fault.kind) {
      case 'latency':
        return late
      case 'status':
        this.over = true
        return this.begun ? [] : [[late[0]?.[0] ?? 0, { kind: 'headers', headers: refusal(fault), endOfStream: true }]]
      case 'reset':
      case 'timeout':
        if (whenOf(fault) === 'body') return this.cut(late, fault, index)
        this.over = true
        return fault.kind === 'timeout' ? [] : [[late[0]?.[0] ?? 0, lost]]
      case 'truncate':
        return this.cut(late, fault, index)
      case 'slow':
        return late.flatMap((piece) => this.slowly(piece, fault))
      case 'length':
      case 'noauth':
      case 'loading':
      case 'none':
        return late
      default:
        return assertNever(fault.kind)
    }
  }

  /** So many bytes of messages pass; then the connection breaks, nothing more comes, or the stream ends. */
  private cut(pieces: readonly TimedGrpcPiece[], fault: Fault, index: number): readonly TimedGrpcPiece[] {
    const passed: TimedGrpcPiece[] = []
    for (const [after, piece] of pieces) {
      const left = this.left[index] ?? 0
      if (piece.kind === 'headers' && !piece.endOfStream) passed.push([after, piece])
      if (piece.kind === 'data') {
        const data = piece.data.subarray(0, left)
        if (data.length > 0) passed.push([after, { kind: 'data', data, endOfStream: false }])
        this.left[index] = left - piece.data.length
      }
      if ((this.left[index] ?? 0) > 0 && piece.kind !== 'trailers') continue
      this.over = true
      if (fault.kind === 'timeout') return passed
      const end = fault.kind === 'reset' ? lost : ({ kind: 'data', data: nothing, endOfStream: true } as const)
      return [...passed, [0, end]]
    }
    return passed
  }

  private slowly([after, piece]: TimedGrpcPiece, fault: Fault): readonly TimedGrpcPiece[] {
    if (piece.kind !== 'data') return [[after, piece]]
    const size = fault.bytes ?? 1024
    const count = Math.max(1, Math.ceil(piece.data.length / size))
    return Array.from({ length: count }, (_, at): TimedGrpcPiece => {
      const data = piece.data.subarray(at * size, (at + 1) * size)
      const pause = (at === 0 ? after : 0) + delayOf(fault, this.context)
      return [pause, { kind: 'data', data, endOfStream: piece.endOfStream && at === count - 1 }]
    })
  }
}

const nothing = new Uint8Array(0)
const lost = { kind: 'reset', lost: true } as const
const refusal = ({ status = 503 }: Fault) => [[':status', String(status)] as const, ['content-length', '0'] as const]

const later = (pieces: readonly TimedGrpcPiece[], delay: number): readonly TimedGrpcPiece[] =>
  pieces.map(([after, piece], index) => [index === 0 ? after + delay : after, piece])

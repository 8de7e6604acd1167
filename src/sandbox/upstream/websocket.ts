/** A service that speaks WebSocket (RFC 6455): what it answers to the wish to switch, and its talk behind that. */
import { type HeaderList, headerValue } from '../../model/http.ts'
import { closeFrame, encodeFrame, type Frame, FrameReader, opcodes } from '../../model/websocket.ts'
import { acceptOf } from '../codec/websocket-handshake.ts'
import type { TimedResponse, Upstream } from './types.ts'

/** What it says by itself, and whether it gives back what it hears. */
export type Manners = {
  readonly echo: boolean
  readonly messages: readonly { readonly data: Uint8Array; readonly delay: number }[]
}

/** Bytes of the service, `after` (nanoseconds) what it sent before; `end`: it closes the connection behind them. */
export type Said = { readonly data: Uint8Array; readonly after: number; readonly end: boolean }

/** 101 to whom asks properly; else 426, as a service does that speaks nothing else (RFC 9110, 15.5.22). */
export const webSocketHandshake: Upstream = ({ headers }) => {
  const key = headerValue(headers, 'sec-websocket-key')
  const asks = headerValue(headers, 'upgrade')?.toLowerCase() === 'websocket'
  return asks && key !== undefined ? switching(acceptOf(key)) : refusal
}

const upgrade: HeaderList = [
  ['connection', 'Upgrade'],
  ['upgrade', 'websocket'],
]

const switching = (accept: string): TimedResponse => ({
  kind: 'response',
  headers: [[':status', '101'], ...upgrade, ['sec-websocket-accept', accept]],
  delay: 0,
  chunks: [],
  trailers: [],
})

const refusal: TimedResponse = {
  kind: 'response',
  headers: [[':status', '426'], ...upgrade, ['content-length', '0']],
  delay: 0,
  chunks: [],
  trailers: [],
}

/** One connection behind the switch, from the service's side. */
export class WebSocketTalk {
  private readonly manners: Manners
  private readonly reader = new FrameReader()
  private closed = false

  constructor(manners: Manners) {
    this.manners = manners
  }

  /** What it says by itself. */
  opened(): readonly Said[] {
    return this.manners.messages.map(({ data, delay }) => ({
      data: encodeFrame(opcodes.text, data, 'service'),
      after: delay,
      end: false,
    }))
  }

  received(bytes: Uint8Array): readonly Said[] {
    if (this.closed) return []
    const frames = this.reader.read(bytes)
    if (frames === 'too-large') return [this.close(closeFrame(1009, 'service'))]
    return frames.flatMap((frame) => this.answer(frame))
  }

  private answer({ opcode, final, payload }: Frame): readonly Said[] {
    if (this.closed) return []
    switch (opcode) {
      case opcodes.close:
        return [this.close(encodeFrame(opcodes.close, payload.subarray(0, 2), 'service'))]
      case opcodes.ping:
        return [{ data: encodeFrame(opcodes.pong, payload, 'service'), after: 0, end: false }]
      case opcodes.continuation:
      case opcodes.text:
      case opcodes.binary: {
        const data = encodeFrame(opcode, payload, 'service', final)
        return this.manners.echo ? [{ data, after: 0, end: false }] : []
      }
      default:
        return []
    }
  }

  private close(data: Uint8Array): Said {
    this.closed = true
    return { data, after: 0, end: true }
  }
}

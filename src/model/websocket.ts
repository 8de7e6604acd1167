/** WebSocket as clients and services speak it behind the switch: frames (RFC 6455). */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export type Frame = { readonly opcode: number; readonly final: boolean; readonly payload: Uint8Array }

/** The key that the masks of our clients go by: the RFC's own example (5.7). */
const mask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d)

/** The largest message that a service here takes; more ends the connection with 1009. */
export const mostPayload = 16 * 1024 * 1024

/** One frame; those of a client are masked. `final`: the message ends with it. */
export function encodeFrame(opcode: number, payload: Uint8Array, from: 'client' | 'service', final = true): Uint8Array {
  const { length } = payload
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const masked = from === 'client'
  const start = 2 + extended + (masked ? 4 : 0)
  const bytes = new Uint8Array(start + length)
  const view = new DataView(bytes.buffer)
  bytes[0] = (final ? 0x80 : 0) | opcode
  bytes[1] = (masked ? 0x80 : 0) | (extended === 0 ? length : extended === 2 ? 126 : 127)
  if (extended === 2) view.setUint16(2, length)
  if (extended === 8) view.setBigUint64(2, BigInt(length))
  if (masked) bytes.set(mask, 2 + extended)
  for (let at = 0; at < length; at++) bytes[start + at] = (payload[at] ?? 0) ^ (masked ? (mask[at & 3] ?? 0) : 0)
  return bytes
}

/** A close frame with its status (7.4). */
export const closeFrame = (status: number, from: 'client' | 'service'): Uint8Array =>
  encodeFrame(opcodes.close, Uint8Array.of(status >> 8, status & 255), from)

/** Takes bytes in any pieces and gives back the frames that are whole. */
export class FrameReader {
  private rest = new Uint8Array(0)

  /** Nothing of a frame is left over. */
  get isEmpty(): boolean {
    return this.rest.length === 0
  }

  /** `too-large`: a frame announces more than `mostPayload`; nothing that follows is read. */
  read(bytes: Uint8Array): readonly Frame[] | 'too-large' {
    const all = new Uint8Array(this.rest.length + bytes.length)
    all.set(this.rest)
    all.set(bytes, this.rest.length)
    const frames: Frame[] = []
    let at = 0
    for (;;) {
      const size = sizeOf(all, at)
      if (size === 'too-large') return size
      if (size === undefined || at + size.start + size.length > all.length) break
      frames.push(frameAt(all, at, size))
      at += size.start + size.length
    }
    this.rest = all.slice(at)
    return frames
  }
}

type Size = { readonly start: number; readonly length: number; readonly masked: boolean }

/** Where the payload of the frame at this place begins, and how long it is; undefined: not all of its head is there. */
function sizeOf(bytes: Uint8Array, at: number): Size | 'too-large' | undefined {
  const second = bytes[at + 1]
  if (second === undefined) return undefined
  const masked = second >= 0x80
  const short = second & 0x7f
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0
  if (at + 2 + extended > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  const length = extended === 0 ? short : extended === 2 ? view.getUint16(2) : Number(view.getBigUint64(2))
  if (length > mostPayload) return 'too-large'
  return { start: 2 + extended + (masked ? 4 : 0), length, masked }
}

function frameAt(bytes: Uint8Array, at: number, { start, length, masked }: Size): Frame {
  const first = bytes[at] ?? 0
  const payload = bytes.slice(at + start, at + start + length)
  if (masked)
    for (let place = 0; place < length; place++)
      payload[place] = (payload[place] ?? 0) ^ (bytes[at + start - 4 + (place & 3)] ?? 0)
  return { opcode: first & 15, final: first >= 0x80, payload }
}

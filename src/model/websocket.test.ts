import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeFrame, encodeFrame, FrameReader, mostPayload } from './websocket.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('WebSocket', () => {
  test.each([
    ['of a service, unmasked', 'service', [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]],
    ['of a client, masked', 'client', [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]],
  ] as const)('a text frame %s is the one of RFC 6455, 5.7', (_name, from, bytes) => {
    expect([...encodeFrame(1, utf8('Hello'), from)]).toEqual(bytes)
  })

  test('lengths take two bytes from 126 on and eight from 65,536 on', () => {
    expect([...encodeFrame(2, new Uint8Array(256), 'service').subarray(0, 4)]).toEqual([0x82, 0x7e, 0x01, 0x00])
    const long = encodeFrame(2, new Uint8Array(65_536), 'service').subarray(0, 10)
    expect([...long]).toEqual([0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0])
  })

  test('what was written is read back, however the bytes are cut', () => {
    const frame = fc.record({
      opcode: fc.constantFrom(0, 1, 2, 8, 9, 10),
      payload: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constant(new Uint8Array(300).fill(7))),
      from: fc.constantFrom('client' as const, 'service' as const),
    })
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (frames, size) => {
        const bytes = frames.flatMap(({ opcode, payload, from }) => [...encodeFrame(opcode, payload, from)])
        const reader = new FrameReader()
        const read = []
        for (let at = 0; at < bytes.length; at += size) {
          const some = reader.read(Uint8Array.from(bytes.slice(at, at + size)))
          if (some !== 'too-large') read.push(...some)
        }
        expect(read).toEqual(frames.map(({ opcode, payload }) => ({ opcode, final: true, payload })))
      }),
    )
  })

  test('a frame that announces more than a service takes is refused before its bytes come', () => {
    const head = encodeFrame(2, new Uint8Array(0), 'service')
    const announced = Uint8Array.of(head[0] ?? 0, 127, ...new Array<number>(8).fill(0))
    new DataView(announced.buffer).setBigUint64(2, BigInt(mostPayload + 1))
    expect(new FrameReader().read(announced)).toBe('too-large')
    expect([...closeFrame(1009, 'service')]).toEqual([0x88, 2, 0x03, 0xf1])
  })
})

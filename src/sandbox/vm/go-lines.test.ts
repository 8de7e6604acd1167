import { describe, expect, test } from 'vitest'
import { openGoLines } from './go-lines.ts'
import { returnAddressBefore } from './go-return-address.ts'

const magic = [0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8]

/** Numbers that a test gets again each time (xorshift). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

describe('the return address before a call', () => {
  // From modules of Go 1.26: global.get SP, i64.const, i64.store, then the call.
  test.each([
    ['of a function', '41086b220124002001428780f49701370300' + '4100', 0x12fd0007],
    ['of a function value', '200142c0a6dc9b0137030042108' + '8a721004100' + '2000', 0x13771340],
    ['without an entry point', '2001428480a48001370300', 0x10090004],
    ['that is not there', '2300210041002000', undefined],
    ['of a number that began earlier', '8080370300', undefined],
    ['of nothing', '', undefined],
  ])('%s', (_, code, expected) => {
    expect(returnAddressBefore(Uint8Array.from(Buffer.from(code, 'hex')))).toBe(expected)
  })
})

describe('the tables of lines', () => {
  test('in a memory full of headers are not looked for without end', () => {
    const memory = new Uint8Array(2 * 1024 * 1024)
    memory.set(magic)
    for (let filled = 8; filled < memory.length; filled *= 2) memory.copyWithin(filled, 0, filled)
    expect(openGoLines(memory)).toBeUndefined()
  })

  test('of a module without them are none', () => {
    expect(openGoLines(new Uint8Array(65_536))).toBeUndefined()
    expect(openGoLines(new Uint8Array(0))).toBeUndefined()
  })

  test('that are forged give nothing, and an end', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const next = numbers(seed)
      const memory = new Uint8Array(16_384)
      const view = new DataView(memory.buffer)
      // Words that are small numbers, addresses inside or outside, and noise.
      for (let at = 0; at < memory.length; at += 4)
        view.setUint32(at, [0, 1, next() % 64, next() % memory.length, next()][next() % 5] ?? 0, true)
      memory.set(magic, 1024)
      for (const module of [2048, 8192]) {
        view.setBigUint64(module, 1024n, true)
        for (let slice = 0; slice < 6; slice++) {
          view.setBigUint64(module + 8 + slice * 24, BigInt(next() % 15_000), true)
          view.setBigUint64(module + 16 + slice * 24, BigInt(next() % 2_000), true)
        }
      }
      const lines = openGoLines(memory)
      for (let times = 0; times < 20; times++) {
        for (const place of lines?.places(next()) ?? []) expect(place.line).toBeGreaterThan(0)
      }
    }
  })
})

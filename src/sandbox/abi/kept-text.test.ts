import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canKeep, KeptText, keptPlaces, longestKept } from './kept-text.ts'
import { GuestMemory } from './memory.ts'
import { bytesOf, writeByteString } from './text.ts'

const ascii = fc.string({ unit: fc.integer({ min: 1, max: 127 }).map((code) => String.fromCharCode(code)), minLength: 4, maxLength: longestKept }) // biome-ignore format: one line
const made = () => new GuestMemory(new WebAssembly.Memory({ initial: 1 }))

describe('a kept text', () => {
  test('stands only where all of its bytes stand, whatever bytes memory has', () => {
    fc.assert(
      fc.property(ascii, fc.nat(9), fc.nat(longestKept - 1), fc.nat(255), (text, at, place, byte) => {
        const memory = made()
        writeByteString(memory.bytes, at, text)
        const kept = new KeptText(text, new Float64Array(keptPlaces), 0, memory.view, at)
        expect(kept.standsAt(memory.view, at)).toBe(true)
        const changed = at + (place % text.length)
        const same = memory.bytes[changed] === byte
        memory.bytes[changed] = byte
        expect(kept.standsAt(memory.view, at)).toBe(same)
      }),
      { numRuns: 1000 },
    )
  })

  test('is written whole, and nothing beside it', () => {
    fc.assert(
      fc.property(ascii, fc.integer({ min: 1, max: 9 }), (text, at) => {
        const memory = made()
        memory.bytes.fill(255)
        writeByteString(memory.bytes, 1000, text)
        new KeptText(text, new Float64Array(keptPlaces), 0, memory.view, 1000).writeTo(memory.view, at)
        expect(memory.bytes.slice(at, at + text.length)).toEqual(bytesOf(text))
        expect([memory.bytes[at - 1], memory.bytes[at + text.length]]).toEqual([255, 255])
      }),
    )
  })

  test.each([
    ['abc', false],
    ['abcd', true],
    ['a\0cd', false],
    ['abcé', false],
    ['a'.repeat(longestKept), true],
    ['a'.repeat(longestKept + 1), false],
  ])('%j can be kept: %s', (text, expected) => {
    expect(canKeep(text)).toBe(expected)
  })
})

test('texts that a memory reads and writes in any order are those that were meant', () => {
  const any = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: longestKept + 2 }) // biome-ignore format: one line
  const texts = fc.array(fc.tuple(fc.oneof(ascii, any, fc.constantFrom('/path', '/part', 'text/html')), fc.nat(300)))
  fc.assert(
    fc.property(texts, (list) => {
      const memory = made()
      for (const [text, at] of list) {
        memory.writeText(at, text)
        expect(memory.bytes.slice(at, at + text.length)).toEqual(bytesOf(text))
        expect(memory.text(at, text.length)).toBe(text)
      }
    }),
  )
})

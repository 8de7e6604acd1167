import fc from 'fast-check'
import { deflate } from 'pako'
import { describe, expect, test } from 'vitest'
import type { HostCall } from '../call.ts'
import { compileCel } from './cel.ts'
import { inflateBounded, uncompress } from './compression.ts'
import { readPem, readPrivateKey, readPublicKey } from './der.ts'
import { makeEnvoyObject } from './envoy-objects.ts'
import { readMessage } from './message.ts'

/** Only `refuse` is asked by what is tried here. */
const call: Pick<HostCall, 'refuse'> = { refuse: (status) => status }
const asCall = call as HostCall

describe('what a plugin passes to foreign functions', () => {
  test('a bomb is refused before it fills memory', () => {
    const bomb = deflate(new Uint8Array(300_000))
    expect(inflateBounded(bomb, 200_000)).toEqual({ problem: 'it would take more than 200000 bytes' })
    expect(inflateBounded(bomb, 300_000)).toHaveLength(300_000)
  })

  test('any bytes uncompress to bytes or to a status', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect([0, 3]).toContain(uncompress(asCall, bytes).status)
      }),
    )
  })

  test.each([
    ['a thousand brackets', `${'('.repeat(1000)}1${')'.repeat(1000)}`],
    ['ten thousand additions', `1${'+1'.repeat(10_000)}`],
    ['ten thousand dots', `a${'.a'.repeat(10_000)}`],
    ['ten thousand signs', '-'.repeat(10_000)],
  ])('an expression of %s neither throws nor overflows', (_, text) => {
    const program = compileCel(text)
    const result = typeof program === 'string' ? program : program.evaluate(() => ({ kind: 'missing' }))
    expect(result).toBeDefined()
  })

  test('any text compiles or does not', () => {
    const parts = fc.constantFrom(
      'a',
      '.',
      '(',
      ')',
      '[',
      ']',
      '1',
      '"',
      '+',
      '==',
      '?',
      ':',
      'request',
      'has',
      ' ',
      '{',
      '}',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (words) => {
        const program = compileCel(words.join(''))
        if (typeof program !== 'string') program.evaluate(() => ({ kind: 'tree' }))
      }),
    )
  })

  test('any bytes are a message, a key, an object, or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        readMessage(bytes)
        readPublicKey(bytes)
        readPrivateKey(bytes)
        const text = String.fromCharCode(...bytes)
        readPem(text, 'PUBLIC KEY')
        makeEnvoyObject('envoy-1.40', 'envoy.network.ip', text)
      }),
    )
  })
})

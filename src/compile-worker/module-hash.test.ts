import { afterEach, expect, test, vi } from 'vitest'
import { moduleHash } from './module-hash.ts'

// FIPS 180-2, appendix B.1.
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

afterEach(() => vi.unstubAllGlobals())

test('a module is known by the SHA-256 of its own bytes, also where they are a part of more', async () => {
  const more = new TextEncoder().encode('xabcx')
  expect(await moduleHash(more.subarray(1, 4))).toBe(abc)
})

test('where the platform has no digest, the hash is the same', async () => {
  vi.stubGlobal('crypto', {})
  expect(await moduleHash(new TextEncoder().encode('abc'))).toBe(abc)
})

test('no module has no hash', async () => {
  expect(await moduleHash(new Uint8Array())).toBe('')
})

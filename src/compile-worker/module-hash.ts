import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * The SHA-256 of a module in hex, '' of an empty one. A module of Go has 8 MB, for which a script takes a sixth of a second
 * and the platform's own code some milliseconds; that is there on secure origins, on loopback and in Node.
 */
export async function moduleHash(wasm: Uint8Array): Promise<string> {
  if (wasm.length === 0) return ''
  const { buffer, byteOffset, length } = wasm
  const own = globalThis.crypto?.subtle
  if (own === undefined || !(buffer instanceof ArrayBuffer)) return bytesToHex(sha256(wasm))
  return bytesToHex(new Uint8Array(await own.digest('SHA-256', new Uint8Array(buffer, byteOffset, length))))
}

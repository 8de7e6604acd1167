import { deflate, Inflate } from 'pako'
import { Status } from '../../abi/status.ts'
import { type ForeignFunction, refused } from './foreign-function.ts'

/** zlib with its header, default level: the bytes of Envoy 1.40. */
export const compress: ForeignFunction = (_call, argument) => ({ status: Status.Ok, result: deflate(argument) })

/** Where a bomb stops. A real host goes on to what its memory holds (docs/DIFFERENCES.md). */
const largest = 64 * 1024 * 1024

/** Bytes behind the end of the stream are left alone; all else that is no whole zlib stream is refused. */
export const uncompress: ForeignFunction = (call, argument) => {
  const result = inflateBounded(argument, largest)
  if (result instanceof Uint8Array) return { status: Status.Ok, result }
  return refused(call, Status.SerializationFailure, result.problem)
}

/** The bytes that were packed, as long as they are no more than `limit`; else why not. */
export function inflateBounded(bytes: Uint8Array, limit: number): Uint8Array | { readonly problem: string } {
  const chunks: Uint8Array[] = []
  let size = 0
  // 15: a zlib header is wanted; gzip is no zlib stream.
  const inflate = new Inflate({ windowBits: 15, chunkSize: 64 * 1024 })
  inflate.onData = (chunk) => {
    if (typeof chunk === 'string') return
    size += chunk.length
    if (size > limit) throw tooLarge
    chunks.push(chunk)
  }
  try {
    if (!inflate.push(bytes, true)) return { problem: inflate.msg || 'the stream ends too early' }
  } catch (error) {
    if (error === tooLarge) return { problem: `it would take more than ${limit} bytes` }
    throw error
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

const tooLarge = new Error('The uncompressed data is too large')

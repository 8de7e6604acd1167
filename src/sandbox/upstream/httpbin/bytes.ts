import type { Call, Endpoint } from './endpoints.ts'
import { MersenneTwister } from './mersenne-twister.ts'
import { type Chunk, type Reply, streamReply } from './reply.ts'
import { pythonInt } from './status-codes.ts'

const octets = 'application/octet-stream'
const limit = 100 * 1024

const argument = (call: Call, name: string) => call.facts.query.find(([key]) => key.toLowerCase() === name)?.[1]

/** Seeded by `?seed=` as Python would be, else from the run's generator. undefined: the seed is no number (500). */
function random(call: Call): Uint8Array | undefined {
  const count = Math.min(Number(call.groups[0]), limit)
  const seed = argument(call, 'seed')
  if (seed === undefined) return call.context.random(count)
  if (pythonInt(seed) === undefined) return undefined
  const twister = new MersenneTwister(BigInt(seed.trim().replace(/^\+/, '').replaceAll('_', '')))
  return Uint8Array.from({ length: count }, () => twister.byte())
}

function bytes(call: Call): Reply | undefined {
  const body = random(call)
  if (body === undefined) return undefined
  return {
    status: 200,
    headers: [
      ['Content-Type', octets],
      ['Content-Length', String(body.length)],
    ],
    body,
  }
}

function streamBytes(call: Call): Reply | undefined {
  const body = random(call)
  const size = pythonInt(argument(call, 'chunk_size') ?? '10240')
  if (body === undefined || size === undefined) return undefined
  return streamReply(octets, split(body, Math.max(1, size)))
}

function split(body: Uint8Array, size: number): readonly Chunk[] {
  return Array.from({ length: Math.ceil(body.length / size) }, (_, i) => ({
    data: body.subarray(i * size, (i + 1) * size),
    after: 0,
  }))
}

export const bytesEndpoints: readonly Endpoint[] = [
  { pattern: /^\/bytes\/(\d+)$/, methods: ['GET'], answer: bytes },
  { pattern: /^\/stream-bytes\/(\d+)$/, methods: ['GET'], answer: streamBytes },
]

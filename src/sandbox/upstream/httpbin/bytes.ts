import type { Call, Endpoint } from './endpoints.ts'
import { MersenneTwister } from './mersenne-twister.ts'
import { type Chunk, plainError, type Reply, streamReply } from './reply.ts'
import { pythonFloatOf, pythonInt } from './status-codes.ts'

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

function drip(call: Call): Reply | undefined {
  const duration = pythonFloatOf(argument(call, 'duration') ?? '2')
  const wanted = pythonInt(argument(call, 'numbytes') ?? '10')
  const code = pythonInt(argument(call, 'code') ?? '200')
  const wait = pythonFloatOf(argument(call, 'delay') ?? '0')
  if (duration === undefined || wanted === undefined || code === undefined || wait === undefined) return undefined
  const count = Math.min(wanted, 10 * 1024 * 1024)
  if (count <= 0) return plainError(400, 'number of bytes must be positive')
  // The real one sends byte by byte; beyond a thousand, equal groups keep the same duration and total.
  const group = Math.ceil(count / 1000)
  const pause = (duration / count) * 1e9
  const chunks = Array.from({ length: Math.ceil(count / group) }, (_, i) => ({
    data: new Uint8Array(Math.min(group, count - i * group)).fill(0x2a),
    after: i === 0 ? 0 : Math.round(pause * group),
  }))
  const headers = [
    ['Content-Type', 'application/octet-stream'],
    ['Content-Length', String(count)],
  ] as const
  return { status: code, headers, body: chunks, delay: Math.max(0, wait) * 1e9 }
}

export const bytesEndpoints: readonly Endpoint[] = [
  { pattern: /^\/bytes\/(\d+)$/, methods: ['GET'], answer: bytes },
  { pattern: /^\/stream-bytes\/(\d+)$/, methods: ['GET'], answer: streamBytes },
  { pattern: /^\/drip$/, methods: ['GET'], answer: drip },
]

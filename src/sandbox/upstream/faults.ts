/** Faults on purpose: what a service does wrong, and for how long (design 2, `fault`; issue 6.4). */
import { headerValue } from '../../model/http.ts'
import type { Fault } from '../../model/project/fault-schema.ts'
import { assertNever } from '../../model/result.ts'
import { connectionRefused } from './from-cluster.ts'
import type { Ns, TimedResponse, Upstream, UpstreamContext, UpstreamRequest } from './types.ts'

/** The faults of one cluster. */
export class Faults {
  private active: { readonly fault: Fault; left: number }[] = []

  constructor(initial: readonly Fault[] = []) {
    for (const fault of initial) this.add(fault)
  }

  /** From now on; `none` ends all. */
  add(fault: Fault): void {
    if (fault.kind === 'none') this.active = []
    else this.active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })
  }

  /** What the next request (or batch of Redis commands) meets; counts it. */
  take(): readonly Fault[] {
    if (this.active.length === 0) return nothing
    const met = this.active.map(({ fault }) => fault)
    for (const each of this.active) each.left--
    this.active = this.active.filter(({ left }) => left > 0)
    return met
  }
}

const nothing: readonly Fault[] = []

/** How much later something comes: `latency` (of what is only late or slow 100 ms), more or less by `jitter`. */
export function delayOf(
  { kind, latency = kind === 'latency' || kind === 'slow' ? 1e8 : 0, jitter = 0 }: Fault,
  { random }: Pick<UpstreamContext, 'random'>,
): Ns {
  if (jitter === 0) return latency
  const [low = 0, high = 0] = random(2)
  return Math.max(0, Math.round(latency + jitter * ((high * 256 + low) / 32_768 - 1)))
}

/** What Redis answers to every command while a fault lasts. */
const refusals: ReadonlyMap<Fault['kind'], string> = new Map([
  ['noauth', 'NOAUTH Authentication required.'],
  ['loading', 'LOADING Redis is loading the dataset in memory'],
])

/** The error that Redis gives in place of each answer, if one of the faults has it so. */
export const refusalOf = (faults: readonly Fault[]): string | undefined =>
  faults.map(({ kind }) => refusals.get(kind)).find((text) => text !== undefined)

/** The service with its faults. `connectTimeout`: how long a connection may take. */
export function withFaults(service: Upstream, faults: Faults, connectTimeout: Ns): Upstream {
  return (request, context) => {
    const met = faults.take()
    if (met.length === 0) return service(request, context)
    // Whom nobody can reach, or who is silent, was not asked.
    for (const fault of met) {
      const early = instead(fault, connectTimeout, context)
      if (early !== undefined) return early
    }
    return met.reduce((answer, fault) => change(answer, fault, request, context), service(request, context))
  }
}

/** When a `reset` or `timeout` comes. */
export const whenOf = ({ at, afterBytes }: Fault) => at ?? (afterBytes === undefined ? 'headers' : 'body')

/** What comes instead of the service's answer; undefined: it answers. */
function instead(fault: Fault, connectTimeout: Ns, context: UpstreamContext): TimedResponse | undefined {
  const when = whenOf(fault)
  const delay = delayOf(fault, context)
  switch (fault.kind) {
    case 'reset':
      if (when === 'connect') return { kind: 'unreachable', detail: connectionRefused }
      return when === 'headers' ? { kind: 'reset', delay } : undefined
    case 'timeout':
      if (when === 'connect') return { kind: 'connect-timeout', after: connectTimeout }
      return when === 'headers' ? { kind: 'hang' } : undefined
    case 'status': {
      const headers = [[':status', String(fault.status ?? 503)] as const, ['content-length', '0'] as const]
      return { kind: 'response', headers, delay, chunks: [], trailers: [] }
    }
    default:
      return undefined
  }
}

/** What becomes of the service's answer. */
function change(
  answer: TimedResponse,
  fault: Fault,
  { protocol }: UpstreamRequest,
  context: UpstreamContext,
): TimedResponse {
  if (answer.kind !== 'response') return answer
  const later = fault.kind === 'slow' ? 0 : delayOf(fault, context)
  const reply: Reply = { ...answer, delay: answer.delay + later }
  switch (fault.kind) {
    case 'latency':
    case 'status':
      return reply
    case 'timeout':
      return { ...reply, ...cut(reply, fault.afterBytes ?? 0), end: 'hang' }
    case 'reset':
      return { ...reply, ...cut(reply, fault.afterBytes ?? 0), end: 'lost' }
    case 'truncate':
      return { ...reply, ...cut(reply, fault.afterBytes ?? 0), end: 'broken' }
    case 'slow':
      return { ...reply, chunks: pieces(reply, fault.bytes ?? 1024, () => delayOf(fault, context)) }
    case 'length':
      return protocol === 'h2' ? withWrongLength(reply, fault.bytes ?? 1) : withLength(reply, fault.bytes ?? 1)
    case 'noauth':
    case 'loading':
    case 'none':
      return answer
    default:
      return assertNever(fault.kind)
  }
}

type Reply = Extract<TimedResponse, { kind: 'response' }>

/** The body's first bytes, and nothing after them. */
function cut(reply: Reply, bytes: number): Pick<Reply, 'chunks' | 'trailers'> {
  const chunks: Reply['chunks'][number][] = []
  let left = bytes
  for (const { data, after } of reply.chunks) {
    if (left <= 0) break
    chunks.push({ data: data.subarray(0, left), after })
    left -= data.length
  }
  return { chunks, trailers: [] }
}

function pieces(reply: Reply, size: number, pause: () => Ns): Reply['chunks'] {
  return reply.chunks.flatMap(({ data, after }) =>
    Array.from({ length: Math.ceil(data.length / size) }, (_, i) => ({
      data: data.subarray(i * size, (i + 1) * size),
      after: (i === 0 ? after : 0) + pause(),
    })),
  )
}

/** Announces another length: of too long a body the rest is not read, for too short a one the gateway waits. */
function withLength(reply: Reply, bytes: number): Reply {
  const headers = announced(reply, bytes)
  if (bytes <= sizeOf(reply)) return { ...reply, ...cut(reply, bytes), headers }
  return { ...reply, headers, end: 'hang' }
}

/** In HTTP/2 the frame with which the length is wrong breaks the stream, and nothing of it is passed on. */
function withWrongLength(reply: Reply, bytes: number): Reply {
  const headers = announced(reply, bytes)
  if (bytes === sizeOf(reply)) return { ...reply, headers }
  const ends = reply.chunks.map((_, last) => sizeOf({ ...reply, chunks: reply.chunks.slice(0, last + 1) }))
  const chunks = reply.chunks.filter((_, index) => index < reply.chunks.length - 1 && (ends[index] ?? 0) <= bytes)
  return { ...reply, headers, chunks, trailers: [], end: 'broken' }
}

const sizeOf = (reply: Reply): number => reply.chunks.reduce((sum, { data }) => sum + data.length, 0)

const framing = ['content-length', 'transfer-encoding']

function announced({ headers }: Reply, bytes: number): Reply['headers'] {
  if (headerValue(headers, 'content-length') === undefined)
    return [...headers.filter(([name]) => !framing.includes(name)), ['content-length', String(bytes)]]
  return headers.map(([name, value]) => [name, name === 'content-length' ? String(bytes) : value] as const)
}

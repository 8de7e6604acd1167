import type { TraceEvent } from '../../model/trace.ts'

/** How a field of an event is kept in words. `json` is for rare, small objects. */
export type FieldKind = 'text' | 'number' | 'flag' | 'bytes' | 'headers' | 'json'

type Fields<T extends TraceEvent['type']> = readonly (readonly [
  name: Exclude<keyof Extract<TraceEvent, { type: T }>, 'type'>,
  kind: FieldKind,
  /** Kept, but not part of the hash: engines word it differently. */
  unhashed?: true,
])[]

/** Events of the guest side have layouts of their own (`recorder.ts`). */
export type GuestEventType = 'guest.enter' | 'guest.leave' | 'host.call'

/**
 * Fields of each event in the order in which they are kept. The position of a type gives its code in a trace, which is
 * part of the hash: new types come last.
 */
export const schema: { readonly [T in Exclude<TraceEvent['type'], GuestEventType>]: Fields<T> } = {
  step: [
    ['index', 'number'],
    ['label', 'text'],
  ],
  'clock.advance': [['by', 'number']],
  configure: [['phase', 'text']],
  'request.headers': [
    ['listener', 'text'],
    ['protocol', 'text'],
    ['headers', 'headers'],
    ['endOfStream', 'flag'],
  ],
  'request.body': [
    ['data', 'bytes'],
    ['endOfStream', 'flag'],
  ],
  'request.trailers': [['trailers', 'headers']],
  'request.abort': [],
  'response.headers': [
    ['headers', 'headers'],
    ['endOfStream', 'flag'],
  ],
  'response.body': [
    ['data', 'bytes'],
    ['endOfStream', 'flag'],
  ],
  'response.trailers': [['trailers', 'headers']],
  'stream.end': [
    ['ended', 'text'],
    ['details', 'text'],
    ['flags', 'text'],
    ['accessLog', 'text'],
  ],
  route: [
    ['name', 'text'],
    ['cluster', 'text'],
  ],
  'chain.headers': [
    ['direction', 'text'],
    ['headers', 'headers'],
  ],
  'chain.pause': [
    ['direction', 'text'],
    ['action', 'text'],
    ['bufferedBytes', 'number'],
  ],
  'chain.resume': [
    ['direction', 'text'],
    ['by', 'text'],
    ['bufferedBytes', 'number'],
  ],
  'local-reply': [
    ['status', 'number'],
    ['headers', 'headers'],
    ['body', 'bytes'],
    ['details', 'text'],
    ['outcome', 'text'],
  ],
  'upstream.request': [
    ['cluster', 'text'],
    ['host', 'text'],
    ['headers', 'headers'],
    ['endOfStream', 'flag'],
  ],
  'upstream.request.body': [
    ['data', 'bytes'],
    ['endOfStream', 'flag'],
  ],
  'upstream.request.trailers': [['trailers', 'headers']],
  'upstream.response': [
    ['cluster', 'text'],
    ['headers', 'headers'],
    ['endOfStream', 'flag'],
  ],
  'upstream.response.body': [
    ['cluster', 'text'],
    ['data', 'bytes'],
    ['endOfStream', 'flag'],
  ],
  'upstream.response.trailers': [
    ['cluster', 'text'],
    ['trailers', 'headers'],
  ],
  'upstream.reset': [
    ['cluster', 'text'],
    ['reason', 'text'],
  ],
  'callout.request': [
    ['token', 'number'],
    ['cluster', 'text'],
    ['headers', 'headers'],
    ['body', 'bytes'],
    ['timeoutMs', 'number'],
  ],
  'callout.response': [
    ['token', 'number'],
    ['cluster', 'text'],
    ['outcome', 'text'],
    ['headers', 'headers'],
    ['body', 'bytes'],
    ['trailers', 'headers'],
  ],
  log: [
    ['level', 'text'],
    ['via', 'text'],
    ['shown', 'flag'],
    // Lines the host writes by itself hold engine words and frames (`Function: … failed`).
    ['message', 'text', true],
  ],
  trap: [
    ['callback', 'text'],
    ['kind', 'text'],
    ['message', 'text', true],
    ['frames', 'json', true],
  ],
  'load-error': [
    ['message', 'text'],
    ['reason', 'json', true],
  ],
  hung: [
    ['certainty', 'text'],
    ['direction', 'text'],
  ],
  limit: [
    ['what', 'text'],
    ['count', 'number'],
    ['detail', 'text', true],
  ],
  'redis.command': [
    ['token', 'number'],
    ['cluster', 'text'],
    ['argv', 'json'],
  ],
  'redis.reply': [
    ['token', 'number'],
    ['cluster', 'text'],
    ['outcome', 'text'],
    ['reply', 'bytes'],
  ],
  'connection.open': [['listener', 'text']],
  'upstream.connect': [
    ['cluster', 'text'],
    ['host', 'text'],
  ],
  'grpc.message': [
    ['token', 'number'],
    ['cluster', 'text'],
    ['from', 'text'],
    ['data', 'bytes'],
  ],
  'grpc.end': [
    ['token', 'number'],
    ['cluster', 'text'],
    ['by', 'text'],
    ['status', 'number'],
    ['message', 'text'],
  ],
  thread: [
    ['name', 'text'],
    ['doing', 'text'],
  ],
}

export type PlainEventType = keyof typeof schema

/** Events of the gateway half, and traps. */
export type PlainEvent = Exclude<TraceEvent, { type: GuestEventType }>

/** The same event by field names, for code that goes through `schema`. */
export const plainFields = (event: PlainEvent): Readonly<Record<string, unknown>> => event

const plainTypes = Object.keys(schema).filter((type): type is PlainEventType => type in schema)

/** A log line of a guest, its text kept as bytes that a host call already recorded. */
export const kindGuestLog = 30
export const kindEnter = kindGuestLog + 1
export const kindLeave = kindGuestLog + 2
export const kindHostCall = kindGuestLog + 3

/** Codes of the plain types: the guest kinds stand after the first thirty. */
export const plainCodes: ReadonlyMap<PlainEventType, number> = new Map(
  plainTypes.map((type, place) => [type, place < kindGuestLog ? place : place + 4]),
)
export const plainCode = (type: PlainEventType): number => plainCodes.get(type) ?? 0
export const plainTypeOf: ReadonlyMap<number, PlainEventType> = new Map(
  [...plainCodes].map(([type, code]) => [code, type]),
)

/** Kept also when the trace is full: without them nobody could tell how a run ended. */
export const alwaysKept: ReadonlySet<TraceEvent['type']> = new Set([
  'step',
  'stream.end',
  'trap',
  'load-error',
  'hung',
  'limit',
])

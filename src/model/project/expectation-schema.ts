import { z } from 'zod'
import type { HeaderList } from '../http.ts'
import { err, ok, type Result } from '../result.ts'
import type { EffectiveAction } from '../trace.ts'
import { byteString, utf8 } from './bytes.ts'
import { entriesInOrder, isList, isMap } from './ordered.ts'
import { patternFault } from './pattern.ts'
import { type Fault, fault, shown } from './problem.ts'
import { atom, body, type JsonValue, json, numberPairs, readPairs, textPairs } from './values.ts'

/** What one value must be. `absent` is written `null`. */
export type ValueExpectation =
  | { readonly kind: 'absent' }
  | { readonly kind: 'equals'; readonly value: string }
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'matches'; readonly pattern: string }

/** `some`: these names, others may be there too. `exactly`: this list, in this order, nothing else. */
export type HeadersExpectation =
  | { readonly kind: 'some'; readonly entries: readonly (readonly [string, ValueExpectation])[] }
  | { readonly kind: 'exactly'; readonly pairs: HeaderList }

export type BodyExpectation =
  | { readonly kind: 'equals'; readonly bytes: Uint8Array }
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'matches'; readonly pattern: string }
  | { readonly kind: 'json'; readonly value: JsonValue }
  | { readonly kind: 'size'; readonly size: number }

const wrong = (expected: string, value: unknown): Result<never, Fault> =>
  err(fault('problem.wrongType', { expected, actual: shown(value) }))

function readPattern(value: unknown): Result<string, Fault> {
  if (typeof value !== 'string') return wrong('a regular expression as text', value)
  const bad = patternFault(value)
  return bad === undefined ? ok(value) : err(fault('problem.pattern', { detail: bad }))
}

function readValue(value: unknown, source: string | undefined): Result<ValueExpectation, Fault> {
  if (value === null) return ok({ kind: 'absent' })
  if (typeof value === 'string') return ok({ kind: 'equals', value: byteString(value) })
  if (typeof value === 'number' || typeof value === 'boolean')
    return ok({ kind: 'equals', value: source ?? String(value) })
  const [only, ...more] = isMap(value) ? entriesInOrder(value) : []
  if (only && more.length === 0) {
    if (only.key === 'contains' && typeof only.value === 'string')
      return ok({ kind: 'contains', text: byteString(only.value) })
    if (only.key === 'matches') {
      const pattern = readPattern(only.value)
      return pattern.ok ? ok({ kind: 'matches', pattern: pattern.value }) : pattern
    }
  }
  return wrong('text, null, { contains: … } or { matches: … }', value)
}

const valueSchema = {
  anyOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    {
      type: 'object',
      properties: { contains: { type: 'string' } },
      required: ['contains'],
      additionalProperties: false,
    },
    { type: 'object', properties: { matches: { type: 'string' } }, required: ['matches'], additionalProperties: false },
  ],
}

const headers = atom<HeadersExpectation>(
  {
    anyOf: [
      { type: 'object', additionalProperties: valueSchema },
      { type: 'array', items: { type: 'array' } },
    ],
  },
  (value) => {
    if (isList(value)) {
      const pairs = readPairs(value)
      if (!pairs.ok) return pairs
      return ok({ kind: 'exactly', pairs: pairs.value.map(([name, text]) => [byteString(name), byteString(text)]) })
    }
    if (!isMap(value)) return wrong('a map of headers, or a list of [name, value]', value)
    const entries: (readonly [string, ValueExpectation])[] = []
    for (const entry of entriesInOrder(value)) {
      const read = readValue(entry.value, entry.source)
      if (!read.ok) return read
      entries.push([byteString(entry.key), read.value])
    }
    return ok({ kind: 'some', entries })
  },
)

const bodyForms = 'text, { contains: … }, { json: … }, { matches: … }, { size: … }, { base64: … } or { file: … }'

const bodyExpectation = atom<BodyExpectation>(
  {
    anyOf: [
      { type: ['string', 'number', 'boolean'] },
      {
        type: 'object',
        properties: {
          text: { type: 'string' },
          contains: { type: 'string' },
          matches: { type: 'string' },
          json: {},
          size: { type: 'integer' },
          base64: { type: 'string' },
          file: { type: 'string' },
        },
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: false,
      },
    ],
  },
  (value) => {
    const [only, ...more] = isMap(value) ? entriesInOrder(value) : []
    if (isMap(value) && (!only || more.length > 0)) return wrong(bodyForms, value)
    switch (only?.key) {
      case 'text':
        return typeof only.value === 'string'
          ? ok({ kind: 'equals', bytes: utf8(only.value) })
          : wrong('text', only.value)
      case 'contains':
        return typeof only.value === 'string' ? ok({ kind: 'contains', text: only.value }) : wrong('text', only.value)
      case 'matches': {
        const pattern = readPattern(only.value)
        return pattern.ok ? ok({ kind: 'matches', pattern: pattern.value }) : pattern
      }
      case 'json': {
        const read = json.safeParse(only.value)
        return read.success ? ok({ kind: 'json', value: read.data }) : wrong('a JSON value', only.value)
      }
      case 'size':
        return typeof only.value === 'number' && Number.isInteger(only.value)
          ? ok({ kind: 'size', size: only.value })
          : wrong('a whole number', only.value)
      default: {
        const read = body.safeParse(value)
        return read.success ? ok({ kind: 'equals', bytes: read.data }) : wrong(bodyForms, value)
      }
    }
  },
)

/** One or a list, always kept as a list. */
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item]).transform((value): readonly z.output<T>[] => (Array.isArray(value) ? value : [value]))

const upstream = z.strictObject({
  cluster: z.string().optional(),
  /** How many requests this cluster saw in the step; default: at least one that fits. */
  requests: z.int().min(0).optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  headers: headers.optional(),
  body: bodyExpectation.optional(),
  trailers: headers.optional(),
})

const call = z.strictObject({
  cluster: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  headers: headers.optional(),
  body: bodyExpectation.optional(),
  trailers: headers.optional(),
})

const redis = z.strictObject({ command: z.string(), key: z.string().optional(), args: z.array(z.string()).optional() })

const hostcall = z.strictObject({
  fn: z.string(),
  plugin: z.string().optional(),
  status: z.string().optional(),
  /** Exactly so many; default: at least one. */
  count: z.int().min(0).optional(),
})

const logLine = z.strictObject({
  plugin: z.string().optional(),
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'critical']).optional(),
  contains: z.string().optional(),
  matches: z
    .unknown()
    .meta({ type: 'string' })
    .transform((value, context): string => {
      const read = readPattern(value)
      if (read.ok) return read.value
      const { code, params } = read.error
      context.issues.push({ code: 'custom', message: code, input: value, params: { fault: code, ...params } })
      return z.NEVER
    })
    .optional(),
})

const effectiveActions: readonly EffectiveAction[] = [
  'Continue',
  'StopIteration',
  'StopAllIterationAndBuffer',
  'StopAllIterationAndWatermark',
  'StopIterationAndBuffer',
  'StopIterationAndWatermark',
  'StopIterationNoBuffer',
]

/** Effective actions of one callback, one entry per time it ran. */
export type ActionExpectation = readonly [callback: string, actions: readonly EffectiveAction[]]

const actions = atom<readonly ActionExpectation[]>(
  {
    type: 'object',
    additionalProperties: {
      anyOf: [{ enum: effectiveActions }, { type: 'array', items: { enum: effectiveActions } }],
    },
  },
  (value) => {
    if (!isMap(value)) return wrong('a map such as { limiter.request_headers: StopIteration }', value)
    const result: ActionExpectation[] = []
    for (const entry of entriesInOrder(value)) {
      const listed: EffectiveAction[] = []
      for (const item of isList(entry.value) ? entry.value : [entry.value]) {
        const action = effectiveActions.find((known) => known === item)
        if (!action) {
          return err(fault('problem.wrongChoice', { choices: effectiveActions.join(', '), actual: shown(item) }))
        }
        listed.push(action)
      }
      result.push([entry.key, listed])
    }
    return ok(result)
  },
)

/** `expect:` of a step (design 2). Everything that is given must hold. */
export const expectationSchema = z.strictObject({
  status: z.int().optional(),
  /** `response_code_details`. */
  details: z.string().optional(),
  /** Response flags as Envoy prints them, e.g. `UF,URX`. */
  flags: z.string().optional(),
  headers: headers.optional(),
  trailers: headers.optional(),
  body: bodyExpectation.optional(),
  upstream: oneOrMore(upstream).optional(),
  /** Callouts, in this order. */
  calls: oneOrMore(call).optional(),
  redis: oneOrMore(redis).optional(),
  hostcalls: oneOrMore(hostcall).optional(),
  log: oneOrMore(logLine).optional(),
  noLog: oneOrMore(logLine).optional(),
  actions: actions.optional(),
  /** Callbacks in the order in which they first ran. */
  order: z.array(z.string()).optional(),
  /** Rule ids, exactly these. */
  findings: z.array(z.string()).optional(),
  outcome: z.enum(['response', 'hung', 'reset']).optional(),
  started: z.enum(['none', 'headers', 'body']).optional(),
  ended: z.enum(['complete', 'reset', 'truncated', 'hung', 'client-abort', 'deadline', 'rejected']).optional(),
  metrics: numberPairs.optional(),
  sharedData: textPairs.optional(),
  /** What a TCP client received. */
  received: bodyExpectation.optional(),
})

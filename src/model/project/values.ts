import { z } from 'zod'
import type { HeaderList } from '../http.ts'
import { err, ok, type Result } from '../result.ts'
import { byteString, fromBase64, utf8 } from './bytes.ts'
import { readProjectFile } from './file-access.ts'
import { entriesInOrder, isList, isMap, type OrderedEntry } from './ordered.ts'
import { type Fault, fault, shown } from './problem.ts'

// The page's policy has no 'unsafe-eval'; without this zod tries `new Function` once, which the browser reports.
z.config({ jitless: true })

type JsonSchemaOf = Readonly<Record<string, unknown>>

/** A leaf of a schema: how it is written (JSON Schema, for the editor) and how it is read. */
export function atom<T>(jsonSchema: JsonSchemaOf, read: (value: unknown) => Result<T, Fault>) {
  return z
    .unknown()
    .meta(jsonSchema)
    .transform((value, context): T => {
      const result = read(value)
      if (result.ok) return result.value
      const { code, params } = result.error
      context.issues.push({ code: 'custom', message: code, input: value, params: { fault: code, ...params } })
      return z.NEVER
    })
}

const wrongType = (expected: string, value: unknown): Result<never, Fault> =>
  err(fault('problem.wrongType', { expected, actual: shown(value) }))

const unitNs: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

/** `5m`, `1m30s`, `20ms`, `1.5s`, `0s` as nanoseconds, or undefined. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(amount) * (unitNs[unit ?? ''] ?? 0)
  }
  const rounded = Math.round(total)
  return Number.isSafeInteger(rounded) ? rounded : undefined
}

/** A length of time in nanoseconds. */
export const duration = atom<number>({ type: 'string', pattern: '^(\\d+(\\.\\d+)?(ns|us|µs|ms|s|m|h))+$' }, (value) => {
  const parsed = typeof value === 'string' ? parseDuration(value) : value === 0 ? 0 : undefined
  return parsed === undefined ? err(fault('problem.duration', { actual: shown(value) })) : ok(parsed)
})

/** A point in time as nanoseconds since 1970. */
export const clockTime = atom<bigint>({ type: 'string', format: 'date-time' }, (value) => {
  const match = typeof value === 'string' ? /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z$/.exec(value) : null
  const milliseconds = match ? Date.parse(`${match[1]}Z`) : Number.NaN
  if (!match || Number.isNaN(milliseconds) || milliseconds < 0)
    return err(fault('problem.clock', { actual: shown(value) }))
  const fraction = BigInt((match[2] ?? '.0').slice(1).padEnd(9, '0'))
  return ok(BigInt(milliseconds) * 1_000_000n + fraction)
})

/** A scalar where text is meant: `1.0` is the text "1.0", `true` the text "true". */
function scalarText({ value, source }: Pick<OrderedEntry, 'value' | 'source'>): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return source ?? String(value)
  return undefined
}

const pairsSchema: JsonSchemaOf = {
  anyOf: [
    { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    {
      type: 'array',
      items: { type: 'array', minItems: 2, maxItems: 2, items: { type: ['string', 'number', 'boolean'] } },
    },
  ],
}

export type Pair = readonly [string, string]

/** A map, or a list of `[name, value]`, of texts in the order they are written; duplicates are kept. */
export function readPairs(value: unknown): Result<readonly Pair[], Fault> {
  const pairs: Pair[] = []
  if (isMap(value)) {
    for (const entry of entriesInOrder(value)) {
      const text = scalarText(entry)
      if (text === undefined) return wrongType(`text as value of ${entry.key}`, entry.value)
      pairs.push([entry.key, text])
    }
    return ok(pairs)
  }
  if (!isList(value)) return wrongType('a map, or a list of [name, value]', value)
  for (const item of value) {
    const [name, text] = isList(item) && item.length === 2 ? entriesInOrder(item).map(scalarText) : []
    if (name === undefined || text === undefined) return wrongType('a pair [name, value] of texts', item)
    pairs.push([name, text])
  }
  return ok(pairs)
}

/** Ordered texts; the values are Unicode (Redis data, environment, shared data). */
export const textPairs = atom<readonly Pair[]>(pairsSchema, readPairs)

/** Ordered header lines as byte strings. */
export const headerPairs = atom<HeaderList>(pairsSchema, (value) => {
  const pairs = readPairs(value)
  return pairs.ok ? ok(pairs.value.map(([name, text]) => [byteString(name), byteString(text)] as const)) : pairs
})

/** An ordered map of numbers. */
export const numberPairs = atom<readonly (readonly [string, number])[]>(
  { type: 'object', additionalProperties: { type: 'number' } },
  (value) => {
    if (!isMap(value)) return wrongType('a map of numbers', value)
    const pairs: (readonly [string, number])[] = []
    for (const entry of entriesInOrder(value)) {
      if (typeof entry.value !== 'number') return wrongType(`a number as value of ${entry.key}`, entry.value)
      pairs.push([entry.key, entry.value])
    }
    return ok(pairs)
  },
)

/** A value as JSON has it; maps as pairs in the order written. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonMap
export type JsonMap = { readonly entries: readonly (readonly [string, JsonValue])[] }

export function readJson(value: unknown): Result<JsonValue, Fault> {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return ok(value)
  if (typeof value === 'number') {
    return Number.isFinite(value) ? ok(value) : err(fault('problem.notJson', { actual: String(value) }))
  }
  if (isList(value)) {
    const list: JsonValue[] = []
    for (const item of value) {
      const read = readJson(item)
      if (!read.ok) return read
      list.push(read.value)
    }
    return ok(list)
  }
  if (!isMap(value)) return err(fault('problem.notJson', { actual: shown(value) }))
  const entries: (readonly [string, JsonValue])[] = []
  for (const entry of entriesInOrder(value)) {
    const read = readJson(entry.value)
    if (!read.ok) return read
    entries.push([entry.key, read.value])
  }
  return ok({ entries })
}

/** Any JSON value. */
export const json = atom<JsonValue>({}, readJson)

/** A JSON object. */
export const jsonMap = atom<JsonMap>({ type: 'object' }, (value) => {
  const read = isMap(value) ? readJson(value) : wrongType('a map', value)
  if (!read.ok) return read
  return isJsonMap(read.value) ? ok(read.value) : wrongType('a map', value)
})

export const isJsonMap = (value: JsonValue): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** JSON text without spaces. `sorted` orders keys by code point, as what passes through a protobuf Struct is. */
export function jsonText(value: JsonValue, sorted = false): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (!isJsonMap(value)) return `[${value.map((item) => jsonText(item, sorted)).join(',')}]`
  const entries = sorted ? [...value.entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) : value.entries
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item, sorted)}`).join(',')}}`
}

const bodySchema: JsonSchemaOf = {
  anyOf: [
    { type: ['string', 'number', 'boolean'] },
    { type: 'object', properties: { json: {} }, required: ['json'], additionalProperties: false },
    { type: 'object', properties: { base64: { type: 'string' } }, required: ['base64'], additionalProperties: false },
    { type: 'object', properties: { file: { type: 'string' } }, required: ['file'], additionalProperties: false },
  ],
}

const bodyForms = 'text, { json: … }, { base64: … } or { file: … }'

/** A text file of the project, by its path. */
export const projectFile = atom<{ readonly path: string; readonly text: string }>({ type: 'string' }, (value) => {
  if (typeof value !== 'string') return wrongType('a path', value)
  const read = readProjectFile(value)
  return read.ok ? ok({ path: value, text: new TextDecoder().decode(read.value) }) : read
})

/** The bytes of a body: text, `{ json }`, `{ base64 }` or `{ file }` (a file of the project). */
export const body = atom<Uint8Array>(bodySchema, (value) => {
  if (typeof value === 'string') return ok(utf8(value))
  if (typeof value === 'number' || typeof value === 'boolean') return ok(utf8(String(value)))
  const [only, ...more] = isMap(value) ? entriesInOrder(value) : []
  if (!only || more.length > 0) return wrongType(bodyForms, value)
  switch (only.key) {
    case 'json': {
      const read = readJson(only.value)
      return read.ok ? ok(utf8(jsonText(read.value))) : read
    }
    case 'base64': {
      const bytes = typeof only.value === 'string' ? fromBase64(only.value) : undefined
      return bytes ? ok(bytes) : err(fault('problem.base64'))
    }
    case 'file':
      return typeof only.value === 'string' ? readProjectFile(only.value) : wrongType('a path', only.value)
    default:
      return wrongType(bodyForms, value)
  }
})

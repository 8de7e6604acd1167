import { sentence } from '../../model/failure.ts'
import { fromBase64, latin1, utf8 } from '../../model/project/bytes.ts'
import type { BodyExpectation, HeadersExpectation, ValueExpectation } from '../../model/project/expectation-schema.ts'
import { isJsonMap, type JsonValue, readJson } from '../../model/project/values.ts'
import type { BodyReport, MessageReport } from '../../model/report.ts'
import { assertNever } from '../../model/result.ts'
import { findPattern, unusable } from './find-pattern.ts'
import { type Mismatch, mismatch, quoted, quotedPart } from './mismatch.ts'

type Pairs = MessageReport['headers']

/** A text written in YAML equals header bytes as latin1 or as UTF-8. */
const sameBytes = (expected: string, actual: string): boolean =>
  actual === expected || actual === latin1(utf8(expected))

/** Header names are compared without case; of several lines with one name, one has to fit. */
export function checkHeaders(path: string, expected: HeadersExpectation, actual: Pairs): readonly Mismatch[] {
  if (expected.kind === 'exactly') return checkExactly(path, expected.pairs, actual)
  return expected.entries.flatMap(([name, value]) => {
    const lower = name.toLowerCase()
    const values = actual.filter(([key]) => key.toLowerCase() === lower).map(([, line]) => line)
    return checkValue(`${path}.${name}`, value, values)
  })
}

function checkExactly(path: string, expected: Pairs, actual: Pairs): readonly Mismatch[] {
  const pseudo = expected.some(([name]) => name.startsWith(':'))
  const seen = actual.filter(([name]) => pseudo || !name.startsWith(':'))
  const same =
    seen.length === expected.length &&
    expected.every(([name, value], index) => {
      const line = seen[index]
      return line !== undefined && line[0].toLowerCase() === name.toLowerCase() && sameBytes(value, line[1])
    })
  return same ? [] : [mismatch(path, expected, seen)]
}

function checkValue(path: string, expected: ValueExpectation, values: readonly string[]): readonly Mismatch[] {
  const actual = values.length > 1 ? values : values[0]
  switch (expected.kind) {
    case 'absent':
      return values.length === 0
        ? []
        : [mismatch(path, null, actual, sentence('failure.present', { actual: quotedPart(actual) }))]
    case 'equals':
      return values.some((value) => sameBytes(expected.value, value)) ? [] : [mismatch(path, expected.value, actual)]
    case 'contains':
      return values.some((value) => value.includes(expected.text) || value.includes(latin1(utf8(expected.text))))
        ? []
        : [
            mismatch(
              path,
              { contains: expected.text },
              actual,
              sentence('failure.valueContains', { expected: quoted(expected.text), actual: quotedPart(actual) }),
            ),
          ]
    case 'matches':
      return checkPattern(path, expected.pattern, values, actual)
    default:
      return assertNever(expected)
  }
}

function checkPattern(path: string, pattern: string, texts: readonly string[], actual: unknown): readonly Mismatch[] {
  for (const text of texts) {
    const found = findPattern(pattern, text)
    if (!found.ok) return [mismatch(path, { matches: pattern }, actual, unusable(pattern, found.error))]
    if (found.value) return []
  }
  return [
    mismatch(
      path,
      { matches: pattern },
      actual,
      sentence('failure.noMatch', { expected: quoted(pattern), actual: quotedPart(actual) }),
    ),
  ]
}

/** The bytes of a body in a report. */
export function bodyBytes(body: BodyReport): Uint8Array {
  return 'text' in body ? utf8(body.text) : (fromBase64(body.base64) ?? new Uint8Array())
}

/** Text for a message: UTF-8, or base64 when it is none. */
const bodyShown = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export function checkBody(path: string, expected: BodyExpectation, bytes: Uint8Array): readonly Mismatch[] {
  const text = bodyShown(bytes)
  switch (expected.kind) {
    case 'equals':
      return sameContent(expected.bytes, bytes) ? [] : [mismatch(path, bodyShown(expected.bytes), text)]
    case 'contains':
      return text.includes(expected.text)
        ? []
        : [
            mismatch(
              path,
              { contains: expected.text },
              text,
              sentence('failure.bodyContains', { expected: quoted(expected.text), actual: quoted(text) }),
            ),
          ]
    case 'matches':
      return checkPattern(path, expected.pattern, [text], text)
    case 'size':
      return bytes.length === expected.size
        ? []
        : [
            mismatch(
              path,
              { size: expected.size },
              bytes.length,
              sentence('failure.size', { expected: expected.size, actual: bytes.length }),
            ),
          ]
    case 'json':
      return checkJsonText(path, expected.value, text)
    default:
      return assertNever(expected)
  }
}

const sameContent = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

function checkJsonText(path: string, expected: JsonValue, text: string): readonly Mismatch[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return [mismatch(path, plainJson(expected), text, sentence('failure.notJson', { actual: quoted(text) }))]
  }
  const actual = readJson(parsed)
  if (!actual.ok) return [mismatch(path, plainJson(expected), text)]
  return checkJson(path, expected, actual.value)
}

/** The first difference of each branch; the order of keys does not matter. */
function checkJson(path: string, expected: JsonValue, actual: JsonValue): readonly Mismatch[] {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((item: JsonValue, index) => checkJson(`${path}[${index}]`, item, actual[index]))
  }
  if (isJsonMap(expected) && isJsonMap(actual)) {
    const left = new Map(expected.entries)
    const right = new Map(actual.entries)
    return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
      const wanted = left.get(key)
      const got = right.get(key)
      if (wanted === undefined)
        return [
          mismatch(
            `${path}.${key}`,
            undefined,
            plainJson(got),
            sentence('failure.unexpected', { actual: quotedPart(plainJson(got)) }),
          ),
        ]
      if (got === undefined) return [mismatch(`${path}.${key}`, plainJson(wanted), undefined)]
      return checkJson(`${path}.${key}`, wanted, got)
    })
  }
  const same = typeof expected !== 'object' || expected === null ? expected === actual : false
  return same ? [] : [mismatch(path, plainJson(expected), plainJson(actual))]
}

/** Back to plain values, for the report. */
function plainJson(value: JsonValue | undefined): unknown {
  if (value === undefined || value === null || typeof value !== 'object') return value
  if (!isJsonMap(value)) return value.map(plainJson)
  return Object.fromEntries(value.entries.map(([key, item]) => [key, plainJson(item)]))
}

import { bool, type Json, jsonNull, list, text } from './python-json.ts'

/** Python raises RecursionError (httpbin: 500) somewhere near its limit of 1000 frames; this is where we stop. */
const deepest = 900
/** `int()` refuses longer digit strings since Python 3.11 (a ValueError, so httpbin's `json` is null). */
const longestInteger = 4300

export class TooDeep extends Error {}
class Invalid extends Error {}

/**
 * `json.loads` of text: undefined where Python raises ValueError. Unlike JavaScript it takes NaN and the infinities.
 * @throws TooDeep for nesting that makes the real httpbin answer 500.
 */
export function parsePythonJson(source: string): Json | undefined {
  // Most requests have no body, and an error with its stack costs more than the rest of the answer.
  if (source === '') return undefined
  try {
    const reader = new Reader(source)
    const value = reader.value(0)
    reader.space()
    return reader.atEnd() ? value : undefined
  } catch (error) {
    if (error instanceof Invalid) return undefined
    throw error
  }
}

const numberPattern = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y
const stringChunk = /[^"\\\u0000-\u001f]*/y
const words: readonly (readonly [string, Json])[] = [
  ['null', jsonNull],
  ['true', bool(true)],
  ['false', bool(false)],
  ['NaN', { kind: 'number', text: 'NaN' }],
  ['Infinity', { kind: 'number', text: 'Infinity' }],
  ['-Infinity', { kind: 'number', text: '-Infinity' }],
]
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

class Reader {
  private at = 0
  private readonly source: string
  constructor(source: string) {
    this.source = source
  }

  atEnd(): boolean {
    return this.at === this.source.length
  }

  space(): void {
    while (' \t\n\r'.includes(this.source[this.at] ?? 'x')) this.at++
  }

  value(depth: number): Json {
    if (depth > deepest) throw new TooDeep()
    this.space()
    const char = this.source[this.at]
    if (char === '{') return this.object(depth)
    if (char === '[') return this.list(depth)
    if (char === '"') return text(this.string())
    for (const [word, value] of words) {
      if (this.source.startsWith(word, this.at)) {
        this.at += word.length
        return value
      }
    }
    return this.number()
  }

  private take(char: string): boolean {
    this.space()
    if (this.source[this.at] !== char) return false
    this.at++
    return true
  }

  private object(depth: number): Json {
    const entries = new Map<string, Json>()
    this.at++
    if (this.take('}')) return { kind: 'object', entries }
    do {
      this.space()
      if (this.source[this.at] !== '"') throw new Invalid()
      const key = this.string()
      if (!this.take(':')) throw new Invalid()
      entries.set(key, this.value(depth + 1))
    } while (this.take(','))
    if (!this.take('}')) throw new Invalid()
    return { kind: 'object', entries }
  }

  private list(depth: number): Json {
    const items: Json[] = []
    this.at++
    if (this.take(']')) return list(items)
    do items.push(this.value(depth + 1))
    while (this.take(','))
    if (!this.take(']')) throw new Invalid()
    return list(items)
  }

  private string(): string {
    let out = ''
    this.at++
    for (;;) {
      stringChunk.lastIndex = this.at
      const chunk = stringChunk.exec(this.source)?.[0] ?? ''
      out += chunk
      this.at += chunk.length
      const char = this.source[this.at]
      this.at++
      if (char === '"') return out
      if (char !== '\\') throw new Invalid()
      out += this.escape()
    }
  }

  private escape(): string {
    const char = this.source[this.at] ?? ''
    this.at++
    const simple = escapes[char]
    if (simple !== undefined) return simple
    const hex = this.source.slice(this.at, this.at + 4)
    if (char !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) throw new Invalid()
    this.at += 4
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  private number(): Json {
    numberPattern.lastIndex = this.at
    const match = numberPattern.exec(this.source)
    if (match === null) throw new Invalid()
    this.at += match[0].length
    const [whole, digits = '', fraction, exponent] = match
    if (fraction === undefined && exponent === undefined) {
      if (digits.length > longestInteger) throw new Invalid()
      return { kind: 'number', text: digits === '-0' ? '0' : digits }
    }
    return { kind: 'number', text: pythonFloat(Number(whole)) }
  }
}

/** `float.__repr__`, with json's words for what is not finite: exponent below -4 or from 16 on, two digits at least. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : value < 0 ? '-Infinity' : 'NaN'
  if (Object.is(value, -0)) return '-0.0'
  if (value === 0) return '0.0'
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0')
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`
  }
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/[-.]/g, '')
  const padded = exponent < 0 ? '0'.repeat(-exponent) + digits : digits.padEnd(exponent + 2, '0')
  const point = exponent < 0 ? 1 : exponent + 1
  return `${negative ? '-' : ''}${padded.slice(0, point)}.${padded.slice(point)}`
}

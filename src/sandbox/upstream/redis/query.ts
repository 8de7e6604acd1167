import { longestBulk } from './numbers.ts'

/** What clients send: commands as arrays of bulk strings, or as plain lines (`inline`). Byte strings. */

export type ParsedQuery =
  | { readonly kind: 'command'; readonly argv: readonly string[]; readonly end: number }
  /** An empty line or array: no command, no answer. */
  | { readonly kind: 'blank'; readonly end: number }
  /** More bytes are needed; before the text is `needs` long there is nothing to look at again. */
  | { readonly kind: 'incomplete'; readonly needs?: number }
  /** The server says so and closes the connection. */
  | { readonly kind: 'protocol-error'; readonly message: string }

const longestInline = 64 * 1024
const mostWords = 2 ** 31 - 1
/** What a client that has to log in first may send before it has. */
const mostWordsBefore = 10
const longestBefore = 16384

/**
 * The next command at `start`; `loggedIn`: without it, only short ones are read (7.0). Where the server looks for the end of
 * a line it looks no further than a NUL, and so waits for ever behind one.
 */
export function parseQuery(text: string, start = 0, loggedIn = true): ParsedQuery {
  if (start >= text.length) return { kind: 'incomplete' }
  return text[start] === '*' ? parseArray(text, start, loggedIn) : parseInline(text, start)
}

const wrong = (message: string): ParsedQuery => ({ kind: 'protocol-error', message })

function lineEnd(text: string, mark: string, start: number): number {
  const end = text.indexOf(mark, start)
  if (end < 0) return -1
  const nul = text.slice(start, end).indexOf('\0')
  return nul < 0 ? end : -1
}

/** The number between `start` and the end of the line, and the place after it. */
function numberLine(text: string, start: number): { readonly digits: string; readonly end: number } | undefined {
  const end = lineEnd(text, '\r', start)
  return end < 0 || end + 1 >= text.length ? undefined : { digits: text.slice(start, end), end: end + 2 }
}

const isNumber = (digits: string): boolean => /^(?:0|-?[1-9]\d{0,17})$/.test(digits)

function parseArray(text: string, start: number, loggedIn: boolean): ParsedQuery {
  const head = numberLine(text, start + 1)
  if (head === undefined) {
    return text.length - start > longestInline ? wrong('too big mbulk count string') : { kind: 'incomplete' }
  }
  const count = Number(head.digits)
  if (!isNumber(head.digits) || count > mostWords) return wrong('invalid multibulk length')
  if (!loggedIn && count > mostWordsBefore) return wrong('unauthenticated multibulk length')
  if (count <= 0) return { kind: 'blank', end: head.end }
  const argv: string[] = []
  let at = head.end
  while (argv.length < count) {
    if (at >= text.length) return { kind: 'incomplete' }
    const sign = text.charAt(at)
    const line = sign === '\0' ? undefined : numberLine(text, at + 1)
    if (line === undefined) {
      return text.length - at > longestInline ? wrong('too big bulk count string') : { kind: 'incomplete' }
    }
    if (sign !== '$') return wrong(`expected '$', got '${sign}'`)
    const length = Number(line.digits)
    if (!isNumber(line.digits) || length < 0 || length > longestBulk) return wrong('invalid bulk length')
    if (!loggedIn && length > longestBefore) return wrong('unauthenticated bulk length')
    const needs = line.end + length + 2
    if (needs > text.length) return { kind: 'incomplete', needs: needs - start }
    argv.push(text.slice(line.end, line.end + length))
    at = line.end + length + 2
  }
  return { kind: 'command', argv, end: at }
}

function parseInline(text: string, start: number): ParsedQuery {
  const end = lineEnd(text, '\n', start)
  if (end < 0) return text.length - start > longestInline ? wrong('too big inline request') : { kind: 'incomplete' }
  const line = text.slice(start, end).replace(/\r$/, '')
  const argv = splitWords(line)
  if (argv === undefined) return wrong('unbalanced quotes in request')
  return argv.length === 0 ? { kind: 'blank', end: end + 1 } : { kind: 'command', argv, end: end + 1 }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' }

/** `sdssplitargs`: words, "with escapes" or 'without'; `undefined` when a quote does not close or is not followed by a space. */
export function splitWords(line: string): readonly string[] | undefined {
  const words: string[] = []
  let at = 0
  for (;;) {
    while (/\s/.test(line.charAt(at))) at++
    if (at >= line.length) return words
    let word = ''
    while (at < line.length && !/[\s\0]/.test(line.charAt(at))) {
      const quote = line.charAt(at)
      if (quote !== '"' && quote !== "'") {
        word += quote
        at++
        continue
      }
      const quoted = readQuoted(line, at + 1, quote)
      if (quoted === undefined) return undefined
      word += quoted.text
      at = quoted.end
      if (at < line.length && !/\s/.test(line.charAt(at))) return undefined
      break
    }
    words.push(word)
  }
}

function readQuoted(
  line: string,
  start: number,
  quote: string,
): { readonly text: string; readonly end: number } | undefined {
  let text = ''
  for (let at = start; at < line.length; at++) {
    const char = line.charAt(at)
    if (char === quote) return { text, end: at + 1 }
    const next = line.charAt(at + 1)
    if (char !== '\\') text += char
    else if (quote === "'") {
      // Only \' means something between single quotes.
      if (next === "'") at++
      text += next === "'" ? next : char
    } else {
      const hex = /^x([0-9a-fA-F]{2})/.exec(line.slice(at + 1, at + 4))
      if (hex !== null) {
        text += String.fromCharCode(Number.parseInt(hex[1] ?? '', 16))
        at += 3
      } else if (next !== '') {
        text += escapes[next] ?? next
        at++
      } else text += char
    }
  }
  return undefined
}

/** A command as clients send it. */
export const encodeCommand = (argv: readonly string[]): string =>
  `*${argv.length}\r\n${argv.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`

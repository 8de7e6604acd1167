/** Lua 5.1 source as tokens (the language of Redis scripts). Byte strings in, byte strings out. */
import { LuaError } from './value.ts'

export type Token = {
  readonly kind: 'name' | 'keyword' | 'symbol' | 'number' | 'string' | 'end'
  readonly text: string
  readonly value?: number
  readonly line: number
}

const keywords = new Set(
  'and break do else elseif end false for function if in local nil not or repeat return then true until while'.split(
    ' ',
  ),
)
const symbols = ['...', '..', '==', '~=', '<=', '>=', '+', '-', '*', '/', '%', '^', '#', '<', '>', '=', '(', ')', '{', '}', '[', ']', ';', ':', ',', '.'] // biome-ignore format: one table
const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

export const syntaxError = (message: string, line: number, near: string): LuaError =>
  new LuaError(`user_script:${line}: ${message} near '${near}'`)

export function tokens(source: string): readonly Token[] {
  return new Lexer(source).all()
}

class Lexer {
  private readonly source: string
  private at = 0
  private line = 1

  constructor(source: string) {
    this.source = source
  }

  all(): readonly Token[] {
    const found: Token[] = []
    for (let token = this.next(); ; token = this.next()) {
      found.push(token)
      if (token.kind === 'end') return found
    }
  }

  private next(): Token {
    this.skipBlanks()
    const { source, at, line } = this
    if (at >= source.length) return { kind: 'end', text: '<eof>', line }
    const name = /^[A-Za-z_]\w*/.exec(source.slice(at, at + 256))?.[0]
    if (name !== undefined) {
      this.at += name.length
      return { kind: keywords.has(name) ? 'keyword' : 'name', text: name, line }
    }
    if (/^\.?\d/.test(source.slice(at, at + 2))) return this.number()
    const char = source.charAt(at)
    if (char === '"' || char === "'") return this.quoted(char)
    const level = /^\[(=*)\[/.exec(source.slice(at, at + 64))?.[1]
    if (level !== undefined) return { kind: 'string', text: this.long(level), line }
    // What is no symbol of Lua is the parser's to refuse, where it stands.
    const symbol = symbols.find((each) => source.startsWith(each, at)) ?? char
    this.at += symbol.length
    return { kind: 'symbol', text: symbol, line }
  }

  private skipBlanks(): void {
    const { source } = this
    for (;;) {
      const char = source[this.at]
      if (char === '\n') this.line++
      if (char !== undefined && /\s/.test(char)) this.at++
      else if (source.startsWith('--', this.at)) {
        this.at += 2
        const level = /^\[(=*)\[/.exec(source.slice(this.at, this.at + 64))?.[1]
        if (level !== undefined) this.long(level)
        else while (this.at < source.length && source[this.at] !== '\n') this.at++
      } else return
    }
  }

  private number(): Token {
    const { line } = this
    const text = /^(?:0[xX][0-9a-fA-F]*|[\d.]+(?:[eE][+-]?\d*)?)\w*/.exec(this.source.slice(this.at))?.[0] ?? ''
    this.at += text.length
    const value = Number(text)
    if (Number.isNaN(value) || text.length === 0) throw syntaxError('malformed number', line, text)
    return { kind: 'number', text, value, line }
  }

  private quoted(quote: string): Token {
    const { source, line } = this
    let text = ''
    const begin = this.at++
    for (;;) {
      const char = source[this.at++]
      if (char === undefined || char === '\n') {
        throw syntaxError('unfinished string', line, char === undefined ? '<eof>' : source.slice(begin, this.at - 1))
      }
      if (char === quote) return { kind: 'string', text, line }
      if (char !== '\\') {
        text += char
        continue
      }
      const next = source.charAt(this.at)
      const digits = /^\d{1,3}/.exec(source.slice(this.at, this.at + 3))?.[0]
      if (digits !== undefined) {
        if (Number(digits) > 255) throw syntaxError('escape sequence too large', line, source.slice(begin, this.at))
        text += String.fromCharCode(Number(digits))
        this.at += digits.length
      } else {
        if (next === '\n') this.line++
        text += escapes[next] ?? next
        this.at++
      }
    }
  }

  /** `[[…]]` or `[==[…]==]`; a line break right at the beginning does not count. */
  private long(level: string): string {
    const { source, line } = this
    const begin = this.at + level.length + 2
    const end = source.indexOf(`]${level}]`, begin)
    if (end < 0) throw syntaxError('unfinished long string', line, '<eof>')
    const text = source.slice(begin, end).replace(/^\r?\n/, '')
    this.line += source.slice(begin, end).split('\n').length - 1
    this.at = end + level.length + 2
    return text
  }
}

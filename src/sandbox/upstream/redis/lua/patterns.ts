/** Lua's patterns: `%d+`, `[^,]*`, `%b()`, captures and positions. */
import { LuaError } from './value.ts'

export type Capture = { readonly start: number; length: number }
export type Match = { readonly start: number; readonly end: number; readonly captures: readonly (string | number)[] }

const open = -1
const position = -2
const mostCaptures = 32
const deepest = 200
/** Places tried that count as one step of the script. */
const triesAStep = 2

class Matcher {
  readonly captures: Capture[] = []
  private readonly text: string
  private readonly pattern: string
  private depth = 0

  private readonly pay: (steps: number) => void

  constructor(text: string, pattern: string, pay: (steps: number) => void) {
    this.text = text
    this.pattern = pattern
    this.pay = pay
  }

  /** End of the match of the pattern from `p` at place `s`; -1: none. */
  match(s: number, p: number): number {
    this.pay(1 / triesAStep)
    if (++this.depth > deepest) throw new LuaError('pattern too complex')
    const end = this.step(s, p)
    this.depth--
    return end
  }

  private step(start: number, from: number): number {
    const { pattern, text } = this
    let s = start
    let p = from
    for (;;) {
      if (p >= pattern.length) return s
      const char = pattern.charAt(p)
      if (char === '(') return pattern[p + 1] === ')' ? this.begin(s, p + 2, position) : this.begin(s, p + 1, open)
      if (char === ')') return this.finish(s, p + 1)
      if (char === '%' && pattern[p + 1] === 'b') {
        const after = this.balanced(s, p + 2)
        if (after < 0) return -1
        s = after
        p += 4
        continue
      }
      if (char === '%' && pattern[p + 1] === 'f') {
        const end = this.classEnd(p + 2)
        const before = s === 0 ? '\0' : text.charAt(s - 1)
        const here = s < text.length ? text.charAt(s) : '\0'
        if (this.inSet(before, p + 2, end - 1) || !this.inSet(here, p + 2, end - 1)) return -1
        p = end
        continue
      }
      if (char === '%' && /\d/.test(pattern[p + 1] ?? '')) {
        const captured = this.captured(Number(pattern[p + 1]) - 1)
        if (!text.startsWith(captured, s)) return -1
        s += captured.length
        p += 2
        continue
      }
      if (char === '$' && p + 1 === pattern.length) return s === text.length ? s : -1
      const end = this.classEnd(p)
      const single = (at: number): boolean => at < text.length && this.single(text.charAt(at), p, end)
      switch (pattern[end]) {
        case '?': {
          if (single(s)) {
            const found = this.match(s + 1, end + 1)
            if (found >= 0) return found
          }
          p = end + 1
          continue
        }
        case '*':
          return this.most(s, end, single, 0)
        case '+':
          return this.most(s, end, single, 1)
        case '-':
          for (let at = s; ; at++) {
            const found = this.match(at, end + 1)
            if (found >= 0) return found
            if (!single(at)) return -1
          }
        default:
          if (!single(s)) return -1
          s++
          p = end
      }
    }
  }

  private most(s: number, end: number, single: (at: number) => boolean, least: number): number {
    let count = 0
    while (single(s + count)) count++
    this.pay(count / triesAStep)
    for (; count >= least; count--) {
      const found = this.match(s + count, end + 1)
      if (found >= 0) return found
    }
    return -1
  }

  private begin(s: number, p: number, length: number): number {
    if (this.captures.length >= mostCaptures) throw new LuaError('too many captures')
    this.captures.push({ start: s, length })
    const found = this.match(s, p)
    if (found < 0) this.captures.pop()
    return found
  }

  private finish(s: number, p: number): number {
    const capture = this.captures.findLast(({ length }) => length === open)
    if (capture === undefined) throw new LuaError('invalid pattern capture')
    capture.length = s - capture.start
    const found = this.match(s, p)
    if (found < 0) capture.length = open
    return found
  }

  private balanced(s: number, p: number): number {
    const { pattern, text } = this
    if (p + 1 >= pattern.length) throw new LuaError('unbalanced pattern')
    if (text[s] !== pattern[p]) return -1
    let level = 1
    for (let at = s + 1; at < text.length; at++) {
      if (text[at] === pattern[p + 1]) {
        if (--level === 0) return at + 1
      } else if (text[at] === pattern[p]) level++
    }
    return -1
  }

  private captured(index: number): string {
    const capture = this.captures[index]
    if (capture === undefined || capture.length === open) throw new LuaError('invalid capture index')
    return this.text.slice(capture.start, capture.start + Math.max(0, capture.length))
  }

  private classEnd(p: number): number {
    const { pattern } = this
    const char = pattern.charAt(p)
    if (char === '%') {
      if (p + 1 >= pattern.length) throw new LuaError("malformed pattern (ends with '%')")
      return p + 2
    }
    if (char !== '[') return p + 1
    let at = p + 1
    if (pattern[at] === '^') at++
    do {
      if (at >= pattern.length) throw new LuaError("malformed pattern (missing ']')")
      if (pattern[at++] === '%') at++
    } while (pattern[at] !== ']')
    return at + 1
  }

  private single(char: string, p: number, end: number): boolean {
    switch (this.pattern[p]) {
      case '.':
        return true
      case '%':
        return inClass(char, this.pattern.charAt(p + 1))
      case '[':
        return this.inSet(char, p, end - 1)
      default:
        return this.pattern[p] === char
    }
  }

  private inSet(char: string, open_: number, close: number): boolean {
    const { pattern } = this
    let p = open_ + 1
    const negated = pattern[p] === '^'
    if (negated) p++
    for (; p < close; p++) {
      if (pattern[p] === '%') {
        p++
        if (inClass(char, pattern.charAt(p))) return !negated
      } else if (pattern[p + 1] === '-' && p + 2 < close) {
        if (char >= pattern.charAt(p) && char <= pattern.charAt(p + 2)) return !negated
        p += 2
      } else if (pattern[p] === char) return !negated
    }
    return negated
  }
}

const classes: Readonly<Record<string, RegExp>> = {
  a: /[A-Za-z]/,
  c: /[\0-\x1f\x7f]/,
  d: /\d/,
  l: /[a-z]/,
  p: /[!-/:-@[-`{-~]/,
  s: /[ \t-\r]/,
  u: /[A-Z]/,
  w: /[A-Za-z0-9]/,
  x: /[0-9A-Fa-f]/,
  z: /\0/,
}

function inClass(char: string, name: string): boolean {
  const found = classes[name.toLowerCase()]
  if (found === undefined) return name === char
  return found.test(char) === (name === name.toLowerCase())
}

/** The first match at or after `from`. Without captures the whole match is one. `pay` is told of the steps it takes. */
export function findPattern(
  text: string,
  pattern: string,
  from: number,
  pay: (steps: number) => void,
): Match | undefined {
  const anchored = pattern.startsWith('^')
  for (let start = from; start <= text.length; start++) {
    const matcher = new Matcher(text, pattern, pay)
    const end = matcher.match(start, anchored ? 1 : 0)
    if (end >= 0) {
      const captures = matcher.captures.map(({ start: begin, length }) => {
        if (length === open) throw new LuaError('unfinished capture')
        return length === position ? begin + 1 : text.slice(begin, begin + length)
      })
      return { start, end, captures }
    }
    if (anchored) return undefined
  }
  return undefined
}

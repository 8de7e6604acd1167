/** `string`: byte strings, places from 1, negative from the end. */
import type { Arguments, Library } from './arguments.ts'
import { bytesAStep } from './evaluator.ts'
import type { Interpreter } from './interpreter.ts'
import { findPattern, type Match } from './patterns.ts'
import { general, LuaError, LuaFunction, LuaTable, type LuaValue, numberText, toText, truthy, typeOf } from './value.ts'

const longestString = 64 * 1024 * 1024

/** From and to, both inside, clamped to the text. */
function span(length: number, start: number, end: number): readonly [number, number] {
  const from = start < 0 ? Math.max(length + start + 1, 1) : Math.max(start, 1)
  const to = end < 0 ? length + end + 1 : Math.min(end, length)
  return [from, to]
}

const paid = (interpreter: Interpreter) => (steps: number) => interpreter.pay(steps)

const capturesOf = (text: string, match: Match): readonly (string | number)[] =>
  match.captures.length > 0 ? match.captures : [text.slice(match.start, match.end)]

function find(interpreter: Interpreter, args: Arguments, whole: boolean): readonly LuaValue[] {
  const [text, pattern] = [args.text(0), args.text(1)]
  const given = args.whole(2, 1)
  const from = Math.max(given < 0 ? text.length + given : given - 1, 0)
  if (from > text.length) return [undefined]
  if (whole && (truthy(args.get(3)) || !/[\^$*+?.([%-]/.test(pattern))) {
    const at = text.indexOf(pattern, from)
    return at < 0 ? [undefined] : [at + 1, at + pattern.length]
  }
  const match = findPattern(text, pattern, from, paid(interpreter))
  if (match === undefined) return [undefined]
  return whole ? [match.start + 1, match.end, ...match.captures] : capturesOf(text, match)
}

function replaced(interpreter: Interpreter, args: Arguments): readonly LuaValue[] {
  const [text, pattern, by] = [args.text(0), args.text(1), args.get(2)]
  const most = args.whole(3, text.length + 1)
  if (toText(by) === undefined && !(by instanceof LuaTable) && !(by instanceof LuaFunction)) {
    throw args.bad(2, 'string/function/table expected')
  }
  const anchored = pattern.startsWith('^')
  let result = ''
  let count = 0
  let at = 0
  while (count < most) {
    const match = findPattern(text, anchored ? pattern : `^${pattern}`, at, paid(interpreter))
    if (match !== undefined && match.start === at) {
      count++
      result += replacement(interpreter, text, match, by)
    }
    if (match !== undefined && match.start === at && match.end > at) at = match.end
    else if (at < text.length) result += text.charAt(at++)
    else break
    if (anchored) break
  }
  return [result + text.slice(at), count]
}

function replacement(interpreter: Interpreter, text: string, match: Match, by: LuaValue): string {
  const whole = text.slice(match.start, match.end)
  const captures = capturesOf(text, match)
  let value: LuaValue
  if (by instanceof LuaTable) value = interpreter.index(by, captures[0])
  else if (by instanceof LuaFunction) value = interpreter.call(by, captures)[0]
  else
    value = (toText(by) ?? '').replace(/%([\s\S]?)/g, (_, digit: string) => {
      if (!/\d/.test(digit)) return digit
      if (digit === '0') return whole
      const capture = captures[Number(digit) - 1]
      if (capture === undefined) throw new LuaError('invalid capture index')
      return String(capture)
    })
  if (!truthy(value)) return whole
  const shown = toText(value)
  if (shown === undefined) throw new LuaError(`invalid replacement value (a ${typeOf(value)})`)
  return shown
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width)
  if (!flags.includes('0')) return text.padStart(width)
  const sign = /^[+\- ]/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

function signed(text: string, negative: boolean, flags: string): string {
  if (negative) return `-${text}`
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text
}

function formatted(args: Arguments): string {
  let next = 1
  return args
    .text(0)
    .replace(
      /%([-+ #0]*)(\d*)(?:\.(\d*))?([\s\S]?)/g,
      (whole, flags: string, width: string, precision: string | undefined, kind: string) => {
        if (kind === '%') return '%'
        if (kind === '') throw new LuaError("invalid option '%' to 'format'")
        const index = next++
        const pad = (text: string, zeros = true): string =>
          padded(text, zeros ? flags : flags.replace('0', ''), Number(width))
        const digits = precision === undefined ? undefined : Number(precision)
        switch (kind) {
          case 'd':
          case 'i': {
            const value = Math.trunc(args.number(index))
            const text = BigInt(Math.abs(value))
              .toString()
              .padStart(digits ?? 1, '0')
            return pad(signed(text, value < 0, flags), digits === undefined)
          }
          case 'u':
          case 'x':
          case 'X':
          case 'o': {
            const value = BigInt.asUintN(64, BigInt(Math.trunc(args.number(index))))
            const text = value.toString(kind === 'u' ? 10 : kind === 'o' ? 8 : 16).padStart(digits ?? 1, '0')
            return pad(kind === 'X' ? text.toUpperCase() : text)
          }
          case 'c':
            return pad(String.fromCharCode(args.whole(index) & 0xff), false)
          case 'e':
          case 'E':
          case 'f':
          case 'g':
          case 'G': {
            const value = args.number(index)
            const text = signed(
              floating(Math.abs(value), kind.toLowerCase(), digits ?? 6),
              value < 0 || Object.is(value, -0),
              flags,
            )
            return pad(kind === kind.toLowerCase() ? text : text.toUpperCase(), Number.isFinite(value))
          }
          case 'q':
            return `"${args
              .text(index)
              .replace(/["\\\n]/g, '\\$&')
              .replace(/\r/g, '\\r')
              .replace(/\0/g, '\\000')}"`
          case 's':
            return pad(args.text(index).slice(0, digits), false)
          default:
            throw new LuaError(`invalid option '${whole}' to 'format'`)
        }
      },
    )
}

function floating(value: number, kind: string, precision: number): string {
  if (!Number.isFinite(value)) return numberText(value)
  if (kind === 'f') return value.toFixed(Math.min(precision, 100))
  if (kind === 'g') return general(value, Math.max(1, precision))
  const [mantissa = '', exponent = '0'] = value.toExponential(Math.min(precision, 100)).split('e')
  const power = Number(exponent)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

export function stringLibrary(interpreter: Interpreter): Library {
  return {
    len: (args) => args.text(0).length,
    sub: (args) => {
      const text = args.text(0)
      const [from, to] = span(text.length, args.whole(1), args.whole(2, -1))
      return text.slice(from - 1, Math.max(to, from - 1))
    },
    upper: (args) => args.text(0).replace(/[a-z]/g, (char) => char.toUpperCase()),
    lower: (args) => args.text(0).replace(/[A-Z]/g, (char) => char.toLowerCase()),
    reverse: (args) => Array.from(args.text(0)).reverse().join(''),
    rep: (args) => {
      const [text, count] = [args.text(0), args.whole(1)]
      interpreter.pay((text.length * Math.max(0, count)) / bytesAStep)
      if (text.length * count > longestString) throw new LuaError('resulting string too large')
      return text.repeat(Math.max(0, count))
    },
    byte: (args) => {
      const text = args.text(0)
      const start = args.whole(1, 1)
      const [from, to] = span(text.length, start, args.whole(2, start))
      return Array.from(text.slice(from - 1, Math.max(to, from - 1)), (char) => char.charCodeAt(0))
    },
    char: (args) =>
      args.values
        .map((_, index) => {
          const code = args.whole(index)
          if (code < 0 || code > 255) throw args.bad(index, 'invalid value')
          return String.fromCharCode(code)
        })
        .join(''),
    find: (args) => find(interpreter, args, true),
    match: (args) => find(interpreter, args, false),
    gmatch: (args) => {
      const [text, pattern] = [args.text(0), args.text(1)]
      let at = 0
      return new LuaFunction('for iterator', () => {
        const match = at > text.length ? undefined : findPattern(text, pattern, at, paid(interpreter))
        if (match === undefined) return [undefined]
        at = match.end > match.start ? match.end : match.end + 1
        return capturesOf(text, match)
      })
    },
    gsub: (args) => replaced(interpreter, args),
    format: (args) => formatted(args),
  }
}

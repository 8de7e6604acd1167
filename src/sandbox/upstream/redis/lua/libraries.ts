/** What scripts find in Redis' Lua: the base functions, `table`, `math`, `os.clock`. Nothing that reaches outside. */
import { type Arguments, type Library, libraryFunction, libraryTable } from './arguments.ts'
import type { Interpreter } from './interpreter.ts'
import {
  LuaError,
  LuaFunction,
  LuaTable,
  type LuaValue,
  numberText,
  textNumber,
  toNumber,
  toText,
  truthy,
  typeOf,
} from './value.ts'

export function toStringOf(interpreter: Interpreter, value: LuaValue): string {
  if (value === undefined) return 'nil'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return value
  const handler = value instanceof LuaTable ? value.metatable?.get('__tostring') : undefined
  if (handler !== undefined) return toText(interpreter.call(handler, [value])[0]) ?? ''
  // An address on a real server, which is another one every time.
  return `${typeOf(value)}: 0x000000000000`
}

function toNumberOf(args: Arguments): LuaValue {
  const base = args.whole(1, 10)
  if (base === 10) return toNumber(args.any(0))
  const text = args
    .text(0)
    .trim()
    .toLowerCase()
    .replace(base === 16 ? /^0x/ : /^(?!)/, '')
  if (base < 2 || base > 36) throw args.bad(1, 'base out of range')
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base)
  return text !== '' && Array.from(text).every((digit) => digits.includes(digit))
    ? Number.parseInt(text, base)
    : undefined
}

/** `next` by place among the keys as they are now. */
function next(table: LuaTable, key: LuaValue): readonly LuaValue[] {
  const keys = table.keys()
  const at = key === undefined ? 0 : keys.indexOf(key) + 1
  const found = keys[at]
  return found === undefined ? [undefined] : [found, table.get(found)]
}

function pairs(table: LuaTable): readonly LuaValue[] {
  const keys = table.keys()
  let at = 0
  const step = new LuaFunction('next', () => {
    for (; at < keys.length; ) {
      const key = keys[at++]
      const value = table.get(key)
      if (value !== undefined) return [key, value]
    }
    return [undefined]
  })
  return [step, table, undefined]
}

/** Redis' own `pcall` gives the text of an error table. */
function redisErrorText(value: LuaValue): LuaValue {
  const text = value instanceof LuaTable ? value.get('err') : undefined
  return typeof text === 'string' ? text : value
}

function protectedCall(run: () => readonly LuaValue[], failed: (value: LuaValue) => readonly LuaValue[]) {
  try {
    return [true, ...run()]
  } catch (error) {
    if (error instanceof LuaError) return [false, ...failed(error.value)]
    throw error
  }
}

/** A library's complaint gets the place in the script where it was called. */
export function placed(interpreter: Interpreter, fn: LuaFunction): LuaFunction {
  return new LuaFunction(fn.name, (args) => {
    const { line } = interpreter
    try {
      return fn.call(args)
    } catch (error) {
      if (error instanceof LuaError && typeof error.value === 'string' && !error.value.startsWith('user_script:')) {
        throw interpreter.fault(error.value, line)
      }
      throw error
    }
  })
}

export function baseLibrary(interpreter: Interpreter): Library {
  const { globals } = interpreter
  return {
    type: (args) => typeOf(args.any(0)),
    tostring: (args) => toStringOf(interpreter, args.any(0)),
    tonumber: toNumberOf,
    ipairs: (args) => {
      const table = args.table(0)
      const step = new LuaFunction('ipairs', ([, place]) => {
        const following = (typeof place === 'number' ? place : 0) + 1
        const value = table.get(following)
        return value === undefined ? [undefined] : [following, value]
      })
      return [step, table, 0]
    },
    pairs: (args) => pairs(args.table(0)),
    next: (args) => next(args.table(0), args.get(1)),
    rawget: (args) => args.table(0).get(args.get(1)),
    rawset: (args) => {
      const table = args.table(0)
      if (table.readonly) throw new LuaError('Attempt to modify a readonly table')
      table.set(args.get(1), args.get(2))
      return table
    },
    rawequal: (args) => args.get(0) === args.get(1),
    select: (args) => {
      if (args.get(0) === '#') return args.values.length - 1
      const from = args.whole(0)
      if (from === 0 || from < -(args.values.length - 1)) throw args.bad(0, 'index out of range')
      return args.values.slice(from < 0 ? args.values.length + from : from)
    },
    unpack: (args) => {
      const table = args.table(0)
      const [from, to] = [args.whole(1, 1), args.whole(2, table.length)]
      if (to - from >= 8000) throw new LuaError('too many results to unpack')
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => table.get(from + index))
    },
    error: (args) => {
      const value = args.get(0)
      const level = args.whole(1, 1)
      const text = toText(value)
      if (text !== undefined && level > 0) throw interpreter.fault(text)
      throw new LuaError(value)
    },
    assert: (args) => {
      if (!truthy(args.any(0))) throw new LuaError(args.text(1, 'assertion failed!'))
      return args.values
    },
    pcall: (args) => {
      const callee = args.any(0)
      const run = (): readonly LuaValue[] => {
        // Called from here, `error` has no place in the script to name.
        if (callee instanceof LuaFunction && callee === globals.get('error')) throw new LuaError(args.get(1))
        return interpreter.call(callee, args.values.slice(1))
      }
      return protectedCall(run, (value) => [redisErrorText(value)])
    },
    xpcall: (args) => {
      const run = (): readonly LuaValue[] => interpreter.call(args.any(0), [])
      return protectedCall(run, (value) => interpreter.call(args.get(1), [value]))
    },
    getmetatable: (args) => {
      const value = args.any(0)
      return value instanceof LuaTable ? value.metatable : undefined
    },
    setmetatable: (args) => {
      const table = args.table(0)
      const meta = args.get(1)
      if (table.readonly || table === globals) throw new LuaError('Attempt to modify a readonly table')
      if (meta !== undefined && !(meta instanceof LuaTable)) throw args.bad(1, 'nil or table expected')
      table.metatable = meta
      return table
    },
    collectgarbage: () => 0,
  }
}

export function tableLibrary(interpreter: Interpreter): Library {
  return {
    getn: (args) => args.table(0).length,
    maxn: (args) =>
      args
        .table(0)
        .keys()
        .reduce<number>((most, key) => (typeof key === 'number' && key > most ? key : most), 0),
    insert: (args) => {
      const table = args.table(0)
      if (args.values.length === 2) table.set(table.length + 1, args.get(1))
      else if (args.values.length === 3) {
        const place = args.whole(1)
        for (let at = table.length; at >= place; at--) table.set(at + 1, table.get(at))
        table.set(place, args.get(2))
      } else throw new LuaError("wrong number of arguments to 'insert'")
      return []
    },
    remove: (args) => {
      const table = args.table(0)
      const size = table.length
      const place = args.whole(1, size)
      if (place < 1 || place > size) return []
      const value = table.get(place)
      for (let at = place; at < size; at++) table.set(at, table.get(at + 1))
      table.set(size, undefined)
      return [value]
    },
    concat: (args) => {
      const table = args.table(0)
      const separator = args.text(1, '')
      const [from, to] = [args.whole(2, 1), args.whole(3, table.length)]
      const parts: string[] = []
      for (let at = from; at <= to; at++) {
        const text = toText(table.get(at))
        if (text === undefined) {
          throw new LuaError(`invalid value (${typeOf(table.get(at))}) at index ${at} in table for 'concat'`)
        }
        parts.push(text)
      }
      return parts.join(separator)
    },
    sort: (args) => {
      const { elements } = args.table(0)
      const before = args.get(1)
      const less = (a: LuaValue, b: LuaValue): boolean => {
        if (before !== undefined) return truthy(interpreter.call(before, [a, b])[0])
        if (typeof a === 'number' && typeof b === 'number') return a < b
        if (typeof a === 'string' && typeof b === 'string') return a < b
        const [one, other] = [typeOf(a), typeOf(b)]
        throw new LuaError(
          one === other ? `attempt to compare two ${one} values` : `attempt to compare ${one} with ${other}`,
        )
      }
      elements.sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0))
      return []
    },
  }
}

/** The generator of C's `lrand48`, as Redis carries it along; a server keeps one for all its scripts. */
export class Rand48 {
  private state = 0x1234abcd330en
  seed(value: number): void {
    this.state = (BigInt.asUintN(32, BigInt(Math.trunc(value))) << 16n) + 0x330en
  }
  next(): number {
    this.state = BigInt.asUintN(48, this.state * 0x5deece66dn + 0xbn)
    return Number(this.state >> 17n)
  }
}

export function mathLibrary(random: Rand48): Library {
  const plain = Object.fromEntries(
    (['floor', 'ceil', 'abs', 'sqrt', 'sin', 'cos', 'tan', 'exp', 'log10', 'atan', 'asin', 'acos'] as const).map(
      (name) => [name, (args: Arguments) => Math[name](args.number(0))],
    ),
  )
  return {
    ...plain,
    log: (args) => Math.log(args.number(0)),
    pow: (args) => args.number(0) ** args.number(1),
    fmod: (args) => args.number(0) % args.number(1),
    mod: (args) => args.number(0) % args.number(1),
    modf: (args) => {
      const value = args.number(0)
      return [Math.trunc(value), value - Math.trunc(value)]
    },
    max: (args) => Math.max(args.number(0), ...args.values.map((_, index) => args.number(index))),
    min: (args) => Math.min(args.number(0), ...args.values.map((_, index) => args.number(index))),
    random: (args) => {
      const fraction = (random.next() % 0x7fffffff) / 0x7fffffff
      if (args.values.length === 0) return fraction
      const [low, high] = args.values.length === 1 ? [1, args.whole(0)] : [args.whole(0), args.whole(1)]
      if (low > high) throw args.bad(args.values.length === 1 ? 0 : 1, 'interval is empty')
      return Math.floor(fraction * (high - low + 1)) + low
    },
    randomseed: (args) => {
      random.seed(args.number(0))
      return []
    },
  }
}

/** Every global of a script but `redis`, `KEYS` and `ARGV`. */
export function install(interpreter: Interpreter, libraries: Readonly<Record<string, LuaTable>>): void {
  const { globals } = interpreter
  for (const [name, run] of Object.entries(baseLibrary(interpreter))) {
    const fn = libraryFunction(name, run)
    globals.set(name, name === 'pcall' || name === 'xpcall' || name === 'error' ? fn : placed(interpreter, fn))
  }
  for (const [name, table] of Object.entries(libraries)) globals.set(name, table)
  globals.set('_G', globals)
  globals.set('_VERSION', 'Lua 5.1')
}

export { libraryTable, textNumber }

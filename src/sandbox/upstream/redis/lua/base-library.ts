/** The base functions of Redis' Lua; nothing that reaches outside. */
import type { Arguments, Library } from './arguments.ts'
import type { Interpreter } from './interpreter.ts'
import {
  LuaError,
  LuaFunction,
  LuaTable,
  type LuaValue,
  numberText,
  toNumber,
  toText,
  truthy,
  typeOf,
} from './value.ts'

function toStringOf(interpreter: Interpreter, value: LuaValue): string {
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

/** `cjson`: JSON as lua-cjson reads and writes it. */
import type { Library } from './arguments.ts'
import { general, LuaError, LuaTable, type LuaValue, typeOf } from './value.ts'

/** JSON's null, which is no nil. */
export const jsonNull = new LuaTable()

const deepest = 1000

export function encodeJson(value: LuaValue, depth = 0): string {
  if (depth > deepest) throw new LuaError('Cannot serialise, excessive depth (1001)')
  if (value === undefined || value === jsonNull) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new LuaError('Cannot serialise number: must not be NaN or Inf')
    return general(value, 14)
  }
  if (typeof value === 'string') return quoted(value)
  if (!(value instanceof LuaTable)) throw new LuaError(`Cannot serialise ${typeOf(value)}: type not supported`)
  const keys = value.keys()
  if (keys.length > 0 && keys.every((key) => typeof key === 'number' && Number.isInteger(key) && key > 0)) {
    const size = Math.max(...keys.map(Number))
    if (size > 10 && size > keys.length * 2) throw new LuaError('Cannot serialise table: excessively sparse array')
    return `[${Array.from({ length: size }, (_, index) => encodeJson(value.get(index + 1), depth + 1)).join(',')}]`
  }
  const entries = keys.map((key) => {
    if (typeof key !== 'string' && typeof key !== 'number') {
      throw new LuaError(`Cannot serialise table: table key must be a number or string`)
    }
    const name = typeof key === 'number' ? `"${general(key, 14)}"` : quoted(key)
    return `${name}:${encodeJson(value.get(key), depth + 1)}`
  })
  return `{${entries.join(',')}}`
}

const named: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '/': '\\/', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\x7f': '\\u007f' } // biome-ignore format: one table
const quoted = (text: string): string =>
  `"${text.replace(/["\\/\0-\x1f\x7f]/g, (char) => named[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`

/** Texts are byte strings: what JSON says is UTF-8. */
export function decodeJson(text: string): LuaValue {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0))
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // lua-cjson names the place and token; only that it is none can be told here.
    throw new LuaError('Expected value but found invalid token at character 1')
  }
  return fromJson(parsed)
}

function fromJson(value: unknown): LuaValue {
  if (value === null) return jsonNull
  if (typeof value === 'string') return byteString(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return LuaTable.from(value.map(fromJson))
  const table = new LuaTable()
  for (const [key, item] of Object.entries(Object(value))) table.set(byteString(key), fromJson(item))
  return table
}

const byteString = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')

export const cjsonLibrary: Library = {
  encode: (args) => encodeJson(args.any(0)),
  decode: (args) => decodeJson(args.text(0)),
}

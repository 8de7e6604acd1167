/** Lua values. nil is `undefined`; strings are byte strings; every number is a double, as in Lua 5.1. */
export type LuaValue = undefined | boolean | number | string | LuaTable | LuaFunction

export class LuaFunction {
  readonly name: string
  readonly call: (args: readonly LuaValue[]) => readonly LuaValue[]
  constructor(name: string, call: (args: readonly LuaValue[]) => readonly LuaValue[]) {
    this.name = name
    this.call = call
  }
}

/** What `error` throws; carries any value. */
export class LuaError extends Error {
  readonly value: LuaValue
  constructor(value: LuaValue) {
    super(typeof value === 'string' ? value : 'a Lua error')
    this.value = value
  }
}

export class LuaTable {
  /** Elements 1 … n. */
  private readonly list: LuaValue[] = []
  private readonly hash = new Map<Exclude<LuaValue, undefined>, LuaValue>()
  metatable: LuaTable | undefined
  /** Redis' own tables and the globals cannot be changed by scripts. */
  readonly = false

  static from(values: readonly LuaValue[]): LuaTable {
    const table = new LuaTable()
    values.forEach((value, index) => {
      table.set(index + 1, value)
    })
    return table
  }

  get(key: LuaValue): LuaValue {
    if (typeof key === 'number' && key >= 1 && key <= this.list.length && Number.isInteger(key))
      return this.list[key - 1]
    return key === undefined ? undefined : this.hash.get(key)
  }

  set(key: LuaValue, value: LuaValue): void {
    const { list, hash } = this
    if (typeof key === 'number' && Number.isInteger(key) && key >= 1 && key <= list.length + 1) {
      if (key === list.length + 1) {
        if (value === undefined) hash.delete(key)
        else {
          hash.delete(key)
          list.push(value)
          for (let next = hash.get(list.length + 1); next !== undefined; next = hash.get(list.length + 1)) {
            hash.delete(list.length + 1)
            list.push(next)
          }
        }
      } else list[key - 1] = value
      while (list.length > 0 && list.at(-1) === undefined) list.pop()
    } else if (key !== undefined) {
      if (value === undefined) hash.delete(key)
      else hash.set(key, value)
    }
  }

  get length(): number {
    return this.list.length
  }

  keys(): readonly Exclude<LuaValue, undefined>[] {
    const places = this.list.flatMap((value, index) => (value === undefined ? [] : [index + 1]))
    return [...places, ...this.hash.keys()]
  }

  /** The list part itself, for sorting and moving elements. */
  get elements(): LuaValue[] {
    return this.list
  }
}

export function typeOf(value: LuaValue): string {
  if (value === undefined) return 'nil'
  if (value instanceof LuaTable) return 'table'
  if (value instanceof LuaFunction) return 'function'
  return typeof value
}

export const truthy = (value: LuaValue): boolean => value !== undefined && value !== false

/** `%.14g`, as Lua 5.1 prints numbers. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return Object.is(Math.sign(value), -0) ? '-nan' : 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return general(value, 14)
}

/** `%.<precision>g` */
export function general(value: number, precision: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [digits = '', exponentText = '0'] = value.toExponential(Math.max(0, precision - 1)).split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= precision) {
    const mantissa = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const plain = value.toFixed(Math.max(0, Math.min(100, precision - 1 - exponent)))
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
}

/** What `tonumber` and arithmetic make of a text; `undefined`: no number. */
export function textNumber(text: string): number | undefined {
  const trimmed = text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) return Number(trimmed)
  const hex = /^([+-]?)0[xX]([0-9a-fA-F]+)$/.exec(trimmed)
  return hex === null ? undefined : Number.parseInt(hex[2] ?? '', 16) * (hex[1] === '-' ? -1 : 1)
}

export const toNumber = (value: LuaValue): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'string' ? textNumber(value) : undefined

/** Strings and numbers as text; `undefined` for the rest. */
export const toText = (value: LuaValue): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? numberText(value) : undefined

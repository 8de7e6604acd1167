/** Arguments of library functions, with Lua's own complaints. */
import { LuaError, LuaFunction, LuaTable, type LuaValue, toNumber, toText, typeOf } from './value.ts'

/** A library function under its name; `fault` adds the place in the script. */
export type Library = Readonly<Record<string, (args: Arguments) => readonly LuaValue[] | LuaValue>>

export class Arguments {
  readonly values: readonly LuaValue[]
  private readonly name: string

  constructor(name: string, values: readonly LuaValue[]) {
    this.name = name
    this.values = values
  }

  get(index: number): LuaValue {
    return this.values[index]
  }

  bad(index: number, problem: string): LuaError {
    return new LuaError(`bad argument #${index + 1} to '${this.name}' (${problem})`)
  }

  private wrong(index: number, wanted: string): LuaError {
    const actual = index < this.values.length ? typeOf(this.values[index]) : 'no value'
    return this.bad(index, `${wanted} expected, got ${actual}`)
  }

  text(index: number, fallback?: string): string {
    const value = this.values[index]
    if (value === undefined && fallback !== undefined) return fallback
    const text = toText(value)
    if (text === undefined) throw this.wrong(index, 'string')
    return text
  }

  number(index: number, fallback?: number): number {
    const value = this.values[index]
    if (value === undefined && fallback !== undefined) return fallback
    const number = toNumber(value)
    if (number === undefined) throw this.wrong(index, 'number')
    return number
  }

  whole(index: number, fallback?: number): number {
    return Math.trunc(this.number(index, fallback))
  }

  table(index: number): LuaTable {
    const value = this.values[index]
    if (!(value instanceof LuaTable)) throw this.wrong(index, 'table')
    return value
  }

  any(index: number): LuaValue {
    if (index >= this.values.length) throw this.bad(index, 'value expected')
    return this.values[index]
  }
}

/** A library as a table that scripts cannot change. */
export function libraryTable(library: Library, more: Readonly<Record<string, LuaValue>> = {}): LuaTable {
  const table = new LuaTable()
  for (const [name, run] of Object.entries(library)) table.set(name, libraryFunction(name, run))
  for (const [name, value] of Object.entries(more)) table.set(name, value)
  table.readonly = true
  return table
}

export function libraryFunction(name: string, run: Library[string]): LuaFunction {
  return new LuaFunction(name, (values) => {
    const result = run(new Arguments(name, values))
    return Array.isArray(result) ? result : [result as LuaValue]
  })
}

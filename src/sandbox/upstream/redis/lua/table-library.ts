/** `table` */
import type { Library } from './arguments.ts'
import type { Interpreter } from './interpreter.ts'
import { LuaError, type LuaValue, toText, truthy, typeOf } from './value.ts'

/** Elements that are moved or walked over and count as one step. */
const elementsAStep = 16

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
        interpreter.pay(Math.max(0, table.length - place) / elementsAStep)
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
      interpreter.pay((size - place) / elementsAStep)
      const value = table.get(place)
      for (let at = place; at < size; at++) table.set(at, table.get(at + 1))
      table.set(size, undefined)
      return [value]
    },
    concat: (args) => {
      const table = args.table(0)
      const separator = args.text(1, '')
      const [from, to] = [args.whole(2, 1), args.whole(3, table.length)]
      interpreter.pay(Math.max(0, Math.min(to, table.length) - from) / elementsAStep)
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
      interpreter.pay(elements.length)
      const before = args.get(1)
      const less = (a: LuaValue, b: LuaValue): boolean => {
        interpreter.pay(2)
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

/** What Lua's operators do with two values, and the metamethods behind them. */
import type { Evaluator } from './evaluator.ts'
import { LuaTable, type LuaValue, truthy, typeOf } from './value.ts'

export const arithmeticEvents: Readonly<Record<string, string>> = { '+': '__add', '-': '__sub', '*': '__mul', '/': '__div', '%': '__mod', '^': '__pow' } // biome-ignore format: one table

export function equal(evaluator: Evaluator, left: LuaValue, right: LuaValue): boolean {
  if (left === right) return true
  if (!(left instanceof LuaTable) || !(right instanceof LuaTable)) return false
  const handler = left.metatable?.get('__eq')
  return (
    handler !== undefined &&
    handler === right.metatable?.get('__eq') &&
    truthy(evaluator.call(handler, [left, right])[0])
  )
}

export function less(evaluator: Evaluator, left: LuaValue, right: LuaValue, line: number): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right
  if (typeof left === 'string' && typeof right === 'string') return left < right
  return compareBy(evaluator, '__lt', left, right, line)
}

export function lessOrEqual(evaluator: Evaluator, left: LuaValue, right: LuaValue, line: number): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left <= right
  if (typeof left === 'string' && typeof right === 'string') return left <= right
  return compareBy(evaluator, '__le', left, right, line)
}

function compareBy(evaluator: Evaluator, event: string, left: LuaValue, right: LuaValue, line: number): boolean {
  const handler = left instanceof LuaTable ? left.metatable?.get(event) : undefined
  if (handler !== undefined) return truthy(evaluator.call(handler, [left, right], line)[0])
  const [a, b] = [typeOf(left), typeOf(right)]
  throw evaluator.fault(a === b ? `attempt to compare two ${a} values` : `attempt to compare ${a} with ${b}`, line)
}

export const named = (what: string, value: LuaValue): string =>
  what === '' ? `a ${typeOf(value)} value` : `${what} (a ${typeOf(value)} value)`

export function metamethod(event: string, left: LuaValue, right: LuaValue): LuaValue {
  const first = left instanceof LuaTable ? left.metatable?.get(event) : undefined
  return first ?? (right instanceof LuaTable ? right.metatable?.get(event) : undefined)
}

export function calculate(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a - Math.floor(a / b) * b
    default:
      return a ** b
  }
}

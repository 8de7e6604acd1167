/** The expressions of Lua; statements are in `interpreter.ts`. */
import type { Expression, FunctionBody } from './ast.ts'
import { arithmeticEvents, calculate, equal, less, lessOrEqual, metamethod, named } from './operators.ts'
import type { Scope } from './scope.ts'
import { LuaError, LuaFunction, LuaTable, type LuaValue, toNumber, toText, truthy } from './value.ts'

const longestString = 64 * 1024 * 1024
const deepest = 180
/** Bytes of a made or searched text that count as one step. */
export const bytesAStep = 64

export abstract class Evaluator {
  readonly globals: LuaTable
  /** Where the last error came from. */
  line = 1
  private depth = 0

  constructor(globals: LuaTable) {
    this.globals = globals
  }

  /** Takes steps from the script for work that one statement hides. */
  abstract pay(steps: number): void

  protected abstract closure(body: FunctionBody, scope: Scope): LuaFunction

  /** An error of the script at this line, as Lua words it. */
  fault(message: string, line = this.line): LuaError {
    return new LuaError(`user_script:${line}: ${message}`)
  }

  call(callee: LuaValue, args: readonly LuaValue[], line = this.line, what = ''): readonly LuaValue[] {
    if (callee instanceof LuaFunction) {
      if (++this.depth > deepest) {
        this.depth = 0
        throw this.fault('stack overflow', line)
      }
      const result = callee.call(args)
      this.depth--
      return result
    }
    const handler = callee instanceof LuaTable ? callee.metatable?.get('__call') : undefined
    if (handler !== undefined) return this.call(handler, [callee, ...args], line)
    throw this.fault(`attempt to call ${named(what, callee)}`, line)
  }

  index(object: LuaValue, key: LuaValue, line = this.line, what = ''): LuaValue {
    if (object instanceof LuaTable) {
      const found = object.get(key)
      if (found !== undefined) return found
      const handler = object.metatable?.get('__index')
      if (handler === undefined) return undefined
      return handler instanceof LuaFunction
        ? this.call(handler, [object, key], line)[0]
        : this.index(handler, key, line)
    }
    // Strings have the methods of the string library.
    if (typeof object === 'string') return this.index(this.globals.get('string'), key, line)
    throw this.fault(`attempt to index ${named(what, object)}`, line)
  }

  assign(object: LuaValue, key: LuaValue, value: LuaValue, line: number, what = ''): void {
    if (!(object instanceof LuaTable)) throw this.fault(`attempt to index ${named(what, object)}`, line)
    if (object.readonly) throw this.fault('Attempt to modify a readonly table', line)
    const handler = object.get(key) === undefined ? object.metatable?.get('__newindex') : undefined
    if (handler instanceof LuaFunction) this.call(handler, [object, key, value], line)
    else if (handler !== undefined) this.assign(handler, key, value, line)
    else if (key === undefined) throw this.fault('table index is nil', line)
    else if (typeof key === 'number' && Number.isNaN(key)) throw this.fault('table index is NaN', line)
    else object.set(key, value)
  }

  /** The last of a list gives all its values, the others one each. */
  protected values(list: readonly Expression[], scope: Scope): readonly LuaValue[] {
    return list.flatMap((expression, place) =>
      place === list.length - 1 ? this.many(expression, scope) : [this.one(expression, scope)],
    )
  }

  protected many(expression: Expression, scope: Scope): readonly LuaValue[] {
    switch (expression.kind) {
      case 'varargs':
        return scope.varargs
      case 'call': {
        const callee = this.one(expression.callee, scope)
        const args = this.values(expression.args, scope)
        this.line = expression.line
        return this.call(callee, args, expression.line, this.described(expression.callee, scope))
      }
      case 'method': {
        const object = this.one(expression.object, scope)
        const what = this.described(expression.object, scope)
        const callee = this.index(object, expression.name, expression.line, what)
        const args = this.values(expression.args, scope)
        this.line = expression.line
        return this.call(callee, [object, ...args], expression.line, `method '${expression.name}'`)
      }
      default:
        return [this.one(expression, scope)]
    }
  }

  protected one(expression: Expression, scope: Scope): LuaValue {
    switch (expression.kind) {
      case 'nil':
        return undefined
      case 'true':
        return true
      case 'false':
        return false
      case 'number':
      case 'string':
        return expression.value
      case 'varargs':
      case 'call':
      case 'method':
        return this.many(expression, scope)[0]
      case 'function':
        return this.closure(expression.body, scope)
      case 'name': {
        const cell = scope.find(expression.name)
        return cell === undefined ? this.index(this.globals, expression.name, expression.line) : cell.value
      }
      case 'index': {
        const object = this.one(expression.object, scope)
        const key = this.one(expression.key, scope)
        return this.index(object, key, expression.line, this.described(expression.object, scope))
      }
      case 'parenthesis':
        return this.one(expression.inner, scope)
      case 'unary':
        return this.unary(expression, scope)
      case 'binary':
        return this.binary(expression, scope)
      case 'table':
        return this.table(expression, scope)
    }
  }

  private table({ items }: Extract<Expression, { kind: 'table' }>, scope: Scope): LuaTable {
    const table = new LuaTable()
    let place = 1
    items.forEach(({ key, value }, at) => {
      if (key !== undefined) this.assign(table, this.one(key, scope), this.one(value, scope), value.line)
      else if (at === items.length - 1) for (const each of this.many(value, scope)) table.set(place++, each)
      else table.set(place++, this.one(value, scope))
    })
    return table
  }

  private unary({ operator, operand, line }: Extract<Expression, { kind: 'unary' }>, scope: Scope): LuaValue {
    const value = this.one(operand, scope)
    if (operator === 'not') return !truthy(value)
    if (operator === '#') {
      if (typeof value === 'string') return value.length
      if (value instanceof LuaTable) return value.length
      throw this.fault(`attempt to get length of ${named(this.described(operand, scope), value)}`, line)
    }
    const number = toNumber(value)
    if (number !== undefined) return -number
    const handler = value instanceof LuaTable ? value.metatable?.get('__unm') : undefined
    if (handler !== undefined) return this.call(handler, [value], line)[0]
    throw this.fault(`attempt to perform arithmetic on ${named(this.described(operand, scope), value)}`, line)
  }

  private binary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): LuaValue {
    const { operator, line } = expression
    const left = this.one(expression.left, scope)
    if (operator === 'and') return truthy(left) ? this.one(expression.right, scope) : left
    if (operator === 'or') return truthy(left) ? left : this.one(expression.right, scope)
    const right = this.one(expression.right, scope)
    switch (operator) {
      case '==':
        return equal(this, left, right)
      case '~=':
        return !equal(this, left, right)
      case '<':
        return less(this, left, right, line)
      case '>':
        return less(this, right, left, line)
      case '<=':
        return lessOrEqual(this, left, right, line)
      case '>=':
        return lessOrEqual(this, right, left, line)
      case '..':
        return this.concatenate(expression, left, right, scope)
      default:
        return this.arithmetic(expression, left, right, scope)
    }
  }

  private concatenate(
    { left: leftPart, right: rightPart, line }: Extract<Expression, { kind: 'binary' }>,
    left: LuaValue,
    right: LuaValue,
    scope: Scope,
  ): LuaValue {
    const [a, b] = [toText(left), toText(right)]
    if (a !== undefined && b !== undefined) {
      if (a.length + b.length > longestString) throw this.fault('not enough memory', line)
      this.pay(Math.min(a.length, b.length) / bytesAStep)
      return a + b
    }
    const handler = metamethod('__concat', left, right)
    if (handler !== undefined) return this.call(handler, [left, right], line)[0]
    const [part, value] = a === undefined ? [leftPart, left] : [rightPart, right]
    throw this.fault(`attempt to concatenate ${named(this.described(part, scope), value)}`, line)
  }

  private arithmetic(
    { operator, left: leftPart, right: rightPart, line }: Extract<Expression, { kind: 'binary' }>,
    left: LuaValue,
    right: LuaValue,
    scope: Scope,
  ): LuaValue {
    const [a, b] = [toNumber(left), toNumber(right)]
    if (a !== undefined && b !== undefined) return calculate(operator, a, b)
    const handler = metamethod(arithmeticEvents[operator] ?? '', left, right)
    if (handler !== undefined) return this.call(handler, [left, right], line)[0]
    const [part, value] = a === undefined ? [leftPart, left] : [rightPart, right]
    throw this.fault(`attempt to perform arithmetic on ${named(this.described(part, scope), value)}`, line)
  }

  /** `local 'x'`: what an operand is, for error texts; nothing when it has no name. */
  protected described(expression: Expression, scope: Scope): string {
    if (expression.kind === 'name') return `${scope.reach(expression.name)} '${expression.name}'`
    if (expression.kind === 'index') return `field '${expression.key.kind === 'string' ? expression.key.value : '?'}'`
    return ''
  }
}

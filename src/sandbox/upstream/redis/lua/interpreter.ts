/** Runs Lua 5.1. Deterministic and synchronous; a script that runs on and on is stopped. */
import type { Block, Expression, FunctionBody, Statement } from './ast.ts'
import { LuaError, LuaFunction, LuaTable, type LuaValue, toNumber, toText, truthy, typeOf } from './value.ts'

/** Steps of one script; a real server would be busy for minutes. */
const mostSteps = 5_000_000
const longestString = 64 * 1024 * 1024
const deepest = 180

class Scope {
  private readonly cells = new Map<string, { value: LuaValue }>()
  private readonly parent: Scope | undefined
  readonly varargs: readonly LuaValue[]

  /** Of functions around it. */
  private readonly level: number

  constructor(parent: Scope | undefined, varargs?: readonly LuaValue[]) {
    this.parent = parent
    this.varargs = varargs ?? parent?.varargs ?? []
    this.level = (parent?.level ?? 0) + (varargs === undefined ? 0 : 1)
  }

  declare(name: string, value: LuaValue): void {
    this.cells.set(name, { value })
  }

  /** Lua's word for a variable seen from here. */
  reach(name: string): 'local' | 'upvalue' | 'global' {
    let scope: Scope | undefined = this
    while (scope !== undefined) {
      if (scope.cells.has(name)) return scope.level === this.level ? 'local' : 'upvalue'
      scope = scope.parent
    }
    return 'global'
  }

  find(name: string): { value: LuaValue } | undefined {
    let scope: Scope | undefined = this
    while (scope !== undefined) {
      const cell = scope.cells.get(name)
      if (cell !== undefined) return cell
      scope = scope.parent
    }
    return undefined
  }
}

type Left = { readonly kind: 'return'; readonly values: readonly LuaValue[] } | { readonly kind: 'break' }

const arithmeticEvents: Readonly<Record<string, string>> = { '+': '__add', '-': '__sub', '*': '__mul', '/': '__div', '%': '__mod', '^': '__pow' } // biome-ignore format: one table

export class Interpreter {
  readonly globals: LuaTable
  /** Where the last error came from. */
  line = 1
  private steps = 0
  private depth = 0

  constructor(globals: LuaTable) {
    this.globals = globals
  }

  run(block: Block): readonly LuaValue[] {
    const left = this.block(block, new Scope(undefined))
    return left?.kind === 'return' ? left.values : []
  }

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

  private block(block: Block, scope: Scope): Left | undefined {
    for (const statement of block) {
      const left = this.statement(statement, scope)
      if (left !== undefined) return left
    }
    return undefined
  }

  private tick(line: number): void {
    this.line = line
    if (++this.steps > mostSteps) throw this.fault('Script killed by Proxyground: it did not come to an end', line)
  }

  private statement(statement: Statement, scope: Scope): Left | undefined {
    this.tick(statement.line)
    switch (statement.kind) {
      case 'local': {
        const values = this.values(statement.values, scope)
        statement.names.forEach((name, place) => {
          scope.declare(name, values[place])
        })
        return undefined
      }
      case 'assign':
        this.assignment(statement.targets, this.values(statement.values, scope), scope)
        return undefined
      case 'call':
        this.many(statement.call, scope)
        return undefined
      case 'do':
        return this.block(statement.block, new Scope(scope))
      case 'while':
        while (truthy(this.one(statement.condition, scope))) {
          this.tick(statement.line)
          const left = this.block(statement.block, new Scope(scope))
          if (left?.kind === 'break') break
          if (left !== undefined) return left
        }
        return undefined
      case 'repeat':
        for (;;) {
          this.tick(statement.line)
          const inner = new Scope(scope)
          const left = this.block(statement.block, inner)
          if (left?.kind === 'break') return undefined
          if (left !== undefined) return left
          if (truthy(this.one(statement.until, inner))) return undefined
        }
      case 'if': {
        const chosen = statement.branches.find(({ condition }) => truthy(this.one(condition, scope)))
        const block = chosen?.block ?? statement.otherwise
        return block === undefined ? undefined : this.block(block, new Scope(scope))
      }
      case 'count':
        return this.count(statement, scope)
      case 'each':
        return this.each(statement, scope)
      case 'local-function': {
        scope.declare(statement.body.name, undefined)
        const cell = scope.find(statement.body.name)
        if (cell !== undefined) cell.value = this.closure(statement.body, scope)
        return undefined
      }
      case 'return':
        return { kind: 'return', values: this.values(statement.values, scope) }
      case 'break':
        return { kind: 'break' }
    }
  }

  private count(statement: Extract<Statement, { kind: 'count' }>, scope: Scope): Left | undefined {
    const number = (expression: Expression | undefined, what: string): number => {
      const value = expression === undefined ? 1 : toNumber(this.one(expression, scope))
      if (value === undefined) throw this.fault(`'for' ${what} must be a number`, statement.line)
      return value
    }
    const from = number(statement.from, 'initial value')
    const to = number(statement.to, 'limit')
    const step = number(statement.step, 'step')
    for (let value = from; step > 0 ? value <= to : value >= to; value += step) {
      this.tick(statement.line)
      const inner = new Scope(scope)
      inner.declare(statement.name, value)
      const left = this.block(statement.block, inner)
      if (left?.kind === 'break') break
      if (left !== undefined) return left
    }
    return undefined
  }

  private each(statement: Extract<Statement, { kind: 'each' }>, scope: Scope): Left | undefined {
    const [next, state, start] = this.values(statement.values, scope)
    let control = start
    for (;;) {
      this.tick(statement.line)
      const values = this.call(next, [state, control], statement.line)
      control = values[0]
      if (control === undefined) return undefined
      const inner = new Scope(scope)
      statement.names.forEach((name, place) => {
        inner.declare(name, values[place])
      })
      const left = this.block(statement.block, inner)
      if (left?.kind === 'break') return undefined
      if (left !== undefined) return left
    }
  }

  private assignment(targets: readonly Expression[], values: readonly LuaValue[], scope: Scope): void {
    targets.forEach((target, place) => {
      const value = values[place]
      if (target.kind === 'name') {
        const cell = scope.find(target.name)
        if (cell !== undefined) cell.value = value
        else this.assign(this.globals, target.name, value, target.line)
      } else if (target.kind === 'index') {
        const object = this.one(target.object, scope)
        this.assign(object, this.one(target.key, scope), value, target.line, this.described(target.object, scope))
      }
    })
  }

  private closure(body: FunctionBody, scope: Scope): LuaFunction {
    return new LuaFunction(body.name, (args) => {
      const inner = new Scope(scope, body.varargs ? args.slice(body.parameters.length) : [])
      body.parameters.forEach((name, place) => {
        inner.declare(name, args[place])
      })
      const left = this.block(body.block, inner)
      return left?.kind === 'return' ? left.values : []
    })
  }

  /** The last of a list gives all its values, the others one each. */
  private values(list: readonly Expression[], scope: Scope): readonly LuaValue[] {
    return list.flatMap((expression, place) =>
      place === list.length - 1 ? this.many(expression, scope) : [this.one(expression, scope)],
    )
  }

  private many(expression: Expression, scope: Scope): readonly LuaValue[] {
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

  private one(expression: Expression, scope: Scope): LuaValue {
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
        return this.equal(left, right)
      case '~=':
        return !this.equal(left, right)
      case '<':
        return this.less(left, right, line)
      case '>':
        return this.less(right, left, line)
      case '<=':
        return this.lessOrEqual(left, right, line)
      case '>=':
        return this.lessOrEqual(right, left, line)
      case '..':
        return this.concatenate(expression, left, right, scope)
      default:
        return this.arithmetic(expression, left, right, scope)
    }
  }

  private equal(left: LuaValue, right: LuaValue): boolean {
    if (left === right) return true
    if (!(left instanceof LuaTable) || !(right instanceof LuaTable)) return false
    const handler = left.metatable?.get('__eq')
    return (
      handler !== undefined && handler === right.metatable?.get('__eq') && truthy(this.call(handler, [left, right])[0])
    )
  }

  private less(left: LuaValue, right: LuaValue, line: number): boolean {
    if (typeof left === 'number' && typeof right === 'number') return left < right
    if (typeof left === 'string' && typeof right === 'string') return left < right
    return this.compareBy('__lt', left, right, line)
  }

  private lessOrEqual(left: LuaValue, right: LuaValue, line: number): boolean {
    if (typeof left === 'number' && typeof right === 'number') return left <= right
    if (typeof left === 'string' && typeof right === 'string') return left <= right
    return this.compareBy('__le', left, right, line)
  }

  private compareBy(event: string, left: LuaValue, right: LuaValue, line: number): boolean {
    const handler = left instanceof LuaTable ? left.metatable?.get(event) : undefined
    if (handler !== undefined) return truthy(this.call(handler, [left, right], line)[0])
    const [a, b] = [typeOf(left), typeOf(right)]
    throw this.fault(a === b ? `attempt to compare two ${a} values` : `attempt to compare ${a} with ${b}`, line)
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
  private described(expression: Expression, scope: Scope): string {
    if (expression.kind === 'name') return `${scope.reach(expression.name)} '${expression.name}'`
    if (expression.kind === 'index') return `field '${expression.key.kind === 'string' ? expression.key.value : '?'}'`
    return ''
  }
}

const named = (what: string, value: LuaValue): string =>
  what === '' ? `a ${typeOf(value)} value` : `${what} (a ${typeOf(value)} value)`

function metamethod(event: string, left: LuaValue, right: LuaValue): LuaValue {
  const first = left instanceof LuaTable ? left.metatable?.get(event) : undefined
  return first ?? (right instanceof LuaTable ? right.metatable?.get(event) : undefined)
}

function calculate(operator: string, a: number, b: number): number {
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

/** Runs Lua 5.1. Deterministic and synchronous; a script that runs on and on is stopped. */
import type { Block, Expression, FunctionBody, Statement } from './ast.ts'
import { Evaluator } from './evaluator.ts'
import { Scope } from './scope.ts'
import { LuaError, LuaFunction, LuaTable, type LuaValue, toNumber, truthy } from './value.ts'

/** Steps of one script; a real server goes on until somebody sends SCRIPT KILL. */
const mostSteps = 5_000_000

/** What a script gets that is stopped, as after SCRIPT KILL (Redis 7.0). Caught by `pcall`, it comes again at the next step. */
export const killedText = 'ERR Script killed by user with SCRIPT KILL...'

type Left = { readonly kind: 'return'; readonly values: readonly LuaValue[] } | { readonly kind: 'break' }

export class Interpreter extends Evaluator {
  private steps = 0
  /** It took too many steps. */
  killed = false

  pay(steps: number): void {
    this.steps += steps
    if (this.steps <= mostSteps) return
    this.killed = true
    const table = new LuaTable()
    table.set('err', killedText)
    throw new LuaError(table)
  }

  run(block: Block): readonly LuaValue[] {
    const left = this.block(block, new Scope(undefined))
    return left?.kind === 'return' ? left.values : []
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
    this.pay(1)
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

  protected closure(body: FunctionBody, scope: Scope): LuaFunction {
    return new LuaFunction(body.name, (args) => {
      const inner = new Scope(scope, body.varargs ? args.slice(body.parameters.length) : [])
      body.parameters.forEach((name, place) => {
        inner.declare(name, args[place])
      })
      const left = this.block(body.block, inner)
      return left?.kind === 'return' ? left.values : []
    })
  }
}

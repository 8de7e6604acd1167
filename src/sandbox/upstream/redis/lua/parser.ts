import type { Block, Expression, FunctionBody, Statement } from './ast.ts'
import { ExpressionParser } from './expression-parser.ts'
import { syntaxError, tokens } from './lexer.ts'

/** A whole script; throws `LuaError` with the message of Lua's compiler. */
export function parse(source: string): Block {
  const parser = new Parser(tokens(source))
  const block = parser.block()
  parser.expectEnd()
  return block
}

const blockEnds = new Set(['end', 'else', 'elseif', 'until', '<eof>'])

class Parser extends ExpressionParser {
  /** Loops around the place, in this function. */
  private loops = 0

  expectEnd(): void {
    if (this.token.kind !== 'end') throw syntaxError("'<eof>' expected", this.token.line, this.token.text)
  }

  block(): Block {
    const statements: Statement[] = []
    while (!(this.token.kind === 'end' || (this.token.kind === 'keyword' && blockEnds.has(this.token.text)))) {
      const statement = this.statement()
      statements.push(statement)
      this.accept(';')
      if (statement.kind === 'return' || statement.kind === 'break') break
    }
    return statements
  }

  private statement(): Statement {
    const { line } = this.token
    if (this.accept('if')) return this.branches(line)
    if (this.accept('while')) {
      const condition = this.expression()
      this.expect('do')
      return { kind: 'while', line, condition, block: this.looped(() => this.body()) }
    }
    if (this.accept('do')) return { kind: 'do', line, block: this.body() }
    if (this.accept('for')) return this.loop(line)
    if (this.accept('repeat')) {
      const block = this.looped(() => this.nested(() => this.block()))
      this.expect('until')
      return { kind: 'repeat', line, block, until: this.expression() }
    }
    if (this.accept('function')) return this.namedFunction(line)
    if (this.accept('local')) return this.local(line)
    if (this.accept('return')) {
      const ends =
        this.is(';') || this.token.kind === 'end' || (this.token.kind === 'keyword' && blockEnds.has(this.token.text))
      return { kind: 'return', line, values: ends ? [] : this.expressions() }
    }
    if (this.accept('break')) {
      if (this.loops === 0) throw syntaxError('no loop to break', this.token.line, this.token.text)
      return { kind: 'break', line }
    }
    return this.callOrAssignment(line)
  }

  /** Up to and with `end`. */
  private body(): Block {
    const block = this.nested(() => this.block())
    this.expect('end')
    return block
  }

  private looped(read: () => Block): Block {
    this.loops++
    const block = read()
    this.loops--
    return block
  }

  private branches(line: number): Statement {
    const branches: { condition: Expression; block: Block }[] = []
    let otherwise: Block | undefined
    do {
      const condition = this.expression()
      this.expect('then')
      branches.push({ condition, block: this.nested(() => this.block()) })
    } while (this.accept('elseif'))
    if (this.accept('else')) otherwise = this.nested(() => this.block())
    this.expect('end')
    return { kind: 'if', line, branches, otherwise }
  }

  private loop(line: number): Statement {
    const first = this.name()
    if (this.accept('=')) {
      const from = this.expression()
      this.expect(',')
      const to = this.expression()
      const step = this.accept(',') ? this.expression() : undefined
      this.expect('do')
      return { kind: 'count', line, name: first, from, to, step, block: this.looped(() => this.body()) }
    }
    const names = [first]
    while (this.accept(',')) names.push(this.name())
    this.expect('in')
    const values = this.expressions()
    this.expect('do')
    return { kind: 'each', line, names, values, block: this.looped(() => this.body()) }
  }

  private namedFunction(line: number): Statement {
    let full = this.name()
    let target: Expression = { kind: 'name', name: full, line }
    let method = false
    while (this.is('.') || this.is(':')) {
      method = this.is(':')
      this.at++
      const key = this.name()
      full += `.${key}`
      target = { kind: 'index', line, object: target, key: { kind: 'string', value: key, line } }
      if (method) break
    }
    const body = this.functionBody(full, method)
    return { kind: 'assign', line, targets: [target], values: [{ kind: 'function', body, line }] }
  }

  private local(line: number): Statement {
    if (this.accept('function')) {
      const name = this.name()
      return { kind: 'local-function', line, body: this.functionBody(name, false) }
    }
    const names = [this.name()]
    while (this.accept(',')) names.push(this.name())
    return { kind: 'local', line, names, values: this.accept('=') ? this.expressions() : [] }
  }

  protected functionBody(name: string, method: boolean): FunctionBody {
    const parameters = method ? ['self'] : []
    let varargs = false
    this.expect('(')
    if (!this.is(')')) {
      do {
        if (this.accept('...')) {
          varargs = true
          break
        }
        parameters.push(this.name())
      } while (this.accept(','))
    }
    this.expect(')')
    const outer = this.loops
    this.loops = 0
    const block = this.body()
    this.loops = outer
    return { name, parameters, varargs, block }
  }

  private callOrAssignment(line: number): Statement {
    const first = this.suffixed()
    if (!this.is('=') && !this.is(',')) {
      if (first.kind !== 'call' && first.kind !== 'method')
        throw syntaxError("'=' expected", this.token.line, this.token.text)
      return { kind: 'call', line, call: first }
    }
    const targets = [first]
    while (this.accept(',')) targets.push(this.suffixed())
    for (const { kind } of targets) {
      if (kind !== 'name' && kind !== 'index') throw syntaxError('syntax error', this.token.line, this.token.text)
    }
    this.expect('=')
    return { kind: 'assign', line, targets, values: this.expressions() }
  }
}

import type { Block, Expression, FunctionBody, Statement, TableItem } from './ast.ts'
import { syntaxError, type Token, tokens } from './lexer.ts'

/** A whole script; throws `LuaError` with the message of Lua's compiler. */
export function parse(source: string): Block {
  const parser = new Parser(tokens(source))
  const block = parser.block()
  parser.expectEnd()
  return block
}

/** Left and right priority; `..` and `^` bind to the right. */
const priorities: Readonly<Record<string, readonly [left: number, right: number]>> = {
  or: [1, 1],
  and: [2, 2],
  '<': [3, 3],
  '>': [3, 3],
  '<=': [3, 3],
  '>=': [3, 3],
  '~=': [3, 3],
  '==': [3, 3],
  '..': [5, 4],
  '+': [6, 6],
  '-': [6, 6],
  '*': [7, 7],
  '/': [7, 7],
  '%': [7, 7],
  '^': [10, 9],
}
const unaryPriority = 8
const blockEnds = new Set(['end', 'else', 'elseif', 'until', '<eof>'])
const deepest = 190

class Parser {
  private readonly tokens: readonly Token[]
  private at = 0
  private depth = 0
  /** Loops around the place, in this function. */
  private loops = 0

  constructor(list: readonly Token[]) {
    this.tokens = list
  }

  private get token(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '<eof>', line: 1 }
  }

  private is(text: string): boolean {
    const { kind } = this.token
    return (kind === 'keyword' || kind === 'symbol') && this.token.text === text
  }

  private accept(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw syntaxError(`'${text}' expected`, this.token.line, this.token.text)
  }

  private name(): string {
    const { kind, text, line } = this.token
    if (kind !== 'name') throw syntaxError("'<name>' expected", line, text)
    this.at++
    return text
  }

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

  private nested<T>(read: () => T): T {
    if (++this.depth > deepest) throw syntaxError('chunk has too many syntax levels', this.token.line, this.token.text)
    const result = read()
    this.depth--
    return result
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

  private functionBody(name: string, method: boolean): FunctionBody {
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

  private expressions(): Expression[] {
    const list = [this.expression()]
    while (this.accept(',')) list.push(this.expression())
    return list
  }

  private expression(limit = 0): Expression {
    return this.nested(() => this.operators(limit))
  }

  private operators(limit: number): Expression {
    const { line } = this.token
    const sign = ['not', '-', '#'].find((operator) => this.is(operator))
    let left: Expression
    if (sign === undefined) left = this.simple()
    else {
      this.at++
      left = { kind: 'unary', line, operator: sign, operand: this.expression(unaryPriority) }
    }
    for (;;) {
      const { kind, text: operator, line: here } = this.token
      const priority = kind === 'symbol' || kind === 'keyword' ? priorities[operator] : undefined
      if (priority === undefined || priority[0] <= limit) return left
      this.at++
      left = { kind: 'binary', line: here, operator, left, right: this.expression(priority[1]) }
    }
  }

  private simple(): Expression {
    const { kind, text, value, line } = this.token
    if (kind === 'number') {
      this.at++
      return { kind: 'number', value: value ?? 0, line }
    }
    if (kind === 'string') {
      this.at++
      return { kind: 'string', value: text, line }
    }
    if (this.accept('nil')) return { kind: 'nil', line }
    if (this.accept('true')) return { kind: 'true', line }
    if (this.accept('false')) return { kind: 'false', line }
    if (this.accept('...')) return { kind: 'varargs', line }
    if (this.accept('function')) return { kind: 'function', body: this.functionBody('anonymous', false), line }
    return this.is('{') ? this.table() : this.suffixed()
  }

  private suffixed(): Expression {
    let found = this.primary()
    for (;;) {
      const { line, kind, text } = this.token
      if (this.accept('.'))
        found = { kind: 'index', line, object: found, key: { kind: 'string', value: this.name(), line } }
      else if (this.accept('[')) {
        found = { kind: 'index', line, object: found, key: this.expression() }
        this.expect(']')
      } else if (this.accept(':')) found = { kind: 'method', line, object: found, name: this.name(), args: this.args() }
      else if (kind === 'string' || text === '(' || text === '{') {
        if (kind !== 'string' && kind !== 'symbol') return found
        found = { kind: 'call', line, callee: found, args: this.args() }
      } else return found
    }
  }

  private primary(): Expression {
    const { kind, text, line } = this.token
    if (kind === 'name') {
      this.at++
      return { kind: 'name', name: text, line }
    }
    if (this.accept('(')) {
      const inner = this.expression()
      this.expect(')')
      return { kind: 'parenthesis', inner, line }
    }
    throw syntaxError('unexpected symbol', line, text)
  }

  private args(): readonly Expression[] {
    const { kind, text, line } = this.token
    if (kind === 'string') {
      this.at++
      return [{ kind: 'string', value: text, line }]
    }
    if (this.is('{')) return [this.table()]
    this.expect('(')
    if (this.accept(')')) return []
    const list = this.expressions()
    this.expect(')')
    return list
  }

  private table(): Expression {
    const { line } = this.token
    const items: TableItem[] = []
    this.expect('{')
    while (!this.is('}')) {
      const named =
        this.token.kind === 'name' &&
        this.tokens[this.at + 1]?.text === '=' &&
        this.tokens[this.at + 1]?.kind === 'symbol'
      if (named) {
        const key: Expression = { kind: 'string', value: this.name(), line }
        this.expect('=')
        items.push({ key, value: this.expression() })
      } else if (this.accept('[')) {
        const key = this.expression()
        this.expect(']')
        this.expect('=')
        items.push({ key, value: this.expression() })
      } else items.push({ key: undefined, value: this.expression() })
      if (!this.accept(',') && !this.accept(';')) break
    }
    this.expect('}')
    return { kind: 'table', items, line }
  }
}

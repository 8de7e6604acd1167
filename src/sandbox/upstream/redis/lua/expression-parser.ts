/** The expressions of Lua; statements are in `parser.ts`. */
import type { Expression, FunctionBody, TableItem } from './ast.ts'
import { syntaxError, type Token } from './lexer.ts'

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
const deepest = 190

export abstract class ExpressionParser {
  protected readonly tokens: readonly Token[]
  protected at = 0
  protected depth = 0

  constructor(list: readonly Token[]) {
    this.tokens = list
  }

  protected abstract functionBody(name: string, method: boolean): FunctionBody

  protected get token(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '<eof>', line: 1 }
  }

  protected is(text: string): boolean {
    const { kind } = this.token
    return (kind === 'keyword' || kind === 'symbol') && this.token.text === text
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  protected expect(text: string): void {
    if (!this.accept(text)) throw syntaxError(`'${text}' expected`, this.token.line, this.token.text)
  }

  protected name(): string {
    const { kind, text, line } = this.token
    if (kind !== 'name') throw syntaxError("'<name>' expected", line, text)
    this.at++
    return text
  }

  protected nested<T>(read: () => T): T {
    if (++this.depth > deepest) throw syntaxError('chunk has too many syntax levels', this.token.line, this.token.text)
    const result = read()
    this.depth--
    return result
  }

  protected expressions(): Expression[] {
    const list = [this.expression()]
    while (this.accept(',')) list.push(this.expression())
    return list
  }

  protected expression(limit = 0): Expression {
    return this.nested(() => this.operators(limit))
  }

  protected operators(limit: number): Expression {
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

  protected simple(): Expression {
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

  protected suffixed(): Expression {
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

  protected primary(): Expression {
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

  protected args(): readonly Expression[] {
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

  protected table(): Expression {
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

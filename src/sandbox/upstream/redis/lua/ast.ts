/** The syntax of Lua 5.1. */
export type Expression = { readonly line: number } & (
  | { readonly kind: 'nil' | 'true' | 'false' | 'varargs' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'function'; readonly body: FunctionBody }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly object: Expression; readonly key: Expression }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Expression[] }
  | {
      readonly kind: 'method'
      readonly object: Expression
      readonly name: string
      readonly args: readonly Expression[]
    }
  | { readonly kind: 'parenthesis'; readonly inner: Expression }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'table'; readonly items: readonly TableItem[] }
)

/** Without key: the next place of the list. */
export type TableItem = { readonly key: Expression | undefined; readonly value: Expression }

export type FunctionBody = {
  readonly name: string
  readonly parameters: readonly string[]
  readonly varargs: boolean
  readonly block: Block
}

export type Block = readonly Statement[]

export type Statement = { readonly line: number } & (
  | { readonly kind: 'local'; readonly names: readonly string[]; readonly values: readonly Expression[] }
  | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly values: readonly Expression[] }
  | { readonly kind: 'call'; readonly call: Expression }
  | { readonly kind: 'do'; readonly block: Block }
  | { readonly kind: 'while'; readonly condition: Expression; readonly block: Block }
  | { readonly kind: 'repeat'; readonly block: Block; readonly until: Expression }
  | {
      readonly kind: 'if'
      readonly branches: readonly { readonly condition: Expression; readonly block: Block }[]
      readonly otherwise: Block | undefined
    }
  | {
      readonly kind: 'count'
      readonly name: string
      readonly from: Expression
      readonly to: Expression
      readonly step: Expression | undefined
      readonly block: Block
    }
  | {
      readonly kind: 'each'
      readonly names: readonly string[]
      readonly values: readonly Expression[]
      readonly block: Block
    }
  | { readonly kind: 'local-function'; readonly body: FunctionBody }
  | { readonly kind: 'return'; readonly values: readonly Expression[] }
  | { readonly kind: 'break' }
)

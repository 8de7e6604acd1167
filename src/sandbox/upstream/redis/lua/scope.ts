import type { LuaValue } from './value.ts'

/** Variables of a block, and of the blocks around it. */
export class Scope {
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

/** What the section parser says about a module. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref' | 'ref'
export type FunctionType = { readonly params: readonly ValueType[]; readonly results: readonly ValueType[] }

export type ImportKind = 'function' | 'table' | 'memory' | 'global' | 'tag'

export type WasmImport = {
  readonly module: string
  readonly name: string
  readonly kind: ImportKind
  /** Of a function import. */
  readonly type?: FunctionType
}

export type WasmExport = {
  readonly name: string
  readonly kind: ImportKind
  readonly index: number
  /** Of an exported function. */
  readonly type?: FunctionType
}

export type WasmSection = { readonly id: number; readonly name: string; readonly start: number; readonly end: number }

export type MemoryType = {
  readonly min: number
  readonly max?: number
  readonly shared: boolean
  readonly is64: boolean
}

export type ModuleInfo = {
  readonly imports: readonly WasmImport[]
  readonly exports: readonly WasmExport[]
  /** The module's own memory (not an imported one). */
  readonly memory?: MemoryType
  readonly memoryCount: number
  readonly hasStart: boolean
  /** In file order; `name` is set for custom sections; `start` is the first byte of the content. */
  readonly sections: readonly WasmSection[]
}

/** As the C++ host prints types in its link errors: `i32 i32 -> i32`, `void -> void`. */
export function typeText(type: FunctionType): string {
  return `${type.params.join(' ') || 'void'} -> ${type.results.join(' ') || 'void'}`
}

export function sameType(a: FunctionType, b: FunctionType): boolean {
  return typeText(a) === typeText(b)
}

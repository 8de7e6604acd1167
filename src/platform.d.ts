/**
 * What the emulator may take from its surroundings: the little that browsers, workers and Node share. The `lib` files
 * that declare it also bring the DOM, so it is written down here; a stray `document` or `process` does not compile.
 */

declare namespace WebAssembly {
  type ExportValue = Function | Global | Memory | Table
  type ImportValue = ExportValue | number | bigint
  type Exports = Record<string, ExportValue>
  type ModuleImports = Record<string, ImportValue>
  type Imports = Record<string, ModuleImports>
  type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'externref' | 'anyfunc'
  type ImportExportKind = 'function' | 'global' | 'memory' | 'table' | 'tag'

  class Module {
    constructor(bytes: ArrayBufferView<ArrayBuffer> | ArrayBuffer)
    static customSections(module: Module, name: string): ArrayBuffer[]
    static exports(module: Module): { name: string; kind: ImportExportKind }[]
    static imports(module: Module): { module: string; name: string; kind: ImportExportKind }[]
  }
  class Instance {
    constructor(module: Module, imports?: Imports)
    readonly exports: Exports
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean })
    readonly buffer: ArrayBuffer
    grow(delta: number): number
  }
  class Table {
    constructor(descriptor: { element: 'anyfunc' | 'externref'; initial: number; maximum?: number }, value?: unknown)
    readonly length: number
    get(index: number): unknown
    grow(delta: number, value?: unknown): number
    set(index: number, value?: unknown): void
  }
  class Global {
    constructor(descriptor: { value: ValueType; mutable?: boolean }, value?: unknown)
    value: unknown
    valueOf(): unknown
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
  /** What a guest throws by itself; missing in older engines. */
  class Exception extends Error {}
  function validate(bytes: ArrayBufferView<ArrayBuffer> | ArrayBuffer): boolean
  function compile(bytes: ArrayBufferView<ArrayBuffer> | ArrayBuffer): Promise<Module>
}

declare class TextEncoder {
  readonly encoding: 'utf-8'
  encode(text?: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, target: Uint8Array): { read: number; written: number }
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  readonly encoding: string
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string
}

declare class URL {
  constructor(url: string, base?: string)
  static canParse(url: string, base?: string): boolean
  readonly href: string
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
}

declare function atob(base64: string): string
declare function btoa(latin1: string): string
declare function structuredClone<T>(value: T, options?: { transfer?: ArrayBuffer[] }): T

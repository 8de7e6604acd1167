import { err, ok, type Result } from '../../model/result.ts'
import { ByteReader } from './reader.ts'
import type {
  FunctionType,
  ImportKind,
  MemoryType,
  ModuleInfo,
  ValueType,
  WasmExport,
  WasmImport,
  WasmSection,
} from './wasm-types.ts'

/** `not-wasm`: wrong magic or version. `truncated`: a section or count reaches past the end, or makes no sense. */
export type ParseProblem = { readonly code: 'not-wasm' | 'truncated'; readonly offset: number; readonly detail: string }

const kinds: readonly ImportKind[] = ['function', 'table', 'memory', 'global', 'tag']
const valueTypes = new Map<number, ValueType>([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
  [0x7b, 'v128'],
  [0x70, 'funcref'],
  [0x6f, 'externref'],
])

/**
 * Reads types, imports, functions, memories, exports and the list of sections. JavaScript does not show import types
 * and memory limits, and real gateways' error texts need them (design 4.6 "Modules"). Code is left to the engine.
 */
export function parseModule(bytes: Uint8Array): Result<ModuleInfo, ParseProblem> {
  const magic = bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d
  const version = bytes[4] === 1 && bytes[5] === 0 && bytes[6] === 0 && bytes[7] === 0
  if (!magic || !version) {
    return err({ code: 'not-wasm', offset: magic ? 4 : 0, detail: magic ? 'version' : 'magic' })
  }
  const reader = new ByteReader(bytes, 8)
  const parsed = new Sections()
  while (!reader.done) {
    const id = reader.u8()
    const size = reader.u32()
    const start = reader.at
    const content = reader.slice(size)
    if (reader.failed) return err({ code: 'truncated', offset: start, detail: sectionName(id) })
    const name = id === 0 ? content.name() : ''
    parsed.sections.push({ id, name, start, end: start + size })
    parsed.read(id, content)
    if (content.failed) return err({ code: 'truncated', offset: content.at, detail: sectionName(id) })
  }
  return reader.failed ? err({ code: 'truncated', offset: reader.at, detail: 'section' }) : ok(parsed.info())
}

const sectionNames = [
  'custom',
  'type',
  'import',
  'function',
  'table',
  'memory',
  'global',
  'export',
  'start',
  'element',
  'code',
  'data',
  'data count',
  'tag',
]

export function sectionName(id: number): string {
  return sectionNames[id] ?? `section ${id}`
}

class Sections {
  readonly sections: WasmSection[] = []
  readonly types: FunctionType[] = []
  readonly imports: WasmImport[] = []
  /** Type index of each function, imported ones first. */
  readonly functions: number[] = []
  readonly memories: MemoryType[] = []
  readonly exports: WasmExport[] = []
  hasStart = false

  read(id: number, content: ByteReader): void {
    if (id === 1) this.#types(content)
    else if (id === 2) repeat(content, () => this.imports.push(this.#import(content)))
    else if (id === 3) repeat(content, () => this.functions.push(content.u32()))
    else if (id === 5) repeat(content, () => this.memories.push(memoryType(content)))
    else if (id === 7) repeat(content, () => this.exports.push(this.#export(content)))
    else if (id === 8) this.hasStart = true
  }

  info(): ModuleInfo {
    const memory = this.memories[0]
    const memoryCount = this.memories.length + this.imports.filter((each) => each.kind === 'memory').length
    return {
      imports: this.imports,
      exports: this.exports.map((each) => this.#withType(each)),
      ...(memory === undefined ? {} : { memory }),
      memoryCount,
      hasStart: this.hasStart,
      sections: this.sections,
    }
  }

  #types(content: ByteReader): void {
    const count = content.u32()
    for (let index = 0; index < count && !content.failed; index++) {
      // Garbage-collection types: no plugin host accepts them. What follows cannot be told apart, the engine decides.
      if (content.u8() !== 0x60) return
      const params = valueTypeList(content)
      this.types.push({ params, results: valueTypeList(content) })
    }
  }

  #import(content: ByteReader): WasmImport {
    const module = content.name()
    const name = content.name()
    const kind = kinds[content.u8()]
    if (kind === undefined) {
      content.failed = true
      return { module, name, kind: 'function' }
    }
    switch (kind) {
      case 'function': {
        const index = content.u32()
        this.functions.push(index)
        const type = this.types[index]
        return type === undefined ? { module, name, kind } : { module, name, kind, type }
      }
      case 'table':
        valueType(content)
        limits(content)
        return { module, name, kind }
      case 'memory':
        memoryType(content)
        return { module, name, kind }
      case 'global':
        valueType(content)
        content.u8()
        return { module, name, kind }
      case 'tag':
        content.u8()
        content.u32()
        return { module, name, kind }
    }
  }

  #export(content: ByteReader): WasmExport {
    const name = content.name()
    const kind = kinds[content.u8()]
    if (kind === undefined) content.failed = true
    return { name, kind: kind ?? 'function', index: content.u32() }
  }

  #withType(each: WasmExport): WasmExport {
    const type = each.kind === 'function' ? this.types[this.functions[each.index] ?? -1] : undefined
    return type === undefined ? each : { ...each, type }
  }
}

/** A vector: ends at the first read past the section, so that a huge count costs nothing. */
function repeat(content: ByteReader, readOne: () => void): void {
  const count = content.u32()
  for (let index = 0; index < count && !content.failed; index++) readOne()
}

function valueTypeList(content: ByteReader): ValueType[] {
  const types: ValueType[] = []
  const count = content.u32()
  for (let index = 0; index < count && !content.failed; index++) types.push(valueType(content))
  return types
}

function valueType(content: ByteReader): ValueType {
  const byte = content.u8()
  const known = valueTypes.get(byte)
  if (known !== undefined) return known
  // (ref null ht) and (ref ht) carry a heap type; the short forms of newer reference types do not.
  if (byte === 0x63 || byte === 0x64) content.u64()
  else if (byte < 0x60) content.failed = true
  return 'ref'
}

function limits(content: ByteReader): { min: number; max?: number; flags: number } {
  const flags = content.u8()
  if (flags > 7) content.failed = true
  const is64 = (flags & 4) !== 0
  const min = is64 ? content.u64() : content.u32()
  if ((flags & 1) === 0) return { min, flags }
  return { min, max: is64 ? content.u64() : content.u32(), flags }
}

function memoryType(content: ByteReader): MemoryType {
  const { flags, ...range } = limits(content)
  return { ...range, shared: (flags & 2) !== 0, is64: (flags & 4) !== 0 }
}

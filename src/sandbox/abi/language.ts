import { ByteReader } from './reader.ts'
import type { ModuleInfo } from './wasm-types.ts'

/** Which toolchain made a module, as far as its sections tell (toolchains.md, proxy-wasm-host.md 10). */
export type Language = 'go' | 'tinygo' | 'rust' | 'assemblyscript' | 'c++' | 'wasm'

export function detectLanguage(bytes: Uint8Array, info: ModuleInfo): Language {
  const made = producers(bytes, info).toLowerCase()
  const custom = (name: string) => info.sections.some((each) => each.id === 0 && each.name === name)
  if (made.includes('tinygo')) return 'tinygo'
  if (custom('go:buildid') || custom('go.buildid') || made.includes('go cmd/compile')) return 'go'
  if (made.includes('rustc')) return 'rust'
  const exported = new Set(info.exports.map((each) => each.name))
  if (exported.has('asyncify_start_unwind') || (exported.has('calloc') && exported.has('proxy_on_memory_allocate'))) {
    return 'tinygo'
  }
  if (info.imports.some((each) => each.module === 'env' && each.name === 'emscripten_notify_memory_growth'))
    return 'c++'
  if (usesAssemblyScript(bytes, info)) return 'assemblyscript'
  if (made.includes('clang') || made.includes('c_plus_plus')) return 'c++'
  return 'wasm'
}

function producers(bytes: Uint8Array, info: ModuleInfo): string {
  const section = info.sections.find((each) => each.id === 0 && each.name === 'producers')
  if (section === undefined) return ''
  const reader = new ByteReader(bytes, section.start, section.end)
  reader.name()
  const fields = reader.u32()
  const found: string[] = []
  for (let field = 0; field < fields && !reader.failed; field++) {
    reader.name()
    const values = reader.u32()
    for (let value = 0; value < values && !reader.failed; value++) found.push(`${reader.name()} ${reader.name()}`)
  }
  return found.join('\n')
}

/** Its runtime keeps the paths of its library files (`~lib/rt/…`) as UTF-16 texts in the data section. */
const libraryPath = [...'~lib/'].flatMap((each) => [each.charCodeAt(0), 0])

function usesAssemblyScript(bytes: Uint8Array, info: ModuleInfo): boolean {
  const data = info.sections.find((each) => each.id === 11)
  if (data === undefined) return false
  const end = Math.min(data.end, data.start + 1024 * 1024)
  for (let at = bytes.indexOf(0x7e, data.start); at !== -1 && at < end; at = bytes.indexOf(0x7e, at + 1)) {
    if (libraryPath.every((byte, index) => bytes[at + index] === byte)) return true
  }
  return false
}

import { ByteReader } from './reader.ts'
import type { ModuleInfo } from './wasm-types.ts'

/** Names of functions by index, from the `name` section; empty when the module was stripped. */
export function functionNames(bytes: Uint8Array, info: ModuleInfo): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  const section = info.sections.find((each) => each.id === 0 && each.name === 'name')
  if (section === undefined) return names
  const reader = new ByteReader(bytes, section.start, section.end)
  reader.name()
  while (!reader.done) {
    const id = reader.u8()
    const content = reader.slice(reader.u32())
    if (id !== 1) continue
    const count = content.u32()
    for (let index = 0; index < count && !content.done; index++) {
      const func = content.u32()
      const name = content.name()
      if (!content.failed) names.set(func, name)
    }
  }
  return names
}

/**
 * Rust's manglings as paths, without hashes and type arguments; anything else as it is. Debug names of Go,
 * AssemblyScript and C++ builds are readable already.
 */
export function demangle(name: string): string {
  if (name.startsWith('_R')) return identifiers(name.slice(2), name)
  const legacy = /^_ZN(.+)E$/.exec(name)?.[1]
  return legacy === undefined ? name : demangleLegacy(legacy, name)
}

/** Newer mangling (v0): the identifiers in order; `s…_` in front of one only tells crates of equal names apart. */
function identifiers(mangled: string, name: string): string {
  const parts: string[] = []
  let at = 0
  while (at < mangled.length) {
    const rest = mangled.slice(at)
    const skipped = /^s[0-9a-zA-Z]*_/.exec(rest)?.[0]
    const length = /^(\d+)_?/.exec(rest)
    if (skipped !== undefined) at += skipped.length
    else if (length?.[1] !== undefined) {
      const start = at + length[0].length
      const end = start + Number(length[1])
      if (end > mangled.length) return name
      if (end > start) parts.push(mangled.slice(start, end))
      at = end
    } else at++
  }
  return parts.length === 0 ? name : parts.join('::')
}

/** `4core9panicking5panic17h0123456789abcdef`: lengths and parts, a hash at the end. */
function demangleLegacy(mangled: string, name: string): string {
  const parts: string[] = []
  let rest = mangled
  while (rest !== '') {
    const length = /^\d+/.exec(rest)?.[0]
    if (length === undefined || rest.length < length.length + Number(length)) return name
    parts.push(rest.slice(length.length, length.length + Number(length)))
    rest = rest.slice(length.length + Number(length))
  }
  if (/^h[0-9a-f]{16}$/.test(parts.at(-1) ?? '')) parts.pop()
  return parts
    .join('::')
    .replace(/\$LT\$/g, '<')
    .replace(/\$GT\$/g, '>')
    .replace(/\$u20\$/g, ' ')
    .replace(/\$RF\$/g, '&')
    .replace(/\$u7b\$/g, '{')
    .replace(/\$u7d\$/g, '}')
    .replace(/\.\./g, '::')
}

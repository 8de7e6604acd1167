// The crate proxy-wasm-host has the eight functions of WASI that the ABI document names, and refuses modules that import
// others. A program in Go imports two more, for sleeping and for giving way to other threads, and never calls them here:
// they get the names of functions of the same type.
import { leb, reader, withSection } from './wasm-sections.mjs'

const importSection = 2
const utf8 = new TextEncoder()

const standIns = new Map([
  ['sched_yield', ['env', 'proxy_done']],
  ['poll_oneoff', ['wasi_snapshot_preview1', 'fd_write']],
])

const text = (value) => {
  const bytes = utf8.encode(value)
  return [...leb(bytes.length), ...bytes]
}

/** The module without imports that the crate does not have. All its imports must be functions. */
export const withKnownImports = (wasm) =>
  withSection(wasm, importSection, (content) => {
    const entries = reader(content, 0)
    const count = entries.number()
    const written = leb(count)
    for (let left = count; left > 0; left--) {
      const [module, name] = [entries.text(), entries.text()]
      const [kind] = entries.take(1)
      if (kind !== 0) throw new Error(`${module}.${name} is no function`)
      const [asModule, asName] = standIns.get(name) ?? [module, name]
      written.push(...text(asModule), ...text(asName), kind, ...leb(entries.number()))
    }
    return written
  })

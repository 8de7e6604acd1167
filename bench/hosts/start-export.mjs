// A reactor exports `_initialize`; wazero, as proxytest configures it, runs `_start` only. The same function gets both
// names, so that every host runs the same module.
import { leb, reader, withSection } from './wasm-sections.mjs'

const exportSection = 7
const utf8 = new TextEncoder()

/** The module with `_start` as a second name of `_initialize`. */
export const withStart = (wasm) =>
  withSection(wasm, exportSection, (content) => {
    const entries = reader(content, 0)
    const count = entries.number()
    const first = entries.at
    let index
    for (let left = count; left > 0; left--) {
      const name = entries.text()
      const [kind] = entries.take(1)
      const target = entries.number()
      if (name === '_start') return undefined
      if (name === '_initialize' && kind === 0) index = target
    }
    if (index === undefined) throw new Error('The module exports no _initialize')
    const name = utf8.encode('_start')
    const added = [name.length, ...name, 0, ...leb(index)]
    return [...leb(count + 1), ...content.subarray(first), ...added]
  })

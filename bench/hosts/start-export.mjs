// A reactor exports `_initialize`; wazero, as proxytest configures it, runs `_start` only. The same function gets both
// names, so that every host runs the same module.

const exportSection = 7
const utf8 = new TextEncoder()

function leb(value) {
  const bytes = []
  for (let rest = value; ; ) {
    const low = rest & 127
    rest >>>= 7
    if (rest === 0) return [...bytes, low]
    bytes.push(low | 128)
  }
}

function reader(bytes, start) {
  let at = start
  return {
    get at() {
      return at
    },
    number() {
      let value = 0
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]
        value |= (byte & 127) << shift
        if (byte < 128) return value >>> 0
      }
    },
    take(length) {
      at += length
      return bytes.subarray(at - length, at)
    },
  }
}

/** The module with `_start` as a second name of `_initialize`. */
export function withStart(wasm) {
  const bytes = new Uint8Array(wasm)
  const sections = reader(bytes, 8)
  while (sections.at < bytes.length) {
    const begin = sections.at
    const [id] = sections.take(1)
    const size = sections.number()
    const content = sections.take(size)
    if (id !== exportSection) continue
    const entries = reader(content, 0)
    const count = entries.number()
    const first = entries.at
    let index
    for (let left = count; left > 0; left--) {
      const name = new TextDecoder().decode(entries.take(entries.number()))
      const [kind] = entries.take(1)
      const target = entries.number()
      if (name === '_start') return bytes
      if (name === '_initialize' && kind === 0) index = target
    }
    if (index === undefined) throw new Error('The module exports no _initialize')
    const name = utf8.encode('_start')
    const added = [name.length, ...name, 0, ...leb(index)]
    const body = [...leb(count + 1), ...content.subarray(first), ...added]
    return Uint8Array.from([
      ...bytes.subarray(0, begin),
      exportSection,
      ...leb(body.length),
      ...body,
      ...bytes.subarray(sections.at),
    ])
  }
  throw new Error('The module exports nothing')
}

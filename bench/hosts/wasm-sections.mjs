// Sections of a wasm module, read and replaced: as much of the format as the scripts of this folder need.

export function leb(value) {
  const bytes = []
  for (let rest = value; ; ) {
    const low = rest & 127
    rest >>>= 7
    if (rest === 0) return [...bytes, low]
    bytes.push(low | 128)
  }
}

export function reader(bytes, start) {
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
    text() {
      return new TextDecoder().decode(this.take(this.number()))
    },
  }
}

/** The module with what `change` makes of the content of its section `wanted`; undefined leaves it as it is. */
export function withSection(wasm, wanted, change) {
  const bytes = new Uint8Array(wasm)
  const sections = reader(bytes, 8)
  while (sections.at < bytes.length) {
    const begin = sections.at
    const [id] = sections.take(1)
    const content = sections.take(sections.number())
    if (id !== wanted) continue
    const changed = change(content)
    if (changed === undefined) return bytes
    const before = bytes.subarray(0, begin)
    return Uint8Array.from([...before, wanted, ...leb(changed.length), ...changed, ...bytes.subarray(sections.at)])
  }
  throw new Error(`The module has no section ${wanted}`)
}

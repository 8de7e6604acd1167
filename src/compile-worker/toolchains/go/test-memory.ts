/** Reads an unsigned LEB128: its value and where it ends. */
function unsigned(bytes: Uint8Array, from: number): readonly [value: number, end: number] {
  let value = 0
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return [value, at + 1]
  }
}

const leb = (value: number): readonly number[] =>
  value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...leb(Math.floor(value / 0x80))]

/** The module with a memory that never grows beyond `pages`, as in a browser that has no more to give. */
export function withMemoryUpTo(pages: number, module: Uint8Array): Uint8Array<ArrayBuffer> {
  for (let at = 8; at < module.length; ) {
    const [size, content] = unsigned(module, at + 1)
    if (module[at] === 5) {
      const [least] = unsigned(module, content + 2)
      const section = [1, 1, ...leb(least), ...leb(pages)]
      const parts = [module.subarray(0, at), [5, ...leb(section.length), ...section], module.subarray(content + size)]
      return Uint8Array.from(parts.flatMap((part) => [...part]))
    }
    at = content + size
  }
  throw new Error('the module has no memory')
}

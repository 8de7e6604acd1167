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
      const limits = [1, 1, ...leb(least), ...leb(pages)]
      const section = [5, ...leb(limits.length), ...limits]
      const rest = module.subarray(content + size)
      const limited = new Uint8Array(at + section.length + rest.length)
      limited.set(module.subarray(0, at))
      limited.set(section, at)
      limited.set(rest, at + section.length)
      return limited
    }
    at = content + size
  }
  throw new Error('the module has no memory')
}

import { ByteReader } from './reader.ts'
import type { ModuleInfo } from './wasm-types.ts'

/**
 * The module with its memory's maximum set to `maxPages` (or left, if it is lower), so that a growing guest fails as
 * on a full host instead of taking the tab's memory (design 4.5). `undefined`: it wants more from the start.
 */
export function limitMemory(bytes: Uint8Array, info: ModuleInfo, maxPages: number): Uint8Array | undefined {
  const section = info.sections.find((each) => each.id === 5)
  if (section === undefined || info.memory === undefined) return bytes
  if (info.memory.min > maxPages) return undefined
  if (info.memory.max !== undefined && info.memory.max <= maxPages) return bytes
  const reader = new ByteReader(bytes, section.start, section.end)
  const count = reader.u32()
  const flags = reader.u8()
  reader.u64()
  if ((flags & 1) !== 0) reader.u64()
  const content = [
    ...leb(count),
    flags | 1,
    ...leb(info.memory.min),
    ...leb(maxPages),
    ...bytes.subarray(reader.at, section.end),
  ]
  // The byte before the size field is the section id; the size itself may be written in up to five bytes.
  const idAt = sectionIdOffset(info, section.start)
  const head = [5, ...leb(content.length)]
  const out = new Uint8Array(idAt + head.length + content.length + bytes.length - section.end)
  out.set(bytes.subarray(0, idAt), 0)
  out.set(head, idAt)
  out.set(content, idAt + head.length)
  out.set(bytes.subarray(section.end), idAt + head.length + content.length)
  return out
}

/** Sections follow each other without gaps: a section's id stands where the one before it ended. */
function sectionIdOffset(info: ModuleInfo, start: number): number {
  let end = 8
  for (const section of info.sections) {
    if (section.start === start) return end
    end = section.end
  }
  return end
}

function leb(value: number): number[] {
  const out: number[] = []
  let rest = value
  do {
    out.push((rest % 128) | (rest >= 128 ? 0x80 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return out
}

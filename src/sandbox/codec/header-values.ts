import type { HeaderList } from '../../model/http.ts'

/** CR, LF or NUL in a header's value: no codec sends it. A loop, because a pattern is dear for short values. */
export function breaksLine(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code === 10 || code === 13 || code === 0) return true
  }
  return false
}

/** Whether these are the very same entries, which most messages share with the one before. */
export function sameEntries(a: HeaderList, b: HeaderList): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

/** Whether these lists have the same names in the same order. */
export function sameNames(a: HeaderList, b: HeaderList): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) {
    const entry = a[index]
    const other = b[index]
    if (entry !== other && entry?.[0] !== other?.[0]) return false
  }
  return true
}

/** `:path` and its like. */
export const isPseudo = (name: string): boolean => name.charCodeAt(0) === 58

/** Of a `content-length`, as `Number` reads it: the same digits come again and again. */
export function lengthOf(announced: string): number {
  if (announced !== lastAnnounced) {
    lastLength = Number(announced)
    lastAnnounced = announced
  }
  return lastLength
}

let lastAnnounced = ''
let lastLength = 0

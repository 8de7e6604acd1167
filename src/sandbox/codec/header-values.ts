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

/** The last list of which something is true that depends on its names alone: most messages have those of the one before. */
export class LatestNames {
  private latest: HeaderList | undefined

  /** Whether these names are those of that list. */
  has(list: HeaderList): boolean {
    return this.latest !== undefined && sameNames(this.latest, list)
  }

  note(list: HeaderList): void {
    this.latest = list
  }
}

/** `:path` and its like. */
export const isPseudo = (name: string): boolean => name.charCodeAt(0) === 58

/** A number in a header's value, as `Number` reads it: the same digits come again and again. */
function numberReader(): (value: string) => number {
  let last = ''
  let number = 0
  return (value) => {
    if (value !== last) {
      number = Number(value)
      last = value
    }
    return number
  }
}

/** Of a `content-length`. */
export const lengthOf = numberReader()

/** Of a `:status`. */
export const statusNumber = numberReader()

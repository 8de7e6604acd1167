/** CR, LF or NUL in a header's value: no codec sends it. A loop, because a pattern is dear for short values. */
export function breaksLine(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code === 10 || code === 13 || code === 0) return true
  }
  return false
}

/** `:path` and its like. */
export const isPseudo = (name: string): boolean => name.charCodeAt(0) === 58

/** `stringmatchlen`: the patterns of KEYS and SCAN, `*`, `?`, `[a-z]`, `[^x]`, `\x`. */
export function matchesGlob(pattern: string, text: string, p = 0, t = 0): boolean {
  let at = p
  let from = t
  while (at < pattern.length && from < text.length) {
    const char = pattern.charAt(at)
    if (char === '*') {
      while (pattern[at + 1] === '*') at++
      if (at === pattern.length - 1) return true
      for (let start = from; start < text.length; start++) if (matchesGlob(pattern, text, at + 1, start)) return true
      return false
    }
    if (char === '[') {
      const found = matchesClass(pattern, at, text.charAt(from))
      if (!found.matches) return false
      at = found.end
    } else if (char !== '?') {
      if (char === '\\' && at + 1 < pattern.length) at++
      if (pattern[at] !== text[from]) return false
    }
    from++
    at++
    if (from === text.length) {
      while (pattern[at] === '*') at++
      break
    }
  }
  return at >= pattern.length && from === text.length
}

/** `end`: place of the closing bracket, or of the last character when it is missing. */
function matchesClass(
  pattern: string,
  open: number,
  char: string,
): { readonly matches: boolean; readonly end: number } {
  let at = open + 1
  const negated = pattern[at] === '^'
  if (negated) at++
  let matches = false
  for (;;) {
    if (at >= pattern.length) {
      at = pattern.length - 1
      break
    }
    if (pattern[at] === '\\' && at + 1 < pattern.length) {
      at++
      if (pattern[at] === char) matches = true
    } else if (pattern[at] === ']') break
    else if (at + 2 < pattern.length && pattern[at + 1] === '-') {
      const [low = '', high = ''] = [pattern.charAt(at), pattern.charAt(at + 2)].sort()
      at += 2
      if (char >= low && char <= high) matches = true
    } else if (pattern[at] === char) matches = true
    at++
  }
  return { matches: matches !== negated, end: at }
}

/** Replaces the UTF-16 units from `start` to `end` (exclusive) by `text`. */
export type Change = { readonly start: number; readonly end: number; readonly text: string }

/** The one stretch that differs between two texts, so that a caret outside it stays; undefined for equal texts. */
export function smallestChange(before: string, after: string): Change | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let tail = 0
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  // Half a character is none.
  if (start > 0 && /[\ud800-\udbff]/.test(before[start - 1] ?? '')) start--
  if (tail > 0 && /[\udc00-\udfff]/.test(before[before.length - tail] ?? '')) tail--
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

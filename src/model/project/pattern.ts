/**
 * What a pattern may contain, told without an engine (the page reads scenarios too, and need not carry one). Patterns
 * run on RE2's semantics (`src/sandbox/run/find-pattern.ts`), in linear time: no look-around, no back references.
 */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > maxPatternLength) return `it is longer than ${maxPatternLength} characters`
  if (/(^|[^\\])(\\\\)*\(\?(=|!|<=|<!)/.test(pattern)) return 'look-around such as (?=…) is not supported'
  if (/(^|[^\\])(\\\\)*\\[1-9k]/.test(pattern)) return 'back references such as \\1 are not supported'
  return undefined
}

export const maxPatternLength = 1000

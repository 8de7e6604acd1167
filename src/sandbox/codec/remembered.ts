/**
 * Answers to questions about short texts that come again with every request (header names). Bounded: once full, what is
 * new is worked out each time.
 */
export function remembered<T>(answer: (text: string) => T, limit = 512): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = answer(text)
    if (known.size < limit) known.set(text, found)
    return found
  }
}

/**
 * Answers to questions about short texts that come again with every request (header names). Bounded: once full, what is
 * new is worked out each time.
 */
export function remembered<T>(answer: (text: string) => T, limit = 512): (text: string) => T {
  const known = new Map<string, T>()
  // Of some there is only one, such as the status: then one comparison finds it.
  let lastText: string | undefined
  let last: T
  return (text) => {
    if (text === lastText) return last
    const before = known.get(text)
    const found = before ?? answer(text)
    if (before === undefined && known.size < limit) known.set(text, found)
    lastText = text
    last = found
    return found
  }
}

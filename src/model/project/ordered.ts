/**
 * Plain values read from YAML, with what plain values lose: the order of number-like keys, and how a scalar was
 * written (`1.0` in a header map means the text `1.0`). Kept beside the values, by identity.
 */
export type OrderedEntry = { readonly key: string; readonly value: unknown; readonly source: string | undefined }

const entriesOf = new WeakMap<object, readonly OrderedEntry[]>()

/** A map whose keys are all own and ordinary, `__proto__` included. */
export function orderedMap(entries: readonly OrderedEntry[]): object {
  const map: object = {}
  for (const { key, value } of entries) {
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
  }
  entriesOf.set(map, entries)
  return map
}

export function orderedList(entries: readonly OrderedEntry[]): readonly unknown[] {
  const list = entries.map(({ value }) => value)
  entriesOf.set(list, entries)
  return list
}

/** The entries of a map in the order they were written; for a list, keys are positions. */
export function entriesInOrder(value: object): readonly OrderedEntry[] {
  return entriesOf.get(value) ?? Object.entries(value).map(([key, item]) => ({ key, value: item, source: undefined }))
}

export const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

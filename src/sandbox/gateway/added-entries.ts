/**
 * Headers that the gateway adds to every message. Their values are mostly those of the message before: then it is the
 * same entry, which costs nothing to make and nothing to compare.
 */
export type Entry = readonly [name: string, value: string]

/** Entries of one name, by value. */
export function textEntry(name: string): (value: string) => Entry {
  let last: Entry = [name, '']
  return (value) => {
    if (last[1] !== value) last = [name, value]
    return last
  }
}

/** Entries of one name, by the number their value tells; as decimal digits unless `text` says how. */
export function numberEntry(name: string, text: (value: number) => string = String): (value: number) => Entry {
  let lastValue = Number.NaN
  let last: Entry = [name, '']
  return (value) => {
    if (lastValue !== value) last = [name, text(value)]
    lastValue = value
    return last
  }
}

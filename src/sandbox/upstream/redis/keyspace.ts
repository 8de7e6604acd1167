import { type StreamId, shownId } from './stream-id.ts'

/** Databases of one server: keys with typed values and the time at which each ends. */
export type StringValue = { readonly type: 'string'; bytes: string }
export type ListValue = { readonly type: 'list'; readonly items: string[] }
export type HashValue = { readonly type: 'hash'; readonly fields: Map<string, string> }
/**
 * `sorted`: all members are whole numbers and were never more than 512 (an intset), which a real server lists in
 * order. Other sets come in no promised order; here, as they were added.
 */
export type SetValue = { readonly type: 'set'; readonly members: Set<string>; sorted: boolean }
export type SortedSetValue = { readonly type: 'zset'; readonly scores: Map<string, number> }
export type StreamEntry = { readonly id: StreamId; readonly pairs: readonly string[]; readonly node: StreamNode }
/** Up to a hundred entries that a server keeps together; those that were deleted count. What `~` trims goes by nodes. */
export type StreamNode = { added: number }
/** A stream that has lost all entries is a key still. `last`: the greatest id it ever had. */
export type StreamValue = { readonly type: 'stream'; readonly entries: StreamEntry[]; last: StreamId }
export type Value = StringValue | ListValue | HashValue | SetValue | SortedSetValue | StreamValue
export type ValueType = Value['type']
export type ValueOf<T extends ValueType> = Extract<Value, { readonly type: T }>

/** `version` tells one storing of a key from another, even of an equal value. */
type Entry = { value: Value; expiresAt: number | undefined; version: number }

/** One numbered database. `now` is milliseconds since 1970 on the virtual clock; an expired key is gone when looked at. */
export class Database {
  readonly #entries = new Map<string, Entry>()
  #lastVersion = 0

  find(key: string, now: number): Value | undefined {
    return this.#live(key, now)?.value
  }

  has(key: string, now: number): boolean {
    return this.#live(key, now) !== undefined
  }

  /** Stores a new value; the expiry goes unless it is kept. */
  set(key: string, value: Value, expiresAt?: number): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) this.#entries.set(key, { value, expiresAt, version: ++this.#lastVersion })
    else {
      entry.value = value
      entry.expiresAt = expiresAt
      entry.version = ++this.#lastVersion
    }
  }

  delete(key: string, now: number): boolean {
    const live = this.#live(key, now) !== undefined
    this.#entries.delete(key)
    return live
  }

  /** Milliseconds since 1970; `undefined` for a key without end, or without key. */
  expiresAt(key: string, now: number): number | undefined {
    return this.#live(key, now)?.expiresAt
  }

  setExpiry(key: string, at: number | undefined): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    entry.expiresAt = at
    entry.version = ++this.#lastVersion
  }

  /** Differs whenever the key was stored anew or its content changed; empty: there is no such key. */
  stamp(key: string, now: number): string {
    const entry = this.#live(key, now)
    return entry === undefined ? '' : `${entry.version} ${contentOf(entry.value)}`
  }

  /** In the order in which the keys were made. */
  keys(now: number): readonly string[] {
    return [...this.#entries.keys()].filter((key) => this.#live(key, now) !== undefined)
  }

  clear(): void {
    this.#entries.clear()
  }

  get size(): number {
    return this.#entries.size
  }

  #live(key: string, now: number): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry?.expiresAt === undefined || now <= entry.expiresAt) return entry
    this.#entries.delete(key)
    return undefined
  }
}

export function copyOf(value: Value): Value {
  switch (value.type) {
    case 'string':
      return { ...value }
    case 'list':
      return { type: 'list', items: [...value.items] }
    case 'hash':
      return { type: 'hash', fields: new Map(value.fields) }
    case 'set':
      return { type: 'set', members: new Set(value.members), sorted: value.sorted }
    case 'zset':
      return { type: 'zset', scores: new Map(value.scores) }
    case 'stream':
      return { type: 'stream', entries: [...value.entries], last: value.last }
  }
}

function contentOf(value: Value): string {
  switch (value.type) {
    case 'string':
      return value.bytes
    case 'list':
      return JSON.stringify(value.items)
    case 'hash':
      return JSON.stringify([...value.fields])
    case 'set':
      return JSON.stringify([...value.members])
    case 'zset':
      return JSON.stringify([...value.scores])
    case 'stream':
      return `${shownId(value.last)} ${value.entries.length} ${value.entries.map(({ id }) => shownId(id)).join(' ')}`
  }
}

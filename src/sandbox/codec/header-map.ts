/**
 * Header maps with Envoy's rules (envoy-observed.md k, proxy-wasm-host.md 6.7): names in lower case, pseudo headers
 * first, the well-known single headers join on add, `host` means `:authority` on requests.
 */
import type { HeaderList } from '../../model/http.ts'
import { type HeaderMapKind, inlineHeaders as inline } from '../../model/inline-headers.ts'
import type { HeaderMap } from '../vm/seam.ts'
import { isPseudo, sameEntries, sameNames } from './header-values.ts'
import { remembered } from './remembered.ts'

/** ASCII only: other bytes of a name stay as they are. */
export function lowerCase(name: string): string {
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index)
    if (code >= 65 && code <= 90) return name.replace(/[A-Z]+/g, (upper) => upper.toLowerCase())
  }
  return name
}

/** A name as the maps keep it, in which kinds of map a second value joins the first, and the last entry of that name. */
type KnownName = { readonly key: string; last: HeaderList[number] } & Readonly<Record<HeaderMapKind, boolean>>

const knownName = remembered((name): KnownName => {
  const key = lowerCase(name)
  return {
    key,
    last: [key, ''],
    request: inline.request.has(key),
    response: inline.response.has(key),
    trailers: inline.trailers.has(key),
  }
})

const authority = knownName(':authority')

/** A plugin mostly writes what it wrote to the message before: then it is the same entry, which is compared by identity. */
function entryOf(known: KnownName, value: string): HeaderList[number] {
  if (known.last[1] === value) return known.last
  const entry = [known.key, value] as const
  if (value.length <= longestKept) known.last = entry
  return entry
}

const longestKept = 256

/** By a comparison for each kind, not by its name: that would be a search. */
function joinsIn(known: KnownName, kind: HeaderMapKind): boolean {
  return kind === 'request' ? known.request : kind === 'response' ? known.response : known.trailers
}

/**
 * What is known of an entry's name, by where it stands in its list: most entries of a message are the very ones of the
 * message before, at the same place. One comparison finds them, where the name would have to be looked up.
 */
class KnownEntries {
  private readonly entries: (readonly [string, string] | undefined)[] = new Array(32).fill(undefined)
  private readonly known: KnownName[] = new Array(32).fill(authority)
  private readonly look: (name: string) => KnownName

  constructor(look: (name: string) => KnownName) {
    this.look = look
  }

  at(index: number, entry: readonly [string, string]): KnownName {
    if (index >= 32) return this.look(entry[0])
    if (this.entries[index] === entry) return this.known[index] ?? authority
    const known = this.look(entry[0])
    this.entries[index] = entry
    this.known[index] = known
    return known
  }
}

const requestName = (name: string): KnownName => {
  const known = knownName(name)
  return known.key === 'host' ? authority : known
}
const knownOfRequests = new KnownEntries(requestName)
const knownOfOthers = new KnownEntries(knownName)

/** The last list of each kind that was in the form of a map as it came. */
const settled: Record<HeaderMapKind, HeaderList> = { request: [], response: [], trailers: [] }

/** Whether the names are those of that list: whether a list is in a map's form depends on nothing else. */
function isSettled(kind: HeaderMapKind, pairs: HeaderList): boolean {
  const known = kind === 'request' ? settled.request : kind === 'response' ? settled.response : settled.trailers
  return sameNames(known, pairs)
}

const none: HeaderList = []

/** The list handed out by `pairs` never changes, nor may the one that came; a write after that copies. */
export class EnvoyHeaderMap implements HeaderMap {
  private readonly kind: HeaderMapKind
  private entries: HeaderList = none
  /** The same list while nobody else has it: then it may be written to. */
  private owned: (readonly [string, string])[] | undefined

  constructor(kind: HeaderMapKind, pairs: HeaderList = none) {
    this.kind = kind
    this.setAll(pairs)
  }

  get(name: string): string | undefined {
    const found = this.exact(name)
    if (found !== undefined) return found
    // Nearly every name is asked for in the form in which it is kept.
    const key = this.keyOf(name)
    return key === name ? undefined : this.exact(key)
  }

  private exact(key: string): string | undefined {
    const index = this.indexOf(key)
    return index < 0 ? undefined : this.entries[index]?.[1]
  }

  private indexOf(key: string): number {
    const { entries } = this
    // By index, as in `headerValue`.
    for (let index = 0; index < entries.length; index++) {
      const pair = entries[index]
      if (pair !== undefined && pair[0] === key) return index
    }
    return -1
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  pairs(): HeaderList {
    this.owned = undefined
    return this.entries
  }

  get size(): number {
    return this.entries.length
  }

  byteSize(): number {
    let total = 0
    for (const [name, value] of this.entries) total += name.length + value.length
    return total
  }

  add(name: string, value: string): void {
    const known = this.known(name)
    if (!joinsIn(known, this.kind) || !this.join(known.key, value)) this.insert(entryOf(known, value))
  }

  /** A second value of an inline header; false when there is no first one. */
  private join(key: string, value: string): boolean {
    const { entries } = this
    for (let index = 0; index < entries.length; index++) {
      const pair = entries[index]
      if (pair === undefined || pair[0] !== key) continue
      const before = pair[1]
      this.own()[index] = [key, value === '' ? before : before === '' ? value : `${before},${value}`]
      return true
    }
    return false
  }

  replace(name: string, value: string): void {
    const known = this.known(name)
    this.removeKey(known.key)
    this.insert(entryOf(known, value))
  }

  remove(name: string): void {
    this.removeKey(this.keyOf(name))
  }

  setAll(pairs: HeaderList): void {
    this.owned = undefined
    if (isSettled(this.kind, pairs)) {
      this.entries = pairs
      return
    }
    this.entries = []
    this.addAll(pairs)
    if (sameEntries(this.entries, pairs)) settled[this.kind] = pairs
  }

  /**
   * Takes over a list made from `pairs` of this map: its names are in this map's form, and none joins another. The list
   * must not change afterwards.
   */
  adopt(pairs: HeaderList): void {
    this.entries = pairs
    this.owned = undefined
  }

  /** As `add` for each; an entry that is in the map's form already is taken as it is. */
  private addAll(pairs: HeaderList): void {
    const { kind } = this
    const knownEntries = kind === 'request' ? knownOfRequests : knownOfOthers
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[index]
      if (pair === undefined) continue
      const known = knownEntries.at(index, pair)
      const { key } = known
      if (joinsIn(known, kind) && this.join(key, pair[1])) continue
      this.insert(key === pair[0] ? pair : [key, pair[1]])
    }
  }

  private known(name: string): KnownName {
    return this.kind === 'request' ? requestName(name) : knownName(name)
  }

  private keyOf(name: string): string {
    return this.known(name).key
  }

  private insert(entry: readonly [string, string]): void {
    const entries = this.own()
    let index = entries.length
    if (isPseudo(entry[0])) {
      index = 0
      while (index < entries.length && isPseudo(entries[index]?.[0] ?? '')) index++
    }
    if (index === entries.length) entries.push(entry)
    else entries.splice(index, 0, entry)
  }

  private removeKey(key: string): void {
    const at = this.indexOf(key)
    if (at < 0) return
    const kept = this.own()
    // Mostly there is one of a name.
    let left = at
    for (let index = at + 1; index < kept.length; index++) {
      const entry = kept[index]
      if (entry !== undefined && entry[0] !== key) kept[left++] = entry
    }
    // To set the length is a call out of compiled code.
    while (kept.length > left) kept.pop()
  }

  private own(): (readonly [string, string])[] {
    const { owned } = this
    if (owned !== undefined) return owned
    const copy = this.entries.slice()
    this.entries = copy
    this.owned = copy
    return copy
  }
}

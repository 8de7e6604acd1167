/** How a command of the mock is declared; one table per family under `commands/`. */
import type { Database, ListValue, SetValue, Value, ValueOf, ValueType } from './keyspace.ts'
import { clampIndex, parseLong } from './numbers.ts'
import { errors, type Reply } from './reply.ts'
import type { RedisServer } from './server.ts'
import type { Session } from './session.ts'

/** One command under way. */
export type Call = {
  readonly server: RedisServer
  readonly session: Session
  readonly db: Database
  /** Milliseconds since 1970. */
  readonly now: number
  /** The command's words; the first is its name as it was sent. */
  readonly argv: readonly string[]
  /** Alone on its connection: neither in a transaction nor in a script, where nothing waits. */
  readonly mayWait: boolean
}

export type CommandFlag = 'write' | 'readonly' | 'fast' | 'no-auth' | 'no-script' | 'random'

export type Command = {
  readonly name: string
  /** Words with the name; negative: at least so many. */
  readonly arity: number
  readonly flags: readonly CommandFlag[]
  /** Places of the keys among the words: first, last (negative: from the end), step. `undefined`: none. */
  readonly keys?: readonly [first: number, last: number, step: number]
  readonly run: (call: Call, args: readonly string[]) => Reply
}

const one = [1, 1, 1] as const
const all = [1, -1, 1] as const
const two = [1, 2, 1] as const

/** Which words are keys. */
export const keys = { none: undefined, one, all, two, pairs: [1, -1, 2] as const }

export function command(
  name: string,
  arity: number,
  flags: readonly CommandFlag[],
  places: Command['keys'],
  run: Command['run'],
): Command {
  return { name, arity, flags, ...(places === undefined ? {} : { keys: places }), run }
}

/** A refusal on the way; thrown by the readers below and caught where the command was started. */
export class Refusal extends Error {
  readonly reply: Reply
  constructor(reply: Reply) {
    super('refused')
    this.reply = reply
  }
}

/** A command found nothing to take and waits; thrown by `wait` and caught where the connection is read. */
export class Waiting extends Error {
  /** Milliseconds, 0 for ever. */
  readonly ms: number
  /** The answer when nothing comes. */
  readonly whenOver: Reply
  /** What is tried again. */
  readonly argv: readonly string[]
  constructor(ms: number, whenOver: Reply, argv: readonly string[]) {
    super('waits')
    this.ms = ms
    this.whenOver = whenOver
    this.argv = argv
  }
}

/** `atOnce`: the answer where nothing may wait. */
export function wait(call: Call, ms: number, whenOver: Reply, atOnce = whenOver, again = call.argv): never {
  throw call.mayWait ? new Waiting(ms, whenOver, again) : new Refusal(atOnce)
}

export function refuse(reply: Reply): never {
  throw new Refusal(reply)
}

/** A 64-bit number, or the given error. */
export function long(text: string | undefined, otherwise: Reply = errors.notInteger): bigint {
  return parseLong(text ?? '') ?? refuse(otherwise)
}

/** An index or count; what a JavaScript number cannot hold is as far away as any. */
export const index = (text: string | undefined, otherwise: Reply = errors.notInteger): number =>
  clampIndex(long(text, otherwise))

/** A number of 32 bits: of a database. */
export function int(text: string | undefined): number {
  const value = long(text)
  return BigInt.asIntN(32, value) === value ? Number(value) : refuse(errors.notInt)
}

/** The value if there is one; another type than the wanted is refused. */
export function holding<T extends ValueType>(call: Call, key: string, type: T): ValueOf<T> | undefined {
  const found = call.db.find(key, call.now)
  if (found === undefined) return undefined
  return isOf(found, type) ? found : refuse(errors.wrongType)
}

function isOf<T extends ValueType>(value: Value, type: T): value is ValueOf<T> {
  return value.type === type
}

/** The value, made if it is not there yet. */
export function holdingOrNew<T extends ValueType>(
  call: Call,
  key: string,
  type: T,
  make: () => ValueOf<T>,
): ValueOf<T> {
  const found = holding(call, key, type)
  if (found !== undefined) return found
  const made = make()
  call.db.set(key, made)
  return made
}

const sizeOf = (value: Value): number => {
  switch (value.type) {
    case 'string':
      return 1
    case 'list':
      return value.items.length
    case 'hash':
      return value.fields.size
    case 'set':
      return value.members.size
    case 'zset':
      return value.scores.size
    case 'stream':
      return Number.POSITIVE_INFINITY
  }
}

/** A collection without elements is no key any more. */
export function dropIfEmpty(call: Call, key: string, value: Value): void {
  if (sizeOf(value) === 0) call.db.delete(key, call.now)
}

export const newList = (): ListValue => ({ type: 'list', items: [] })
export const newHash = (): ValueOf<'hash'> => ({ type: 'hash', fields: new Map() })
export const newSortedSet = (): ValueOf<'zset'> => ({ type: 'zset', scores: new Map() })

const greatestIntset = 512

/** Adds a member; true if it is new. */
export function addMember(set: SetValue, member: string): boolean {
  if (set.members.has(member)) return false
  set.members.add(member)
  if (set.sorted && (set.members.size > greatestIntset || parseLong(member) === undefined)) {
    const ordered = membersOf(set, member)
    set.sorted = false
    set.members.clear()
    for (const each of [...ordered, member]) set.members.add(each)
  }
  return true
}

export function newSet(members: Iterable<string> = []): SetValue {
  const set: SetValue = { type: 'set', members: new Set(), sorted: true }
  for (const member of members) addMember(set, member)
  return set
}

/** In the order a server lists them. */
export function membersOf(set: SetValue, but?: string): readonly string[] {
  const members = [...set.members].filter((member) => member !== but)
  if (!set.sorted) return members
  return members.sort((a, b) => {
    const [x, y] = [BigInt(a), BigInt(b)]
    return x < y ? -1 : x > y ? 1 : 0
  })
}

const large = 1024 * 1024
/** What all strings together may hold, bytes: a server with this `maxmemory`. */
const mostHeld = 512 * 1024 * 1024

/** Refuses a string of this size where the server would hold too much with it; small ones are not counted. */
export function makeRoom({ server, now }: Call, size: number): void {
  if (size <= large) return
  let held = size
  for (const database of server.databases)
    for (const key of database.keys(now)) {
      const value = database.find(key, now)
      if (value?.type === 'string') held += value.bytes.length
    }
  if (held > mostHeld) refuse(errors.outOfMemory)
}

/** Words compare without case. */
export const isWord = (text: string | undefined, word: string): boolean => text?.toLowerCase() === word

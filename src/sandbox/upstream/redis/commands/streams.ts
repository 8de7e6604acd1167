/** Streams without consumer groups, as Redis 7.0's t_stream.c reads and answers. */
import { type Call, type Command, command, holding, index, isWord, keys, long, refuse } from '../command.ts'
import type { StreamEntry, StreamNode, StreamValue } from '../keyspace.ts'
import { array, bulk, bulks, emptyArray, error, errors, integer, nothing, nullArray, type Reply } from '../reply.ts'
import { after, before, compareIds, greatestId, leastId, parseId, type StreamId, shownId } from '../stream-id.ts'

const newStream = (): StreamValue => ({ type: 'stream', entries: [], last: leastId })

type Trim = {
  readonly by: 'maxlen' | 'minid'
  readonly least: StreamId
  readonly length: bigint
  readonly roughly: boolean
  /** Entries that a rough trim takes at most. */
  readonly limit: number
}

type Options = { trim: Trim | undefined; noMake: boolean; rest: readonly string[] }

/** Options of XADD and XTRIM; for XADD the id follows them. */
function options(words: readonly string[], adds: boolean): Options {
  let trim: Trim | undefined
  let noMake = false
  let limit: bigint | undefined
  let at = 0
  for (; at < words.length; at++) {
    const more = words.length - 1 - at
    const word = (words[at] ?? '').toLowerCase()
    if (adds && word === '*') break
    if ((word === 'maxlen' || word === 'minid') && more > 0) {
      if (trim !== undefined)
        refuse(error('ERR syntax error, MAXLEN and MINID options at the same time are not compatible'))
      let next = words[at + 1] ?? ''
      let roughly = false
      if (more >= 2 && (next === '~' || next === '=')) {
        roughly = next === '~'
        at++
        next = words[at + 1] ?? ''
      }
      at++
      if (word === 'maxlen') {
        const length = long(next)
        if (length < 0n) refuse(error('ERR The MAXLEN argument must be >= 0.'))
        trim = { by: word, length, least: leastId, roughly, limit: nodeSize * 100 }
      } else trim = { by: word, length: 0n, least: parseId(next, 0n, false), roughly, limit: nodeSize * 100 }
    } else if (word === 'limit' && more > 0) {
      limit = long(words[++at])
      if (limit < 0n) refuse(error('ERR The LIMIT argument must be >= 0.'))
    } else if (adds && word === 'nomkstream') noMake = true
    else if (adds) {
      // Read here: an id that is none is told before what the options lack.
      newId(words[at] ?? '')
      break
    } else refuse(errors.syntax)
  }
  if (limit !== undefined && limit !== 0n && trim === undefined) {
    refuse(error('ERR syntax error, LIMIT cannot be used without specifying a trimming strategy'))
  }
  if (!adds && trim === undefined) {
    refuse(error('ERR syntax error, XTRIM must be called with a trimming strategy'))
  }
  if (limit !== undefined && trim?.roughly !== true) {
    refuse(error('ERR syntax error, LIMIT cannot be used without the special ~ option'))
  }
  // A limit of 0 is none.
  const most = limit === 0n ? Number.POSITIVE_INFINITY : Number(limit)
  const limited = trim === undefined || limit === undefined ? trim : { ...trim, limit: most }
  return { trim: limited, noMake, rest: words.slice(at) }
}

const nodeSize = 100

/** With `~` only whole nodes go, and no more entries than the limit. */
function trimmed(stream: StreamValue, { by, length, least, roughly, limit }: Trim): number {
  const { entries } = stream
  const gone =
    by === 'maxlen'
      ? Math.max(0, entries.length - Number(length))
      : entries.filter(({ id }) => compareIds(id, least) < 0).length
  const count = roughly ? wholeNodes(entries, Math.min(gone, limit)) : gone
  entries.splice(0, count)
  return count
}

/** How many of the first `most` entries are nodes as a whole. */
function wholeNodes(entries: readonly StreamEntry[], most: number): number {
  let count = most
  while (count > 0 && entries[count - 1]?.node === entries[count]?.node) count--
  return count
}

/** The last node while it has room, else a new one. */
function nodeFor({ entries }: StreamValue): StreamNode {
  const last = entries.at(-1)?.node
  const node = last !== undefined && last.added < nodeSize ? last : { added: 0 }
  node.added++
  return node
}

type NewId = { readonly id: StreamId | undefined; readonly ms: bigint | undefined }

function add(call: Call, [key = '', ...words]: readonly string[]): Reply {
  const { trim, noMake, rest } = options(words, true)
  const [idText = '', ...pairs] = rest
  const given = newId(idText)
  if (pairs.length < 2 || pairs.length % 2 === 1) return error("ERR wrong number of arguments for 'xadd' command")
  if (given.id !== undefined && compareIds(given.id, leastId) === 0) {
    return error('ERR The ID specified in XADD must be greater than 0-0')
  }
  const there = holding(call, key, 'stream')
  if (there === undefined && noMake) return nothing
  const stream = there ?? newStream()
  if (compareIds(stream.last, greatestId) === 0) {
    return error('ERR The stream has exhausted the last possible ID, unable to add more items')
  }
  const id = given.id ?? nextId(stream.last, given.ms, call.now)
  if (id === undefined || compareIds(id, stream.last) <= 0) {
    return error('ERR The ID specified in XADD is equal or smaller than the target stream top item')
  }
  if (there === undefined) call.db.set(key, stream)
  stream.entries.push({ id, pairs, node: nodeFor(stream) })
  stream.last = id
  if (trim !== undefined) trimmed(stream, trim)
  return bulk(shownId(id))
}

/** `*`, `5-*` or a whole id. */
function newId(text: string): NewId {
  if (text === '*') return { id: undefined, ms: undefined }
  if (text.endsWith('-*')) return { id: undefined, ms: parseId(text.slice(0, -2), 0n, false)[0] }
  return { id: parseId(text, 0n, false), ms: undefined }
}

function nextId(last: StreamId, ms: bigint | undefined, now: number): StreamId | undefined {
  if (ms === undefined) {
    const time = BigInt(now)
    return time > last[0] ? [time, 0n] : after(last)
  }
  if (ms !== last[0]) return [ms, 0n]
  const next = after(last)
  return next?.[0] === ms ? next : undefined
}

const entryReply = ({ id, pairs }: StreamEntry): Reply => array([bulk(shownId(id)), bulks(pairs)])

function range(reverse: boolean): Command['run'] {
  return (call, [key = '', first = '', second = '', ...words]) => {
    const [from, to] = reverse ? [second, first] : [first, second]
    const start = bound(from, 0n, after, 'start')
    const end = bound(to, greatestId[1], before, 'end')
    let count = -1
    for (let at = 0; at < words.length; at++) {
      if (!isWord(words[at], 'count') || at + 1 >= words.length) return errors.syntax
      count = Math.max(0, index(words[++at]))
    }
    const stream = holding(call, key, 'stream')
    if (stream === undefined) return emptyArray
    if (count === 0) return nullArray
    const found = stream.entries.filter(({ id }) => compareIds(id, start) >= 0 && compareIds(id, end) <= 0)
    if (reverse) found.reverse()
    return array((count < 0 ? found : found.slice(0, count)).map(entryReply))
  }
}

/** `(5-1` leaves the id itself out. */
function bound(
  text: string,
  missing: bigint,
  beside: (id: StreamId) => StreamId | undefined,
  what: 'start' | 'end',
): StreamId {
  if (!(text.length > 1 && text.startsWith('('))) return parseId(text, missing)
  const next = beside(parseId(text.slice(1), missing, false))
  return next ?? refuse(error(`ERR invalid ${what} ID for the interval`))
}

/** What XREAD asks for: after which id of which stream. */
export type StreamReading = {
  readonly streams: readonly (readonly [key: string, after: StreamId])[]
  readonly count: number
  /** Milliseconds, 0 for ever; `undefined`: it does not wait. */
  readonly block: number | undefined
}

export function readingOf(call: Call, words: readonly string[]): StreamReading {
  let count = 0
  let block: number | undefined
  let at = 0
  for (; at < words.length; at++) {
    const more = words.length - 1 - at
    if (isWord(words[at], 'block') && more > 0) {
      const notTime = error('ERR timeout is not an integer or out of range')
      block = index(words[++at], notTime)
      if (block < 0) refuse(error('ERR timeout is negative'))
    } else if (isWord(words[at], 'count') && more > 0) count = Math.max(0, index(words[++at]))
    else if (isWord(words[at], 'streams') && more > 0) break
    else refuse(errors.syntax)
  }
  const names = words.slice(at + 1)
  if (at >= words.length) refuse(errors.syntax)
  if (names.length % 2 === 1) {
    refuse(error("ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified."))
  }
  const half = names.length / 2
  const streams = names.slice(0, half).map((key, place) => {
    const text = names[half + place] ?? ''
    const stream = holding(call, key, 'stream')
    if (text === '$') return [key, stream?.last ?? leastId] as const
    if (text === '>') {
      refuse(
        error('ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.'),
      )
    }
    return [key, parseId(text, 0n, false)] as const
  })
  return { streams, count, block }
}

/** `undefined`: nothing is there yet. */
export function readStreams(call: Call, { streams, count }: StreamReading): Reply | undefined {
  const found = streams.flatMap(([key, last]): (readonly [Reply, Reply])[] => {
    const entries = (holding(call, key, 'stream')?.entries ?? []).filter(({ id }) => compareIds(id, last) > 0)
    const taken = count === 0 ? entries : entries.slice(0, count)
    return taken.length === 0 ? [] : [[bulk(key), array(taken.map(entryReply))]]
  })
  return found.length === 0 ? undefined : { kind: 'streams', pairs: found }
}

export const streams: readonly Command[] = [
  command('xadd', -5, ['write', 'fast', 'random'], keys.one, add),
  command('xlen', 2, ['readonly', 'fast'], keys.one, (call, [key = '']) =>
    integer(holding(call, key, 'stream')?.entries.length ?? 0),
  ),
  command('xrange', -4, ['readonly'], keys.one, range(false)),
  command('xrevrange', -4, ['readonly'], keys.one, range(true)),
  command('xdel', -3, ['write', 'fast'], keys.one, (call, [key = '', ...ids]) => {
    const stream = holding(call, key, 'stream')
    if (stream === undefined) return integer(0)
    const gone = ids.map((id) => parseId(id, 0n, false))
    const kept = stream.entries.filter(({ id }) => !gone.some((other) => compareIds(id, other) === 0))
    const count = stream.entries.length - kept.length
    stream.entries.splice(0, stream.entries.length, ...kept)
    return integer(count)
  }),
  command('xtrim', -4, ['write'], keys.one, (call, [key = '', ...words]) => {
    const { trim } = options(words, false)
    const stream = holding(call, key, 'stream')
    return integer(stream === undefined || trim === undefined ? 0 : trimmed(stream, trim))
  }),
]

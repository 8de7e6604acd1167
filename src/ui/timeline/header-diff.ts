import type { SpanId } from '../../model/brand.ts'
import type { HeaderList } from '../../model/http.ts'
import { inlineHeaders } from '../../model/inline-headers.ts'
import type { Arg, Direction, TraceEvent, TraceRecord } from '../../model/trace.ts'

export type DiffLine = { readonly kind: 'same' | 'add' | 'del'; readonly name: string; readonly value: string }
export type HeaderRange = 'event' | 'callback' | 'run'
export type HeaderStates = { readonly before: HeaderList; readonly after: HeaderList }

const MAPS = { request: 0, response: 2 } as const
const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/**
 * A header map before and after one event, the callback around it, or everything that happened to it: replayed from
 * the map the first filter was given and the host calls since. Nothing when the chain never had that map.
 */
export function headerStates(
  records: readonly TraceRecord[],
  direction: Direction,
  seq: number,
  range: HeaderRange,
): HeaderStates | undefined {
  const at = records.findIndex((record) => record.seq === seq)
  const [first, last] = rangeOf(records, at, range)
  let map: HeaderList | undefined
  let before: HeaderList | undefined
  for (const [index, { event }] of records.entries()) {
    if (index === first) before = map
    if (event.type === 'chain.headers' && event.direction === direction) {
      map = event.headers
      before ??= index >= first ? map : undefined
    } else if (event.type === 'host.call' && map !== undefined) map = applyCall(map, event, direction)
    if (index === last) break
  }
  if (map === undefined) return undefined
  return { before: before ?? map, after: map }
}

function rangeOf(records: readonly TraceRecord[], at: number, range: HeaderRange): readonly [number, number] {
  if (range === 'run' || at < 0) return [0, records.length - 1]
  if (range === 'event') return [at, at]
  const span = spanAt(records, at)
  const from = records.findIndex(({ event }) => event.type === 'guest.enter' && event.span === span)
  const to = records.findIndex(({ event }) => event.type === 'guest.leave' && event.span === span)
  return from < 0 ? [at, at] : [from, to < 0 ? records.length - 1 : to]
}

/** The guest entry an event belongs to: itself, if it is one. */
export function spanAt(records: readonly TraceRecord[], at: number): SpanId | undefined {
  const record = records[at]
  if (record?.event.type === 'guest.enter' || record?.event.type === 'guest.leave') return record.event.span
  return record?.parent
}

/** Which map an event speaks of: the one it names, else the one of its callback's direction. */
export function directionAt(records: readonly TraceRecord[], seq: number): Direction {
  const at = records.findIndex((record) => record.seq === seq)
  const event = records[at]?.event
  if (event === undefined) return 'request'
  if (event.type === 'host.call') {
    const map = mapOf(event.args)
    if (map === MAPS.response) return 'response'
    if (map === MAPS.request) return 'request'
  }
  if (event.type === 'chain.headers' || event.type === 'hung') return event.direction
  if (/response/.test(event.type) && event.type !== 'callout.response') return 'response'
  const span = spanAt(records, at)
  const entered = records.find((record) => record.event.type === 'guest.enter' && record.event.span === span)
  const callback = entered?.event.type === 'guest.enter' ? entered.event.callback : ''
  return callback.startsWith('proxy_on_response_') ? 'response' : 'request'
}

const mapOf = (args: readonly Arg[]): number | undefined => {
  const found = args.find((arg) => arg.kind === 'enum')
  return found?.kind === 'enum' ? found.value : undefined
}

/** One host call's effect on the map, if it had one (proxy-wasm-host.md 2.2). */
function applyCall(
  map: HeaderList,
  call: Extract<TraceEvent, { type: 'host.call' }>,
  direction: Direction,
): HeaderList {
  if (call.code !== 0 || !call.fn.includes('header_map') || mapOf(call.args) !== MAPS[direction]) return map
  const values = call.args.flatMap((arg) => (arg.kind === 'bytes' ? [latin1(arg.value)] : []))
  const name = headerName(values[0] ?? '', direction)
  const value = values[1] ?? ''
  switch (call.fn) {
    case 'proxy_add_header_map_value':
      return added(map, name, value, direction)
    case 'proxy_replace_header_map_value':
      return replaced(map, name, value)
    case 'proxy_remove_header_map_value':
      return map.filter(([key]) => key.toLowerCase() !== name)
    case 'proxy_set_header_map_pairs': {
      const pairs = call.args.find((arg) => arg.kind === 'pairs')
      return pairs?.kind === 'pairs'
        ? pairs.value.map(([key, text]) => [headerName(key, direction), text] as const)
        : []
    }
    default:
      return map
  }
}

const headerName = (name: string, direction: Direction): string => {
  const lower = name.toLowerCase()
  return direction === 'request' && lower === 'host' ? ':authority' : lower
}

/** Well-known headers stand once: a second value joins the first, as in the host's own map. */
function added(map: HeaderList, name: string, value: string, direction: Direction): HeaderList {
  const at = inlineHeaders[direction].has(name) ? map.findIndex(([key]) => key.toLowerCase() === name) : -1
  const before = map[at]?.[1]
  if (before === undefined) return [...map, [name, value]]
  const joined = value === '' ? before : before === '' ? value : `${before},${value}`
  return map.map((pair, index) => (index === at ? ([name, joined] as const) : pair))
}

function replaced(map: HeaderList, name: string, value: string): HeaderList {
  const at = map.findIndex(([key]) => key.toLowerCase() === name)
  if (at < 0) return [...map, [name, value]]
  const entry = [name, value] as const
  return map.flatMap((pair, index) => (index === at ? [entry] : pair[0].toLowerCase() === name ? [] : [pair]))
}

/** Lines of both states: unchanged ones stay, because absence is information; a change is − then +. */
export function diffLines({ before, after }: HeaderStates): readonly DiffLine[] {
  const names = [...new Set([...before, ...after].map(([name]) => name.toLowerCase()))]
  return names.flatMap((name) => {
    const old = valuesOf(before, name)
    const now = valuesOf(after, name)
    const kept = commonValues(old, now)
    const line = (kind: DiffLine['kind'], value: string): DiffLine => ({ kind, name, value })
    return [
      ...subtract(old, kept).map((value) => line('del', value)),
      ...kept.map((value) => line('same', value)),
      ...subtract(now, kept).map((value) => line('add', value)),
    ]
  })
}

const valuesOf = (headers: HeaderList, name: string): readonly string[] =>
  headers.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []))

function commonValues(a: readonly string[], b: readonly string[]): readonly string[] {
  const rest = [...b]
  return a.filter((value) => {
    const at = rest.indexOf(value)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  })
}

function subtract(values: readonly string[], taken: readonly string[]): readonly string[] {
  const rest = [...taken]
  return values.filter((value) => {
    const at = rest.indexOf(value)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}

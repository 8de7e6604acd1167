import type { HeaderList } from '../../model/http.ts'
import type { Arg, TraceEvent, TracePlugin, TraceRecord, TraceView } from '../../model/trace.ts'
import { utf8 } from '../abi/text.ts'
import { schema } from './schema.ts'

/**
 * A trace as text, one line per record, for goldens and the terminal: sequence, virtual milliseconds, stream, lane,
 * then the event, indented by guest entries. Stable: nothing that differs between machines is in it.
 */
export function renderTrace(view: TraceView): string {
  const depths = new Map<number, number>()
  const lines: string[] = []
  for (let index = 0; index < view.length; index++) {
    const record = view.record(index)
    const depth = record.parent === undefined ? 0 : (depths.get(record.parent) ?? 0)
    if (record.event.type === 'guest.enter') depths.set(record.event.span, depth + 1)
    lines.push(renderRecord(record, view.plugins, depth))
  }
  if (view.dropped > 0) lines.push(`(${view.dropped} events more were not kept)`)
  return lines.join('\n')
}

/** One line of `renderTrace`. */
export function renderRecord(record: TraceRecord, plugins: readonly TracePlugin[], depth = 0): string {
  const seq = String(record.seq).padStart(5)
  const at = (record.at / 1e6).toFixed(6).padStart(12)
  const stream = (record.stream === undefined ? '' : `#${record.stream}`).padEnd(4)
  const lane = record.plugin === undefined ? '' : (plugins[record.plugin]?.name ?? `plugin ${record.plugin}`)
  return `${seq} ${at}ms ${stream} ${lane.padEnd(12)} ${'  '.repeat(depth)}${renderEvent(record.event, record.plugin !== undefined)}`
}

/** Texts longer than this are cut, with their length. */
const longest = 120

/** `ofPlugin`: it happened in a plugin. */
function renderEvent(event: TraceEvent, ofPlugin: boolean): string {
  switch (event.type) {
    case 'guest.enter':
      return `> ${event.callback}(${event.args.map(renderArg).join(', ')})`
    case 'guest.leave':
      return `< ${event.callback} = ${event.returned}${event.action === undefined ? '' : ` ${event.action}`}`
    case 'host.call': {
      const out = event.out.filter((each) => each.kind !== 'unreadable').map(renderArg)
      const results = out.length === 0 ? '' : ` (${out.join(', ')})`
      const reason = event.reason === undefined ? '' : ` because ${JSON.stringify(event.reason)}`
      return `${event.fn}(${event.args.map(renderArg).join(', ')}) = ${event.status}${results}${reason}`
    }
    case 'trap':
      return `trap ${event.kind} in ${event.callback}`
    case 'log':
      // What the host says about a plugin quotes the engine and its frames; what it says about services does not.
      return `log ${event.level} ${event.via}${event.shown ? '' : ' hidden'}${event.via === 'host' && ofPlugin ? '' : ` ${quote(event.message)}`}`
    default: {
      const fields: Readonly<Record<string, unknown>> = { ...event }
      const shown = schema[event.type].map(([name, , unhashed]) =>
        unhashed === true ? '' : ` ${name}=${renderValue(fields[name])}`,
      )
      return event.type + shown.join('')
    }
  }
}

function renderArg(arg: Arg): string {
  switch (arg.kind) {
    case 'number':
    case 'i64':
      return `${arg.name}=${arg.value}`
    case 'enum':
      return `${arg.name}=${arg.label}`
    case 'bytes':
      return `${arg.name}=${quote(utf8(arg.value))}`
    case 'pairs':
      return `${arg.name}=${renderPairs(arg.value)}`
    case 'unreadable':
      return `${arg.name}=<${arg.reason}>`
  }
}

function renderValue(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (value instanceof Uint8Array) return quote(utf8(value))
  if (isWords(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return renderPairs(value)
  return String(value)
}

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string')

function renderPairs(pairs: HeaderList): string {
  return `[${pairs.map(([name, value]) => `${name}: ${value}`).join(' | ')}]`
}

/** JSON quoting keeps control characters visible and the line one line. */
function quote(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…(${text.length})` : text
  return JSON.stringify(cut)
}

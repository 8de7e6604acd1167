import type { TraceData } from '../sandbox/entry/api.ts'
import { openTrace } from '../sandbox/trace/view.ts'
import { printable } from './outcome.ts'

/** One line per event: number, virtual time in ms, stream, plugin, what happened. */
export function traceLines(data: TraceData): readonly string[] {
  const view = openTrace(data)
  return Array.from({ length: view.length }, (_, index) => {
    const { seq, at, stream, plugin, event } = view.record(index)
    const who = plugin === undefined ? '' : (view.plugins[plugin]?.name ?? '')
    const details = JSON.stringify(event, (key, value: unknown) => {
      if (key === 'type') return undefined
      if (value instanceof Uint8Array) return new TextDecoder().decode(value)
      return typeof value === 'bigint' ? String(value) : value
    })
    return printable(
      `${seq} ${at / 1e6}ms ${stream === undefined ? '-' : `#${stream}`} ${who} ${event.type} ${details}`,
    )
  })
}

import { latin1 } from '../../model/project/bytes.ts'
import type { PluginSpec } from '../../model/project/types.ts'
import type { ScenarioReport } from '../../model/report.ts'
import type { TraceEvent, TraceView } from '../../model/trace.ts'
import type { LoadFailure } from '../vm/prepare.ts'

/** What expectations and the report need of the trace, read in one pass; each with its event's number. */
export type RunFacts = {
  readonly logs: readonly (ScenarioReport['logs'][number] & { readonly seq: number })[]
  readonly hostCalls: readonly {
    readonly plugin: string
    readonly fn: string
    readonly status: string
    readonly seq: number
  }[]
  /** Lines of the access log, in the order in which the streams ended. */
  readonly accessLog: readonly string[]
  /** Plugins that were refused before the first step. */
  readonly startErrors: readonly { readonly plugin: string; readonly failure: LoadFailure }[]
}

const telling: ReadonlySet<TraceEvent['type']> = new Set(['step', 'log', 'host.call', 'stream.end', 'load-error'])

/** Lines that the gateway's log level hides are not in the logs, as in a real one. */
export function runFacts(view: TraceView, plugins: readonly PluginSpec[]): RunFacts {
  const logs: RunFacts['logs'][number][] = []
  const hostCalls: RunFacts['hostCalls'][number][] = []
  const accessLog: string[] = []
  const startErrors: RunFacts['startErrors'][number][] = []
  let started = false
  for (let index = 0; index < view.length; index++) {
    if (!telling.has(view.heading(index).type)) continue
    const { seq, at, plugin, event } = view.record(index)
    const name = plugin === undefined ? '' : (plugins[plugin]?.name ?? '')
    if (event.type === 'step') started = true
    else if (event.type === 'log' && event.shown)
      logs.push({ plugin: name, level: event.level, message: event.message, at, seq })
    else if (event.type === 'host.call') hostCalls.push({ plugin: name, fn: event.fn, status: event.status, seq })
    // What does not pass the gateway has no line in its log.
    else if (event.type === 'stream.end' && event.accessLog !== '') accessLog.push(event.accessLog)
    else if (event.type === 'load-error' && !started)
      startErrors.push({ plugin: name, failure: { message: event.message, reason: event.reason } })
  }
  return { logs, hostCalls, accessLog, startErrors }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text if the bytes are valid UTF-8, else one character a byte. */
export function latin1Text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return latin1(bytes)
  }
}

import type { Finding } from '../../../model/report.ts'
import type { Direction } from '../../../model/trace.ts'
import { finding, type Rule } from '../rule.ts'
import { headersCallback, type RecordOf, type RunFacts, textArg } from '../run-facts.ts'

const writes = /^proxy_(add|replace|remove|set)_header_map/

/**
 * A header or trailer map was asked for while this plugin cannot reach it (proxy-wasm-host.md 6.7). Says whether the
 * headers had left (the plugin's own Continue, or a continue_stream), or were not there yet, or are read-only.
 */
export const mapRefused: Rule = {
  id: 'map-refused',
  variants: ['write-after-leaving', 'read-after-leaving', 'not-there', 'read-only'],
  find: (run) =>
    run.of('host.call').flatMap((record) => {
      const { reason, fn } = record.event
      if (reason?.code === 'map-read-only') return [make(run, record, 'read-only', reason.map, '')]
      if (reason?.code !== 'map-unavailable') return []
      const direction = headersOf(reason.map)
      if (direction === undefined || !hadLeft(run, record, direction)) {
        return [make(run, record, 'not-there', reason.map, reason.phase)]
      }
      const variant = writes.test(fn) ? 'write-after-leaving' : 'read-after-leaving'
      return [make(run, record, variant, reason.map, reason.phase)]
    }),
}

function make(run: RunFacts, record: RecordOf<'host.call'>, variant: string, map: string, phase: string): Finding {
  const { fn, args, status } = record.event
  const severity = writes.test(fn) ? 'problem' : 'warning'
  return finding(run, 'map-refused', severity, record, { variant, fn, map, phase, status, key: textArg(args, 'key') })
}

const headersOf = (map: string): Direction | undefined =>
  map === 'RequestHeaders' ? 'request' : map === 'ResponseHeaders' ? 'response' : undefined

/** The plugin saw those headers in this stream and let them go: by returning Continue or by continue_stream. */
function hadLeft(run: RunFacts, record: RecordOf<'host.call'>, direction: Direction): boolean {
  const seen = run.entriesOf(record.stream, record.plugin, headersCallback(direction)).at(0)
  if (seen?.leave === undefined || seen.leave.seq > record.seq) return false
  if (seen.leave.event.action === 'Continue') return true
  return run
    .inStream(record.stream, 'chain.resume')
    .some(({ plugin, event, seq }) => plugin === record.plugin && event.direction === direction && seq < record.seq)
}

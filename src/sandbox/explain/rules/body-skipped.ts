import { headerValue } from '../../../model/http.ts'
import type { Finding } from '../../../model/report.ts'
import type { Direction } from '../../../model/trace.ts'
import { finding, type Rule } from '../rule.ts'
import { bodyCallback, type Entry, headersCallback, is, numberArg, type RunFacts } from '../run-facts.ts'

const touchesBody = (entry: Entry, direction: Direction) =>
  entry.inside.some(
    (one) =>
      is(one, 'host.call') &&
      /^proxy_[gs]et_buffer_(bytes|status)$/.test(one.event.fn) &&
      numberArg(one.event.args, 'type') === (direction === 'request' ? 0 : 1),
  )

/**
 * A plugin that works on bodies did not get this one. Only said of a plugin that the same run has seen reading or
 * writing a body in that direction: a message without body has no body callback, and Higress' SDKs skip their body
 * handlers when there is a `content-encoding` (higress.md 1.5).
 */
export const bodySkipped: Rule = {
  id: 'body-skipped',
  variants: ['no-body', 'content-encoding', 'content-encoding-only'],
  find: (run) => (['request', 'response'] as const).flatMap((direction) => inDirection(run, direction)),
}

function inDirection(run: RunFacts, direction: Direction): readonly Finding[] {
  const bodies = [...run.entries.values()].filter(({ enter }) => enter.event.callback === bodyCallback(direction))
  const workers = new Set(bodies.filter((entry) => touchesBody(entry, direction)).map(({ enter }) => enter.plugin))
  return [...run.entries.values()]
    .filter(({ enter }) => enter.event.callback === headersCallback(direction))
    .flatMap((entry) => skipped(run, direction, entry, workers.has(entry.enter.plugin)))
}

function skipped(run: RunFacts, direction: Direction, entry: Entry, works: boolean): readonly Finding[] {
  const { enter } = entry
  const callback = bodyCallback(direction)
  const entries = run.entriesOf(enter.stream, enter.plugin, callback)
  if (entries.length === 0) {
    if (!works || numberArg(enter.event.args, 'end_of_stream') !== 1) return []
    return [finding(run, 'body-skipped', 'note', enter, { variant: 'no-body', direction }, callback)]
  }
  const encoding = contentEncoding(run, entry, direction)
  if (encoding === undefined || run.plugin(enter.plugin)?.abi !== '0_2_100') return []
  if (entries.some((one) => touchesBody(one, direction))) return []
  const variant = works ? 'content-encoding' : 'content-encoding-only'
  const first = entries[0]?.enter ?? enter
  return [finding(run, 'body-skipped', works ? 'warning' : 'note', first, { variant, direction, encoding }, callback)]
}

/** As the chain's first filter of that direction got it; a filter before this one may have changed it. */
function contentEncoding(run: RunFacts, entry: Entry, direction: Direction): string | undefined {
  const head = run.inStream(entry.enter.stream, 'chain.headers').find(({ event }) => event.direction === direction)
  return headerValue(head?.event.headers ?? [], 'content-encoding')
}

import type { Direction } from '../../../model/trace.ts'
import { sdkActionName } from '../action-names.ts'
import { finding, type Rule } from '../rule.ts'
import { directionOf, type Entry, headersCallback, is, isSideCall, type RunFacts } from '../run-facts.ts'

const directions: readonly Direction[] = ['request', 'response']

function headerEntries(run: RunFacts): readonly Entry[] {
  return [...run.entries.values()].filter(({ enter }) =>
    directions.some((direction) => enter.event.callback === headersCallback(direction)),
  )
}

const nameOf = (run: RunFacts, entry: Entry, returned: number) => {
  const plugin = run.plugin(entry.enter.plugin)
  return sdkActionName(plugin?.language ?? '', plugin?.abi ?? '', entry.enter.event.callback, returned)
}

/**
 * Header status 1 in ABI 0_2_100 holds the headers only: the body still reaches this filter, and its Continue releases
 * both before the callout has answered (higress.md 1.5). Seen: the call was made in that header callback, and the
 * chain resumed by a return before its answer came.
 */
export const headerStopReleased: Rule = {
  id: 'header-stop-released',
  find: (run) => {
    const answers = new Map(
      [...run.of('callout.response'), ...run.of('redis.reply')].map((one) => [`${one.plugin} ${one.event.token}`, one]),
    )
    return headerEntries(run).flatMap((entry) => {
      const { enter, leave } = entry
      if (leave?.event.action !== 'StopIteration') return []
      const call = entry.inside.find(isSideCall)
      if (call === undefined) return []
      const direction = directionOf(enter.event.callback)
      const released = run
        .inStream(enter.stream, 'chain.resume')
        .find(({ plugin, event, seq }) => plugin === enter.plugin && event.direction === direction && seq > leave.seq)
      if (released?.event.by !== 'return') return []
      const answer = answers.get(`${enter.plugin} ${call.event.token}`)
      if (answer !== undefined && answer.seq < released.seq) return []
      const params = {
        cluster: call.event.cluster,
        sdkName: nameOf(run, entry, 1),
        wanted: nameOf(run, entry, 4),
        direction: direction ?? '',
      }
      return [finding(run, 'header-stop-released', 'problem', released, params, enter.event.callback)]
    })
  },
}

/**
 * The number 1 from a header callback became StopAllIterationAndWatermark, because the module's ABI or Envoy's default
 * says so (proxy-wasm-host.md 4). Harmless, but the SDK's word hides it.
 */
export const headerStopConverted: Rule = {
  id: 'header-stop-converted',
  find: (run) =>
    headerEntries(run).flatMap((entry) => {
      const { enter, leave, inside } = entry
      if (leave?.event.returned !== 1 || leave.event.action !== 'StopAllIterationAndWatermark') return []
      // After a local reply the returned number does not count at all.
      if (inside.some((one) => is(one, 'host.call') && one.event.fn === 'proxy_send_local_response')) return []
      const abi = run.plugin(enter.plugin)?.abi ?? ''
      return [finding(run, 'header-stop-converted', 'note', leave, { sdkName: nameOf(run, entry, 1), abi })]
    }),
}

import { finding, type Rule } from '../rule.ts'
import type { RecordOf, RunFacts } from '../run-facts.ts'

/** A second local reply, or one that came after the response had begun (proxy-wasm-host.md 6.8). */
export const localReply: Rule = {
  id: 'local-reply-lost',
  variants: ['ignored', 'too-late'],
  find: (run) =>
    run.of('local-reply').flatMap((record) => {
      const { outcome, status } = record.event
      if (outcome === 'sent') return []
      const late = outcome === 'stream-reset'
      const params = { variant: late ? 'too-late' : 'ignored', status }
      return [finding(run, 'local-reply-lost', late ? 'problem' : 'warning', record, params, askedIn(run, record))]
    }),
}

/** The reply is performed after the callback that asked for it has returned (6.11). */
function askedIn(run: RunFacts, reply: RecordOf<'local-reply'>): string {
  const asked = run
    .inStream(reply.stream, 'host.call')
    .findLast(
      ({ event, plugin, seq }) =>
        event.fn === 'proxy_send_local_response' && plugin === reply.plugin && seq < reply.seq,
    )
  return run.callbackOf(asked ?? reply)
}

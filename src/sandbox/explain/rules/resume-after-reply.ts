import { finding, type Rule } from '../rule.ts'
import { numberArg } from '../run-facts.ts'

/**
 * A plugin answered by itself and then resumed the request it had answered: the resume does nothing, and meant that the
 * code goes on after the reply (go-api.md, good practice; proxy-wasm-host.md 6.8).
 */
export const resumeAfterReply: Rule = {
  id: 'resume-after-reply',
  find: (run) =>
    run.of('local-reply').flatMap((reply) => {
      const { stream, plugin, event } = reply
      if (event.outcome !== 'sent' || plugin === undefined) return []
      const calls = run.inStream(stream, 'host.call').filter((call) => call.plugin === plugin)
      const asked = calls.findLast(({ event: { fn }, seq }) => fn === 'proxy_send_local_response' && seq < reply.seq)
      if (asked === undefined) return []
      const resumed = calls.find(
        ({ event: { fn, args, code }, seq }) =>
          fn === 'proxy_continue_stream' && code === 0 && numberArg(args, 'stream') === 0 && seq > asked.seq,
      )
      return resumed === undefined
        ? []
        : [finding(run, 'resume-after-reply', 'warning', resumed, { status: event.status })]
    }),
}

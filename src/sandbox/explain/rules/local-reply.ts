import { finding, type Rule } from '../rule.ts'

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
      return [finding(run, 'local-reply-lost', late ? 'problem' : 'warning', record, params)]
    }),
}

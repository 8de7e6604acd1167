import { finding, type Rule } from '../rule.ts'

/** set_effective_context named a stream that is gone: what follows acts on the root, not on the stream (2.10). */
export const unknownContext: Rule = {
  id: 'unknown-context',
  find: (run) =>
    run.of('host.call').flatMap((record) => {
      const { reason } = record.event
      if (reason?.code !== 'unknown-context') return []
      return [finding(run, 'unknown-context', 'warning', record, { id: reason.id })]
    }),
}

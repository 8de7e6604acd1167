import { finding, type Rule } from '../rule.ts'

/** The gateway refused a body that a filter held back beyond the limit: 413, or 500 for a response (6.9). */
export const bufferLimit: Rule = {
  id: 'buffer-limit',
  variants: ['request', 'response'],
  find: (run) =>
    run.of('local-reply').flatMap((record) => {
      const side = /^(request|response)_payload_too_large$/.exec(record.event.details)?.[1]
      if (side === undefined || record.plugin !== undefined) return []
      const holder = run
        .inStream(record.stream, 'chain.pause')
        .findLast(({ event, seq }) => event.direction === side && seq < record.seq)
      const params = { variant: side, status: record.event.status, action: holder?.event.action ?? '' }
      const found = finding(run, 'buffer-limit', 'problem', record, params)
      return [{ ...found, plugin: run.plugin(holder?.plugin)?.name ?? '' }]
    }),
}

import { finding, type Rule } from '../rule.ts'

/** A body was written where it cannot be: in the middle, read-only, or not there in this phase (2.3). */
export const bufferRefused: Rule = {
  id: 'buffer-refused',
  variants: ['middle', 'read-only', 'not-there'],
  find: (run) =>
    run.of('host.call').flatMap((record) => {
      const { reason, fn } = record.event
      switch (reason?.code) {
        case 'splice-in-the-middle': {
          const { start, length } = reason
          return [finding(run, 'buffer-refused', 'problem', record, { variant: 'middle', fn, start, length })]
        }
        case 'buffer-read-only':
          return [
            finding(run, 'buffer-refused', 'problem', record, { variant: 'read-only', fn, buffer: reason.buffer }),
          ]
        case 'buffer-unavailable': {
          const { buffer, phase } = reason
          // Reading a configuration or body that is not there is how SDKs ask whether there is one.
          if (fn !== 'proxy_set_buffer_bytes') return []
          return [finding(run, 'buffer-refused', 'problem', record, { variant: 'not-there', fn, buffer, phase })]
        }
        default:
          return []
      }
    }),
}

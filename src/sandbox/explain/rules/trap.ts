import { finding, type Rule } from '../rule.ts'

/** The guest trapped. Names its functions; with a source map the words also name file and line (`describeFinding`). */
export const trap: Rule = {
  id: 'trap',
  variants: ['stack-overflow', 'out-of-memory', 'restricted-callback', 'host-abort'],
  find: (run) =>
    run.of('trap').map((record) => {
      const { callback, kind, message, frames } = record.event
      const special = trap.variants?.includes(kind) === true
      const params = {
        kind,
        message,
        frames: frames.map(({ name }) => name),
        offsets: frames.map(({ offset }) => String(offset)),
        function: frames[0]?.name ?? '',
        ...(special ? { variant: kind } : {}),
      }
      return finding(run, 'trap', 'problem', record, params, callback)
    }),
}

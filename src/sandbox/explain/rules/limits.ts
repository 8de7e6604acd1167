import { finding, type Rule } from '../rule.ts'

/** The run is not whole: events dropped, the time limit met, or something that repeats itself was stopped. */
export const limits: Rule = {
  id: 'run-cut',
  variants: ['events-dropped', 'deadline', 'loop-bound'],
  find: (run) =>
    run.of('limit').map((record) => {
      const { what, count, detail } = record.event
      const severity = what === 'events-dropped' ? 'warning' : 'problem'
      return finding(run, 'run-cut', severity, record, { variant: what, count, detail })
    }),
}

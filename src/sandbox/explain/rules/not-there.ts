import { notThereMark } from '../../upstream/from-cluster.ts'
import { finding, type Rule } from '../rule.ts'

/** The run used something that Proxyground does not have yet: a host function, or a kind of service. */
export const notThere: Rule = {
  id: 'not-implemented',
  variants: ['function', 'service'],
  find: (run) => [
    ...run
      .of('host.call')
      .filter(({ event }) => event.reason?.code === 'not-implemented')
      .map((record) =>
        finding(run, 'not-implemented', 'problem', record, { variant: 'function', fn: record.event.fn }),
      ),
    ...run
      .of('upstream.reset')
      .filter(({ event }) => event.reason.includes(notThereMark))
      .map((record) => {
        const kind = record.event.reason.split(' ').at(-1) ?? ''
        return finding(run, 'not-implemented', 'problem', record, {
          variant: 'service',
          cluster: record.event.cluster,
          kind,
        })
      }),
  ],
}

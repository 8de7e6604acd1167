import { finding, type Rule } from '../rule.ts'

/** Lines that the gateway's log level hides: once for each plugin, with their number. */
export const logHidden: Rule = {
  id: 'log-hidden',
  find: (run) =>
    run.plugins.flatMap((plugin) => {
      const hidden = run
        .of('log')
        .filter((record) => record.plugin === plugin.index && !record.event.shown && record.event.via === 'proxy_log')
      const [first] = hidden
      if (first === undefined) return []
      const levels = [...new Set(hidden.map(({ event }) => event.level))]
      return [finding(run, 'log-hidden', 'note', first, { count: hidden.length, levels }, '')]
    }),
}

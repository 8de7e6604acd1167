import { finding, type Rule } from '../rule.ts'
import { is } from '../run-facts.ts'

/** Reading the clock moves it by this much (design 4.6 "Clock"); what is beyond it inside one entry was slept. */
const stepNs = 1000
const readsClock = new Set(['clock_time_get', 'proxy_get_current_time_nanoseconds'])

/** A guest slept in poll_oneoff: a real worker thread, and every connection on it, stands still for that long. */
export const guestSlept: Rule = {
  id: 'guest-slept',
  find: (run) =>
    [...run.entries.values()].flatMap(({ enter, leave, inside }) => {
      const sleep = inside.find((one) => is(one, 'host.call') && one.event.fn === 'poll_oneoff')
      // Go's runtime sleeps on its way down when it has panicked: that is not the plugin's doing.
      if (sleep === undefined || leave === undefined || leave.event.returned === 'trap') return []
      const reads = inside.filter((one) => is(one, 'host.call') && readsClock.has(one.event.fn)).length
      const sleptNs = leave.at - enter.at - reads * stepNs
      if (sleptNs <= 0) return []
      return [finding(run, 'guest-slept', 'warning', sleep, { milliseconds: Math.round(sleptNs / 1e4) / 100 })]
    }),
}

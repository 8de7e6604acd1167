import type { ScheduleChoice } from '../model/schedule.ts'
import type { Text } from './text.ts'

/** How much later an answer comes, by the choice (sandbox/time/schedule.ts). */
const later = ['', '1 ms', '15 ms', '60 ms']
const cuts = ['schedule.cut.whole', 'schedule.cut.middle', 'schedule.cut.first', 'schedule.cut.last'] as const

/** One choice of a schedule in words that continue "when …"; the names in it come from the project. */
export function choiceText({ what, of, chosen }: ScheduleChoice, t: Text): string {
  switch (what) {
    case 'delay':
      return t('schedule.delay', { of, time: later[chosen] ?? '' })
    case 'cut':
      return t('schedule.cut', { of, where: t(cuts[chosen] ?? 'schedule.cut.whole') })
    case 'worker':
      return t('schedule.worker', { of: t('schedule.request', { number: of.replace(/^request /, '') }), count: chosen })
    case 'tick':
      return t('schedule.tick', { of })
  }
}

import { assertNever } from '../../model/result.ts'
import type { Text } from '../../text/text.ts'
import { durationText, visibleText } from './display-text.ts'
import { shortCluster } from './lanes.ts'
import type { Lane, Mark, Row } from './row-types.ts'
import { sayPhrase } from './say.ts'

export const laneName = (t: Text, lane: Lane | undefined): string => {
  if (lane === undefined) return ''
  if (lane.kind === 'client') return t('run.lane.client')
  if (lane.kind === 'free') return t('run.lane.free')
  return lane.kind === 'plugin' ? lane.name : shortCluster(lane.name)
}

/** What happened, in words: the row's accessible name, its table cell and what the filter searches. */
export function eventWords(t: Text, row: Row, finding: (index: number) => string): string {
  switch (row.kind) {
    case 'message':
      return [visibleText(row.title), ...row.say.map((phrase) => sayPhrase(t, phrase))]
        .filter((part) => part !== '')
        .join(' ')
    case 'callback':
    case 'call':
      return visibleText(`${row.name} ${row.args}`.trim())
    case 'fold':
    case 'wait':
      return sayPhrase(t, row.say)
    case 'finding':
      return finding(row.finding)
    case 'log':
      return visibleText(`${row.level} ${row.message}`)
    case 'note':
      return visibleText(`${sayPhrase(t, row.say)} ${row.detail}`.trim())
    case 'trap':
      return `${t('run.mark.trap')} ${row.trap}${row.message === row.trap ? '' : ` ${visibleText(row.message)}`}`
    default:
      return assertNever(row)
  }
}

/** How it ended: the right-hand side of a row. */
export function resultWords(t: Text, row: Row): string {
  switch (row.kind) {
    case 'callback':
      return row.mark === undefined ? '' : row.word === '' ? t(`run.mark.${row.mark}`) : markWord(t, row.mark, row.word)
    case 'call':
      return row.result.text
    case 'wait':
      return row.hang ? t('run.mark.hang') : row.duration === undefined ? '' : durationText(row.duration)
    default:
      return ''
  }
}

/**
 * What a row says of a mark. A local reply is named by itself (the number returned beside it is ignored by the
 * gateway), and every SDK's Continue is a quiet Continue; the inspector has the full name.
 */
export function markWord(t: Text, mark: Mark, word: string): string {
  return mark === 'reply' || mark === 'continue' ? t(`run.mark.${mark}`) : word
}

/** Worth stopping at: not Ok, held, answered or explained. */
export function isNotable(row: Row): boolean {
  switch (row.kind) {
    case 'callback':
      return row.mark !== undefined && row.mark !== 'continue'
    case 'call':
      return row.result.bad
    case 'message':
      return row.bad
    case 'note':
      return row.bad
    case 'wait':
      return row.hang
    case 'finding':
    case 'trap':
      return true
    case 'log':
      return row.level === 'error' || row.level === 'critical' || row.level === 'warn'
    case 'fold':
      return false
    default:
      return assertNever(row)
  }
}

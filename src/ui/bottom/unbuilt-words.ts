import type { BuildJob } from '../store/build.ts'
import type { Text } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'

/** Why a plugin was not built, as the page says it: what became of the compiler, not a verdict about the source. */
export function unbuiltWords(t: Text, { reason, message }: Extract<BuildJob, { kind: 'unavailable' }>): string {
  const words = visibleText(message)
  return reason === 'broken' ? t('run.build.broken', { message: words }) : words
}

import type { LinkFailure } from '../model/share/link.ts'
import type { Text } from './text.ts'

/** What is wrong with a link, and what to do; on the page and on the command line. */
export function linkFailureText(t: Text, failure: LinkFailure): string {
  switch (failure.code) {
    case 'unknown-version':
      return t('ui.link.unknown-version', { version: failure.version })
    case 'packed-too-large':
    case 'unpacked-too-large':
    case 'too-many-files':
      return t(`ui.link.${failure.code}`, { limit: failure.limit })
    case 'bad-path':
      return t('ui.link.bad-path', { path: JSON.stringify(failure.path.slice(0, 100)) })
    default:
      return t(`ui.link.${failure.code}`)
  }
}

import type { LinkFailure } from '../model/share/link.ts'
import { type Line, say } from './words.ts'

/** What is wrong with a link, and what to do. */
export function linkFailureLine(failure: LinkFailure): Line {
  switch (failure.code) {
    case 'unknown-version':
      return say('cli.link.unknown-version', { version: failure.version })
    case 'packed-too-large':
    case 'unpacked-too-large':
    case 'too-many-files':
      return say(`cli.link.${failure.code}`, { limit: failure.limit })
    case 'bad-path':
      return say('cli.link.bad-path', { path: JSON.stringify(failure.path.slice(0, 100)) })
    default:
      return say(`cli.link.${failure.code}`)
  }
}

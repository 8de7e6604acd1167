import type { LinkFailure } from '../model/share/link.ts'
import { linkFailureText } from '../text/link-words.ts'
import { type Line, say } from './words.ts'

/** As the page says it, but for what to do about a newer link: there is no page to reload. */
export const linkFailureLine = (failure: LinkFailure): Line =>
  failure.code === 'unknown-version'
    ? say('cli.link.unknown-version', { version: failure.version })
    : ({ text }) => linkFailureText(text, failure)

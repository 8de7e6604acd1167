import { expect, test } from 'vitest'
import { plainMarkdown } from './plain-markdown.ts'

test('documentation is text: no link, heading or tag comes of it', () => {
  expect(plainMarkdown('# Not a [heading](http://x) <b>\n\tcode(1)\n')).toBe(
    '\\# Not a \\[heading\\]\\(http://x\\) \\<b\\>\n    code(1)',
  )
})

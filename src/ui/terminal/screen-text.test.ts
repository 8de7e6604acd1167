import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawLine } from './prompt-line.ts'
import { cellWidth, painted, plainOutput } from './screen-text.ts'
import { emptyLine } from './shell/line-editor.ts'

const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
  .map((codes) => String.fromCharCode(...codes))

test('escape sequences in data never reach the screen', () => {
  expect(plainOutput('\x1b]0;title\x07\x1b[2Jx\n')).toBe('\\x1b]0;title\\x07\\x1b[2Jx\r\n')
  expect(painted('bad', '\x1b[32mok')).toBe('\x1b[31m\\x1b[32mok\x1b[0m')
  fc.assert(
    fc.property(anyText, (text) => {
      expect(plainOutput(text).replaceAll('\r\n', '').replaceAll('\t', '')).not.toMatch(/\p{Cc}/u)
    }),
  )
})

test.each([
  ['abc', 3],
  ['你好', 4],
  ['e\u0301', 1],
  ['🙂', 2],
])('%s takes %d columns', (text, columns) => expect(cellWidth(text)).toBe(columns))

test('a line longer than the screen keeps the caret in its row', () => {
  const line = { ...emptyLine([]), text: 'x'.repeat(25), caret: 5 }
  const { text, drawn } = drawLine('$ ', line, 10, { caretRow: 1 })
  expect(text.startsWith('\x1b[1A\r\x1b[J')).toBe(true)
  expect(text.endsWith('\x1b[2A\r\x1b[7C')).toBe(true)
  expect(drawn).toEqual({ caretRow: 0 })
})

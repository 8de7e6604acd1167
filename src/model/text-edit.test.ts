import { expect, test } from 'vitest'
import type { TextEdit } from './diagnostic.ts'
import { lineAfter, withEdits } from './text-edit.ts'

const edit = (line: number, column: number, endLine: number, endColumn: number, text: string): TextEdit => ({
  file: 'main.go',
  line,
  column,
  endLine,
  endColumn,
  text,
})

test('edits that belong together are made at the places they had in the text before', () => {
  const files = { 'main.go': 'package main\n\n值 := 1\n', 'other.go': 'package main\n' }
  const edits = [edit(2, 1, 2, 1, 'import "os"\n'), edit(3, 1, 3, 2, '_'), edit(3, 3, 3, 5, '=')]
  expect(withEdits(files, edits)).toEqual({ 'main.go': 'package main\nimport "os"\n\n_ = 1\n' })
})

test('at the end of a text that has no newline there', () => {
  expect(withEdits({ 'main.go': 'a' }, [edit(1, 2, 1, 2, '\n}')])).toEqual({ 'main.go': 'a\n}' })
})

test.each([
  ['a line that is not there', edit(4, 1, 4, 1, 'x')],
  ['a column behind the end of its line', edit(1, 4, 1, 4, 'x')],
  ['a file that is gone', { ...edit(1, 1, 1, 1, 'x'), file: 'gone.go' }],
])('nothing is changed when one edit names %s', (_, wrong) => {
  expect(withEdits({ 'main.go': 'ab\ncd\n' }, [edit(1, 1, 1, 1, 'y'), wrong])).toBeUndefined()
})

test('a line moves by what was put in or taken out above it', () => {
  expect(lineAfter('main.go', 9, [edit(4, 1, 4, 1, '\t"strings"\n')])).toBe(10)
  expect(lineAfter('main.go', 9, [edit(4, 1, 6, 1, '')])).toBe(7)
  expect(lineAfter('main.go', 9, [edit(9, 1, 10, 1, '')])).toBe(9)
  expect(lineAfter('other.go', 9, [edit(4, 1, 4, 1, '\n')])).toBe(9)
})

import { expect, test } from 'vitest'
import { compilerDiagnostics, utf16Column } from './compiler-output.ts'

test.each([
  ['\tx := 1', 2, 2],
  ['文 := nope', 8, 6],
  ['"😀" + nope', 10, 8],
  ['é+x', 3, 2],
  ['short', 40, 6],
])('in %j the byte column %i is the UTF-16 column %i', (line, bytes, units) => {
  expect(utf16Column(line, bytes)).toBe(units)
})

test('messages become diagnostics with their further lines; other lines do not', () => {
  const output = '/w/a/b.go:2:5: cannot use x\n\thave string\n\twant int\n/w/main.go:1:1: too far\ntoo many errors\n'
  const found = compilerDiagnostics(output, { 'a/b.go': 'package b\nvar 文 = xyz\n', 'main.go': '' })
  expect(found.map(({ file, line, column, message }) => [file, line, column, message])).toEqual([
    ['a/b.go', 2, 5, 'cannot use x\nhave string\nwant int'],
    ['main.go', 1, 1, 'too far'],
  ])
})

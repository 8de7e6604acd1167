import { expect, test } from 'vitest'
import { jsonFields } from './json-fields.ts'

test('a JSON line is cut between its fields only, and nothing is lost', () => {
  const line = '{"a":"x, \\"y\\", {z","b":[1,2],"c":{"d":1,"e":2},"f":null}'
  expect(jsonFields(line)).toEqual(['{"a":"x, \\"y\\", {z",', '"b":[1,2],', '"c":{"d":1,"e":2},', '"f":null}'])
})

test.each(['[2026] "GET / HTTP/1.1" 200', '', '{"cut'])('a line that is no JSON object stays whole: %s', (line) => {
  expect(jsonFields(line)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { toldPlace } from './source-place.ts'

const paths = ['proxyground.yaml', 'plugins/a/main.go', 'plugins/a/limit/main.go', 'plugins/b/other.go']
const at = (file: string, own = true) =>
  toldPlace('a', { name: 'main.f', offset: 0, source: { file, line: 7, own } }, paths)

test.each([
  ['main.go', true, { file: 'main.go', library: false }],
  ['wasm-demo-go/main.go', true, { file: 'main.go', library: false }],
  ['wasm-demo-go/limit/main.go', true, { file: 'limit/main.go', library: false }],
  ['wasm-demo-go/other.go', true, { file: 'other.go', library: true }],
  ['runtime/main.go', false, { file: 'main.go', library: true }],
])('a Go module’s own name of a place, %s, leads to the plugin’s file', (file, own, expected) => {
  expect(at(file, own)).toEqual({ ...expected, line: 7, column: 1 })
})

test('a frame without a place has none', () => {
  expect(toldPlace('a', { name: 'main.f', offset: 3 }, paths)).toBeUndefined()
})

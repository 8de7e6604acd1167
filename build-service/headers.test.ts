import { expect, test } from 'vitest'
import { cacheControlFor, policyFor } from './headers.ts'

test.each([
  ['assets/sandbox-worker-x1Y2z3A4.js', "script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"],
  ['assets/compile-worker-x1Y2z3A4.js', "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' data:"],
  ['assets/editor.worker-x1Y2z3A4.js', "default-src 'none'; script-src 'self'; connect-src 'none'"],
  ['assets/ts.worker-x1Y2z3A4.js', "default-src 'none'; script-src 'self'; connect-src 'none'"],
  ['assets/surprise.worker-x1Y2z3A4.js', "connect-src 'none'"],
  ['index.html', "connect-src 'self'"],
])('%s has its policy', (path, expected) => {
  expect(policyFor(path)).toContain(expected)
})

test.each([
  ['assets/index-DCC2VjhX.js', true],
  ['assets/inter-latin-wght-normal-Dx4kXJAl.woff2', true],
  ['assets/app.js', false],
  ['index.html', false],
  ['schema/project.json', false],
  ['toolchains/go/link-0123456789abcdef.wasm.packed', true],
  ['toolchains/go/manifest.json', false],
])('%s is cached for long: %s', (path, long) => {
  expect(cacheControlFor(path).includes('immutable')).toBe(long)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlight, highlightLines } from './highlight.ts'

const languages = ['typescript', 'yaml', 'json', 'wat', 'go', 'plaintext'] as const

test('every character of any text comes back, in every language', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom(...languages), (text, language) => {
      const back = highlight(text, language).map((token) => token.text)
      expect(back.join('')).toBe(text)
      expect(highlightLines(text, language)).toHaveLength(text.split('\n').length)
    }),
  )
})

test.each([
  ['typescript', 'const x = "a" // b', 'const:kw "a":str // b:com'],
  ['yaml', 'name: true # why', 'name:fn true:kw # why:com'],
  ['json', '{"a": 12}', '"a":fn 12:num'],
  ['wat', '(func $f (param i32)) ;; end', 'func:kw $f:fn param:kw i32:type ;; end:com'],
] as const)('%s marks what a reader looks for', (language, source, expected) => {
  const marked = highlight(source, language).filter(({ kind }) => kind !== 'plain')
  expect(marked.map(({ text, kind }) => `${text}:${kind}`).join(' ')).toBe(expected)
})

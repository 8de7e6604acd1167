import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteStringText, bytesPreview, durationText, sizeText, textParts, visibleText } from './display-text.ts'

const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
  .map((codes) => String.fromCharCode(...codes))

test('escape sequences, bidirectional controls and zero width characters are shown and do not act', () => {
  expect(visibleText('a\u001b[31mred\u0007')).toBe('a\\x1b[31mred\\x07')
  expect(visibleText('abc\u202ecba')).toBe('abc\\u202ecba')
  expect(visibleText('x\u200by\u2066z\ufeff')).toBe('x\\u200by\\u2066z\\ufeff')
  expect(visibleText('line\r\nnext\t\0')).toBe('line\\r\\nnext\\t\\0')
  expect(visibleText('\u{e0041}')).toBe('\\u{e0041}')
  expect(visibleText('\ud800')).toBe('\\ud800')
})

test('ordinary text in any script stays as it is, as one part', () => {
  for (const text of ['hello', '限流器', 'naïve – 12 €', '🙂'])
    expect(textParts(text)).toEqual([{ text, escaped: false }])
})

test('line ends can be kept for blocks of text', () => {
  expect(visibleText('a\nb\u001b', '\n')).toBe('a\nb\\x1b')
})

test('no control character survives, whatever the input', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(visibleText(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    }),
  )
})

test('header bytes are read as UTF-8 where they are, and as latin1 otherwise', () => {
  expect(byteStringText('plain')).toBe('plain')
  expect(byteStringText('\u00e4\u00bd\u00a0')).toBe('你')
  expect(byteStringText('\u00ff')).toBe('ÿ')
})

test('bytes preview as text or hex, cut with a mark', () => {
  expect(bytesPreview(new Uint8Array())).toBe('""')
  expect(bytesPreview(new TextEncoder().encode('ann'))).toBe('"ann"')
  expect(bytesPreview(Uint8Array.of(0xff, 0x00))).toBe('0x ff 00')
  expect(bytesPreview(new TextEncoder().encode('x'.repeat(200)), 5)).toBe('"xxxxx…"')
})

test.each([
  [0, '0 B'],
  [9999, '9999 B'],
  [12_345, '12.3 kB'],
  [10_485_760, '10.5 MB'],
])('%d bytes read %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))

test.each([
  [1000, '1 µs'],
  [1e6, '1.00 ms'],
  [6e10, '60 s'],
])('%d ns read %s', (ns, text) => expect(durationText(ns)).toBe(text))

import { expect, test } from 'vitest'
import type { Diagnostic } from '../model/diagnostic.ts'
import { english } from './catalogue.ts'
import { chinese } from './chinese.ts'
import { diagnosticMessage, fixTitle } from './diagnostic-words.ts'
import { createText } from './text.ts'

const zh = createText('zh', chinese)
const place = { file: 'main.go', line: 1, column: 1, endLine: 1, endColumn: 2, severity: 'error' } as const

test("a compiler's own words stay as they are in every language; only codes people search for are shown", () => {
  const go: Diagnostic = { ...place, code: 'UndeclaredName', message: 'undefined: strings' }
  expect(diagnosticMessage(go, zh, 'zh')).toBe('undefined: strings')
  expect(diagnosticMessage({ ...place, code: 'TS2322', message: 'no' }, zh, 'zh')).toBe('TS2322 no')
})

test('what we say ourselves is said in Chinese, with the names it is about', () => {
  const own: Diagnostic = { ...place, code: 'GO-MODULE', message: 'module x is not here', about: { module: 'x.io/y' } }
  expect(diagnosticMessage(own, zh, 'zh')).toMatch(/模块 x\.io\/y/)
  expect(diagnosticMessage(own, createText('en', english), 'en')).toBe('module x is not here')
})

test('a repair is named by what it does', () => {
  expect(fixTitle({ kind: 'add-import', subject: 'strings', edits: [] }, createText('en', english))).toBe(
    'Import strings',
  )
})

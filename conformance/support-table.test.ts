import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { statusRows, supportRows, supportTable } from './support-table.ts'

const file = new URL('../docs/SUPPORT.md', import.meta.url)

test('docs/SUPPORT.md says which host functions were checked how', () => {
  const table = supportTable()
  if (process.env.UPDATE_SUPPORT === '1') writeFileSync(file, table)
  expect(readFileSync(file, 'utf8')).toBe(table)
})

test('every function that upstream Envoy has is called by recorded cases on both versions', () => {
  const declared = supportRows()
  const unchecked = declared.filter(({ cells }) => cells[0] === 'source' || (cells[0] !== '–' && cells[1] === 'source'))
  expect(unchecked.map(({ name }) => name)).toEqual([])
})

test('every status is checked on both Envoys, and renamed for gateway 2.2', () => {
  expect(statusRows().filter(({ cells }) => cells.slice(0, 3).includes('source'))).toEqual([])
})

import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { supportRows, supportTable } from './support-table.ts'

const file = new URL('../docs/SUPPORT.md', import.meta.url)

test('docs/SUPPORT.md says which host functions were checked how', () => {
  if (process.env.UPDATE_SUPPORT === '1') writeFileSync(file, supportTable())
  expect(readFileSync(file, 'utf8')).toBe(supportTable())
})

test('every function that upstream Envoy has is called by recorded cases on both versions', () => {
  // Two imports belong to compilers (pthread_equal, emscripten_notify_memory_growth).
  const declared = supportRows().filter(({ name }) => name.startsWith('proxy_'))
  const unchecked = declared.filter(({ cells }) => cells[0] === 'source' || (cells[0] !== '–' && cells[1] === 'source'))
  expect(unchecked.map(({ name }) => name)).toEqual([])
})

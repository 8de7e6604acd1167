import { expect, test } from 'vitest'
import type { CompileRequest, CompileResult } from './api.ts'
import { scheduleCompiles } from './scheduler.ts'

const request = (id: number, plugin = 'a', mode: CompileRequest['mode'] = 'debug'): CompileRequest => ({
  id,
  plugin,
  mode,
  language: 'wat',
  sources: {},
})

const rejected = (id: number): CompileResult => ({ kind: 'rejected', id, errors: [], output: '', milliseconds: 0 })

test('a newer request of the same plugin supersedes the one under way and those waiting', async () => {
  const compiled: number[] = []
  const { compile } = scheduleCompiles(async ({ id }) => {
    compiled.push(id)
    return rejected(id)
  })
  const results = await Promise.all([1, 2, 3].map((id) => compile(request(id))))
  expect(results.map(({ kind }) => kind)).toEqual(['superseded', 'superseded', 'rejected'])
  expect(compiled).toEqual([1, 3])
})

test('other plugins, and checks beside builds, are not superseded', async () => {
  const { compile } = scheduleCompiles(async ({ id }) => rejected(id))
  const results = await Promise.all([compile(request(1)), compile(request(2, 'b')), compile(request(3, 'a', 'check'))])
  expect(results.map(({ kind }) => kind)).toEqual(['rejected', 'rejected', 'rejected'])
})

test('a compiler that throws is unavailable, and the next request is served', async () => {
  const { compile } = scheduleCompiles(async ({ id }) => {
    if (id === 1) throw new Error('Failed to fetch dynamically imported module')
    return rejected(id)
  })
  expect(await compile(request(1))).toMatchObject({ kind: 'unavailable', reason: 'offline' })
  expect(await compile(request(2))).toMatchObject({ kind: 'rejected' })
})

import { afterEach, expect, test, vi } from 'vitest'
import type { CompileJob, CompileResult } from '../../compile-worker/api.ts'
import { getApp, setProject } from '../store/store.ts'
import { buildChanged, resetBuilds } from './build.ts'

const compiler = vi.hoisted(() => ({ compile: (_job: CompileJob): Promise<CompileResult> => Promise.reject() }))
vi.mock('../clients/clients.ts', () => ({ compileClient: () => Promise.resolve(compiler) }))

const good = (): CompileResult => ({
  kind: 'ok',
  id: 1,
  wasm: new Uint8Array(4),
  sourceMap: '',
  hash: '',
  warnings: [],
  output: '',
  milliseconds: 1,
})

/** The worker's rule: a newer request of a plugin supersedes the one that waits. */
function schedule(answer: (job: CompileJob) => CompileResult): { readonly jobs: CompileJob[] } {
  const jobs: CompileJob[] = []
  let supersede: (() => void) | undefined
  compiler.compile = (job) => {
    jobs.push(job)
    supersede?.()
    return new Promise((resolve) => {
      supersede = () => resolve({ kind: 'superseded', id: 0 })
      setTimeout(() => resolve(answer(job)), 1)
    })
  }
  return { jobs }
}

const goPlugin = (text: string) =>
  setProject({ files: { 'proxyground.yaml': 'plugins: [{ name: a, language: go }]', 'plugins/a/main.go': text } })

afterEach(() => {
  setProject({ files: {} })
  resetBuilds({})
})

test('a build that a repeated one of the same text supersedes ends as that one does', async () => {
  goPlugin('package main')
  schedule(good)
  const first = buildChanged()
  await Promise.resolve()
  const second = buildChanged({ again: 'all' })
  expect(await Promise.all([first, second])).toEqual([true, true])
  expect(getApp().build.a?.job.kind).toBe('ok')
})

test('a plugin in AssemblyScript is built without a check', async () => {
  setProject({ files: { 'proxyground.yaml': 'plugins: [{ name: a }]', 'plugins/a/plugin.ts': 'export {}' } })
  const { jobs } = schedule(good)
  expect(await buildChanged()).toBe(true)
  expect(jobs.map(({ language, mode }) => `${language} ${mode}`)).toEqual(['assemblyscript debug'])
  expect(getApp().build.a?.job.kind).toBe('ok')
})

test('Go is checked first; what does not check is not built, and the last good module stays', async () => {
  goPlugin('package main')
  schedule(good)
  await buildChanged()
  const module = getApp().build.a?.good
  goPlugin('package main; var x int = ""')
  const error = { file: 'main.go', line: 1, column: 1, endLine: 1, endColumn: 2, code: '', message: 'no' } as const
  const { jobs } = schedule((job) =>
    job.mode === 'check'
      ? { kind: 'rejected', id: 1, errors: [{ ...error, severity: 'error' }], output: '', milliseconds: 1 }
      : good(),
  )
  expect(await buildChanged()).toBe(false)
  expect(jobs.map(({ mode }) => mode)).toEqual(['check'])
  expect(getApp().build.a).toMatchObject({ job: { kind: 'rejected' }, good: module })
})

import { expect, test, vi } from 'vitest'
import type { RunResult } from '../../sandbox/entry/api.ts'
import { noRun } from '../store/run.ts'
import { getApp, setProject, setRun } from '../store/store.ts'
import { runScenario } from './run.ts'

const sandbox = vi.hoisted(() => ({ run: (): Promise<RunResult> => Promise.reject() }))
vi.mock('../clients/clients.ts', () => ({ sandboxClient: () => Promise.resolve(sandbox) }))

test('a run that ends after another project was opened is not shown there', async () => {
  setProject({ id: 'first' })
  sandbox.run = () => {
    setProject({ id: 'second' })
    setRun(noRun)
    return Promise.resolve({ kind: 'invalid', problems: [] })
  }
  await runScenario({ file: 'scenarios/a.yaml' })
  expect(getApp().run).toEqual(noRun)
})

test('a run of the open project is', async () => {
  setProject({ id: 'first' })
  sandbox.run = () => Promise.resolve({ kind: 'invalid', problems: [] })
  await runScenario({ file: 'scenarios/a.yaml' })
  expect(getApp().run.job.kind).toBe('invalid')
})

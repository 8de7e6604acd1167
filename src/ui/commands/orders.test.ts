import { expect, test, vi } from 'vitest'
import type { RunRequest, RunResult } from '../../sandbox/entry/api.ts'
import { executeRun } from '../../sandbox/entry/execute-run.ts'
import type { OrdersState } from '../store/orders.ts'
import { appStore, getApp, setProject } from '../store/store.ts'
import { explored, keepOrder, showOrder, tryOrders } from './orders.ts'
import { runScenario } from './run.ts'

vi.mock('../clients/clients.ts', async () => {
  const { openTrace } = await import('../../sandbox/trace/view.ts')
  return { sandboxClient: async () => ({ run, open: openTrace }) }
})

const run = async (request: RunRequest): Promise<RunResult> => executeRun(request, { now: () => 0 })
const of = { project: 'p', revision: 1, scenario: { file: 'scenarios/s.yaml' }, count: 8 }

/** No plugins: a service that answers, or a gateway that does it alone. */
const request = (routes: string): RunRequest => ({
  files: {
    'proxyground.yaml': `version: 1\ngateway: { clusters: { web: { kind: fixed, body: hello } }, routes: [${routes}] }\nplugins: []\n`,
    'scenarios/s.yaml': 'name: s\nsteps:\n  - request: { url: "http://x:10000/" }\n',
  },
  modules: {},
  scenario: of.scenario,
})
const answered = request('{ name: r, prefix: /, cluster: web }')
const wanted = () => true

test('all that were asked for are tried, and each step of the way is told', async () => {
  const shown: OrdersState[] = []
  const found = await explored(run, answered, { of, wanted, show: (state) => shown.push(state) })
  expect(found).toEqual({ kind: 'done', of, tried: 8, unfinished: 0, differences: [], kept: undefined })
  expect(shown.map((state) => 'tried' in state && state.tried)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('a scenario without any choice is run once, and says so', async () => {
  let runs = 0
  const counted = (asked: RunRequest) => {
    runs++
    return run(asked)
  }
  expect(await explored(counted, request(''), { of, wanted, show: () => undefined })).toEqual({ kind: 'nothing', of })
  expect(runs).toBe(1)
})

test('what is ended early keeps what it tried and asks for no more runs', async () => {
  let runs = 0
  const counted = (asked: RunRequest) => {
    runs++
    return run(asked)
  }
  const found = await explored(counted, answered, { of, wanted: () => runs < 4, show: () => undefined })
  expect(found).toMatchObject({ kind: 'done', tried: 3 })
  expect(runs).toBe(4)
})

test('orders that do not come to an end are counted apart', async () => {
  const stopping = async (asked: RunRequest): Promise<RunResult> =>
    asked.schedule !== undefined && 'seed' in asked.schedule && asked.schedule.seed === 2
      ? { kind: 'deadline', plugin: 'p', callback: 'proxy_on_tick', afterMs: 5000 }
      : run(asked)
  const found = await explored(stopping, answered, { of, wanted, show: () => undefined })
  expect(found).toMatchObject({ kind: 'done', tried: 8, unfinished: 1 })
})

test('a usual run that does not finish leaves nothing to compare with', async () => {
  const invalid = async (): Promise<RunResult> => ({ kind: 'invalid', problems: [] })
  const found = await explored(invalid, answered, { of, wanted, show: () => undefined })
  expect(found).toEqual({ kind: 'failed', of, message: undefined })
})

test('what was tried from the screen can be shown there and kept in the scenario', async () => {
  setProject({ id: 'p', revision: 1, files: answered.files })
  await runScenario(of.scenario)
  expect(getApp().run.shown?.schedule).toBeUndefined()
  await tryOrders(3)
  const { orders } = getApp()
  expect(orders).toMatchObject({ kind: 'done', tried: 3, of: { project: 'p', revision: 1, scenario: of.scenario } })
  const difference = { seed: 2, times: 1, schedule: [3], choices: [], lines: [], failures: [] }
  if (orders.kind !== 'done') throw new Error('not done')
  appStore.setState({ orders: { ...orders, differences: [difference] } })

  await showOrder(orders.of, difference)
  const { run: after, view } = getApp()
  expect(after.shown?.schedule).toEqual([3])
  expect(after.shown?.result.choices[0]?.chosen).toBe(3)
  expect(view.runTab).toBe('timeline')

  keepOrder(difference)
  const text = getApp().project.files['scenarios/s.yaml']
  expect(text).toBe(`schedule: [3]\n${answered.files['scenarios/s.yaml']}`)
  expect(getApp().orders).toMatchObject({ kept: 2, of: { revision: getApp().project.revision } })
  expect(getApp().view.notice?.undo).toBeDefined()
})

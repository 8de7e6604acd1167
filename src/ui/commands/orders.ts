import { withSchedule } from '../../model/project/with-schedule.ts'
import type { RunRequest, RunResult } from '../../sandbox/entry/api.ts'
import { type Difference, explore } from '../../sandbox/entry/explore.ts'
import { sandboxClient } from '../clients/clients.ts'
import type { OrdersOf, OrdersState } from '../store/orders.ts'
import { appStore, getApp } from '../store/store.ts'
import { currentText } from '../text.ts'
import { buildChanged } from './build.ts'
import { setText } from './files.ts'
import { notifyChange, snapshot } from './notice.ts'
import { modulesOf, runScenario } from './run.ts'
import { selectStep, showRunTab } from './view.ts'

export const orderCounts = [20, 100, 500] as const
/** How many orders the palette tries. */
export const usualCount = 100
/** The same orders each time: what was found is found again. */
const firstSeed = 1

/** The exploration that is going on; another one, a cancel or an edit takes its place. */
let going: symbol | undefined

/** Runs the scenario on the screen in `count` other orders and tells what ends otherwise. */
export async function tryOrders(count: number): Promise<void> {
  const me = Symbol('orders')
  going = me
  if (!(await buildChanged()) || going !== me) return
  const { project, build, run } = getApp()
  const scenario = run.shown?.scenario
  if (scenario === undefined) return
  const of: OrdersOf = { project: project.id, revision: project.revision, scenario, count }
  const wanted = () => going === me && getApp().project.id === of.project && getApp().project.revision === of.revision
  const show = (orders: OrdersState) => {
    if (going === me || going === undefined) appStore.setState({ orders })
  }
  show({ kind: 'trying', of, tried: 0 })
  try {
    const client = await sandboxClient()
    const request = { files: project.files, ...modulesOf(project.binaries, build), scenario }
    show(await explored((asked) => client.run(asked), request, { of, wanted, show }))
  } catch (error) {
    show({ kind: 'failed', of, message: error instanceof Error ? error.message : String(error) })
  }
  if (going === me) going = undefined
}

type Watch = {
  readonly of: OrdersOf
  /** Whether somebody still waits for the end. */
  readonly wanted: () => boolean
  readonly show: (state: OrdersState) => void
}

/** One exploration as the screen tells it. Where it is ended early, what was found until then stays. */
export async function explored(
  run: (request: RunRequest) => Promise<RunResult>,
  request: RunRequest,
  { of, wanted, show }: Watch,
): Promise<OrdersState> {
  let tried = 0
  let unfinished = 0
  let free = true
  const ask = async (asked: RunRequest): Promise<RunResult> => {
    // Ended early: what is left is not run, and an answer that is no run changes nothing that was found.
    if (!free || !wanted()) return { kind: 'invalid', problems: [] }
    const result = await run(asked)
    const seeded = asked.schedule !== undefined && 'seed' in asked.schedule
    if (seeded && result.kind !== 'finished') unfinished++
    // The usual run comes first.
    if (!seeded && tried === 0 && result.kind === 'finished' && result.choices.length === 0) free = false
    if (seeded) tried++
    return result
  }
  const onProgress = (): boolean => {
    if (!free || !wanted()) return false
    show({ kind: 'trying', of, tried })
    return true
  }
  const found = await explore(ask, request, { count: of.count, seed: firstSeed, onProgress })
  if (found.kind === 'stopped') return wanted() ? { kind: 'failed', of, message: undefined } : { kind: 'none' }
  if (!free) return { kind: 'nothing', of }
  if (tried === 0) return { kind: 'none' }
  return { kind: 'done', of, tried, unfinished, differences: found.differences, kept: undefined }
}

/** Ends the exploration; what was found until now stays. */
export function cancelOrders(): void {
  going = undefined
}

/** Puts the run in this order on the screen, at the first step where an expectation differs, else one that ends otherwise. */
export async function showOrder({ scenario }: OrdersOf, { schedule, lines }: Difference): Promise<void> {
  await runScenario(scenario, schedule)
  const step = (lines.find(({ about }) => about === 'expectation') ?? lines[0])?.step
  if (step !== undefined) selectStep(step)
  showRunTab('timeline')
}

/** Writes the order into the scenario's file, so that every run takes it and a link carries it. */
export function keepOrder({ seed, schedule }: Difference): void {
  const { orders, project } = getApp()
  if (orders.kind !== 'done' || !('file' in orders.of.scenario)) return
  const { file } = orders.of.scenario
  const before = snapshot()
  setText(file, withSchedule(project.files[file] ?? '', schedule))
  // The results hold for the scenario with a schedule as they do without: each order replaces it.
  const of = { ...orders.of, revision: getApp().project.revision }
  appStore.setState({ orders: { ...orders, of, kept: seed } })
  notifyChange(currentText()('run.orders.keptIn', { path: file }), before)
}

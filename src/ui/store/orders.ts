import type { Difference } from '../../sandbox/entry/explore.ts'
import type { ScenarioRef } from './run.ts'
import { brokenPlugin, currentScenario, isCompiling, isOutOfDate, unbuiltPlugin } from './selectors.ts'
import type { AppState } from './store.ts'

/** What is run in other orders: a scenario, in a project as it was then. */
export type OrdersOf = {
  readonly project: string
  /** `project.revision` that the results speak of. */
  readonly revision: number
  readonly scenario: ScenarioRef
  /** How many orders were asked for. */
  readonly count: number
}

export type OrdersDone = {
  readonly kind: 'done'
  readonly of: OrdersOf
  readonly tried: number
  /** Of those tried, how many met the deadline or could not run: there is no outcome to compare. */
  readonly unfinished: number
  readonly differences: readonly Difference[]
  /** Seed of the difference that was written into the scenario. */
  readonly kept: number | undefined
}

/** The adversarial scheduler on the screen. */
export type OrdersState =
  | { readonly kind: 'none' }
  | { readonly kind: 'trying'; readonly of: OrdersOf; readonly tried: number }
  | OrdersDone
  /** The usual run makes no choice that could be made otherwise. */
  | { readonly kind: 'nothing'; readonly of: OrdersOf }
  /** The usual run did not finish, or (with a message) the emulator itself stopped. */
  | { readonly kind: 'failed'; readonly of: OrdersOf; readonly message: string | undefined }

export type NoOrders =
  | { readonly why: 'scenario' | 'busy' | 'outOfDate' | 'unfinished' }
  | { readonly why: 'broken' | 'unbuilt'; readonly plugin: string }

/** Why no other orders can be tried now; undefined when they can. */
export function whyNoOrders(state: AppState): NoOrders | undefined {
  const { job, shown } = state.run
  if (shown === undefined && currentScenario(state) === undefined) return { why: 'scenario' }
  const broken = brokenPlugin(state)
  if (broken !== undefined) return { why: 'broken', plugin: broken }
  const unbuilt = unbuiltPlugin(state)
  if (unbuilt !== undefined) return { why: 'unbuilt', plugin: unbuilt.plugin }
  if (isCompiling(state) || job.kind === 'running') return { why: 'busy' }
  if (job.kind !== 'finished' || shown === undefined) return { why: 'unfinished' }
  return isOutOfDate(state) ? { why: 'outOfDate' } : undefined
}

/** How many of those that were tried end as usual. */
export const asUsual = ({ tried, unfinished, differences }: OrdersDone): number =>
  tried - unfinished - differences.reduce((sum, { times }) => sum + times, 0)

/** Whether what is known of other orders is about the scenario that is on the screen. */
export const isOfShown = (of: OrdersOf, { project, run }: AppState): boolean =>
  of.project === project.id && sameScenario(of.scenario, run.shown?.scenario)

const sameScenario = (one: ScenarioRef, other: ScenarioRef | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

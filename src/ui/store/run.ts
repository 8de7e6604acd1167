import type { RunId } from '../../model/brand.ts'
import type { TraceView } from '../../model/trace.ts'
import type { ProjectProblem, RunRequest, RunResult } from '../../sandbox/entry/api.ts'

export type ScenarioRef = RunRequest['scenario']
export type FinishedResult = Extract<RunResult, { kind: 'finished' }>

/** What the newest run came to. */
export type RunJob =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly id: RunId; readonly scenario: ScenarioRef }
  | { readonly kind: 'finished'; readonly id: RunId }
  | { readonly kind: 'invalid'; readonly id: RunId; readonly problems: readonly ProjectProblem[] }
  | {
      readonly kind: 'deadline'
      readonly id: RunId
      readonly plugin: string
      readonly callback: string
      readonly afterMs: number
      readonly trace: TraceView | undefined
    }
  /** Our own fault or the browser's: the worker could not start or died. */
  | { readonly kind: 'crashed'; readonly id: RunId; readonly message: string }

/** The run on the screen. It stays while the next one compiles, fails to build or is refused. */
export type ShownRun = {
  readonly id: RunId
  readonly scenario: ScenarioRef
  /** Its choices, when it was run in another order than usual. */
  readonly schedule?: readonly number[]
  /** `project.revision` when it began; older than the project's: out of date. */
  readonly revision: number
  readonly result: FinishedResult
  readonly trace: TraceView
}

export type RunState = { readonly job: RunJob; readonly shown: ShownRun | undefined }

/** Shown as long as nothing has run yet. */
export const noRun: RunState = { job: { kind: 'idle' }, shown: undefined }

/**
 * The only door between the emulator and its users (UI, CLI, bench). Types only; both sides of the worker import it.
 */

import type { CallStacks, GuestLook, LookAt } from '../../model/guest-look.ts'
import type { ProjectProblem } from '../../model/project/problem.ts'
import type { Finding, ScenarioReport } from '../../model/report.ts'
import type { ScheduleChoice } from '../../model/schedule.ts'
import type { LoadReason, TracePlugin } from '../../model/trace.ts'

/** A project as text files, by path with `/`. The single source; everything else is parsed from it. */
export type ProjectFiles = Readonly<Record<string, string>>

export type RunRequest = {
  readonly files: ProjectFiles
  /** Compiled module of each plugin, by plugin name. A plugin without one is reported as not built. */
  readonly modules: Readonly<Record<string, Uint8Array>>
  /** What identifies the content of modules, by plugin name, where the caller knows it: they need no hash then. */
  readonly hashes?: Readonly<Record<string, string>>
  /** Path of a scenario file, or a scenario given inline (composer, terminal) as YAML text. */
  readonly scenario: { readonly file: string } | { readonly inline: string; readonly name: string }
  /** Guest entry time limit in milliseconds; the client that owns the worker enforces it. Default 5000. */
  readonly deadlineMs?: number
  /** A host call in the trace of the same run made before, or every one: the result then has a look at the guest. */
  readonly lookAt?: LookAt
  /** Where a real gateway's order is free: by these choices, or drawn by this seed. Absent: as the scenario has it. */
  readonly schedule?: { readonly choices: readonly number[] } | { readonly seed: number }
}

export type { ProjectProblem }

/** The recorder's buffers, structured-cloneable and transferable; `openTrace` makes a `TraceView` of it. */
export type TraceData = {
  readonly plugins: readonly TracePlugin[]
  readonly clockStart: bigint
  readonly hash: string
  readonly machineDependent: boolean
  readonly dropped: number
  readonly length: number
  /** Layout is private to `sandbox/trace`. */
  readonly buffers: readonly ArrayBuffer[]
  readonly strings: readonly string[]
}

/** What one plugin's module turned out to be. */
export type ModuleReport = {
  readonly plugin: string
  readonly loaded: boolean
  readonly abi: string
  readonly language: string
  readonly reason?: LoadReason
  readonly message?: string
  readonly size: number
  readonly memoryPages: number
}

export type RunResult =
  | {
      readonly kind: 'finished'
      readonly report: ScenarioReport
      readonly trace: TraceData
      readonly findings: readonly Finding[]
      readonly modules: readonly ModuleReport[]
      /** Wall time of the run in milliseconds, as the worker measured it. */
      readonly wallMs: number
      /** At the host call that `lookAt` asked for. */
      readonly look?: GuestLook
      /** When `lookAt` asked for every call. */
      readonly stacks?: CallStacks
      /** What was chosen, when `schedule` was given or the scenario has one. */
      readonly choices: readonly ScheduleChoice[]
    }
  /** The project or scenario text cannot be used. */
  | { readonly kind: 'invalid'; readonly problems: readonly ProjectProblem[] }
  /** A guest entry met the deadline; the client names it from the announced entries of a second run. */
  | {
      readonly kind: 'deadline'
      readonly plugin: string
      readonly callback: string
      readonly afterMs: number
      readonly trace?: TraceData
    }

/**
 * Methods of the sandbox worker (comlink). `announcing`: the worker also posts `{ entry: { plugin, callback } }` before
 * each guest entry, for the run that is repeated after a deadline.
 */
export type SandboxWorkerApi = {
  run(request: RunRequest, announcing: boolean): Promise<RunResult>
}

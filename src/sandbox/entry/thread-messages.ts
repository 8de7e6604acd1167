import type { RunRequest, RunResult } from './api.ts'

/** What a guest thread is started with. */
export type ThreadStart = {
  readonly request: RunRequest
  /** Post each guest entry before it happens (design 4.5). */
  readonly announce: boolean
}

/** What a guest thread posts. */
export type ThreadMessage =
  | { readonly kind: 'entry'; readonly entry: { readonly plugin: string; readonly callback: string } }
  | { readonly kind: 'result'; readonly result: RunResult }

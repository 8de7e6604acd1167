/**
 * The deadline of design 4.5. A run is first made without announcements. If it takes longer than the limit, its worker
 * is ended and the same run is repeated in a fresh one that announces each guest entry: an entry that alone takes longer
 * is the result, with its name; a run that is merely long finishes the second time.
 */
import type { RunRequest, RunResult } from './api.ts'

export type Entry = { readonly plugin: string; readonly callback: string }

/** A worker that can run guests, and can be ended while it does. */
export type GuestWorker = {
  run(request: RunRequest, announced?: (entry: Entry) => void): Promise<RunResult>
  terminate(): void
}

/** Milliseconds (`RunRequest.deadlineMs`). */
export const defaultDeadlineMs = 5000

export type Outcome = {
  readonly result: RunResult
  /** The worker that can take the next run; absent when it had to be ended. */
  readonly survivor: GuestWorker | undefined
}

type Timed = { readonly kind: 'done'; readonly result: RunResult } | { readonly kind: 'late'; readonly entry: Entry }

export async function runWithDeadline(
  worker: GuestWorker,
  request: RunRequest,
  start: () => Promise<GuestWorker>,
): Promise<Outcome> {
  const limit = request.deadlineMs ?? defaultDeadlineMs
  const first = await timed(worker, request, limit, false)
  if (first.kind === 'done') return { result: first.result, survivor: worker }
  const fresh = await start()
  const second = await timed(fresh, request, limit, true)
  if (second.kind === 'done') return { result: second.result, survivor: fresh }
  return { result: { kind: 'deadline', ...second.entry, afterMs: limit }, survivor: undefined }
}

/** A worker that fails or is late is ended. */
function timed(worker: GuestWorker, request: RunRequest, limit: number, announcing: boolean): Promise<Timed> {
  return new Promise((resolve, reject) => {
    let entry: Entry = { plugin: '', callback: '' }
    const late = (): void => {
      worker.terminate()
      resolve({ kind: 'late', entry })
    }
    let timer = setTimeout(late, limit)
    const announced = (next: Entry): void => {
      entry = next
      clearTimeout(timer)
      timer = setTimeout(late, limit)
    }
    const run = announcing ? worker.run(request, announced) : worker.run(request)
    run.then(
      (result) => {
        clearTimeout(timer)
        resolve({ kind: 'done', result })
      },
      (error: unknown) => {
        clearTimeout(timer)
        worker.terminate()
        reject(error)
      },
    )
  })
}

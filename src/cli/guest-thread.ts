import { Worker } from 'node:worker_threads'
import type { RunRequest, RunResult } from '../sandbox/entry/api.ts'
import type { ThreadMessage } from '../sandbox/entry/thread-messages.ts'

/** Time limit of one guest entry in milliseconds (design 4.5). */
export const defaultDeadlineMs = 5000

/**
 * Runs one scenario in a thread of its own. A run that takes longer than the deadline is ended and repeated in a fresh
 * thread that announces each guest entry: an entry that alone takes that long is the result, with its name; a run that
 * is merely long finishes the second time.
 */
export async function runInThread(
  script: URL,
  request: RunRequest,
  deadlineMs = defaultDeadlineMs,
): Promise<RunResult> {
  const first = await runOnce(script, request, deadlineMs, false)
  return first.kind === 'done' ? first.result : (await repeat(script, request, deadlineMs)).result
}

async function repeat(script: URL, request: RunRequest, deadlineMs: number): Promise<{ readonly result: RunResult }> {
  const second = await runOnce(script, request, deadlineMs, true)
  if (second.kind === 'done') return second
  const { plugin = '', callback = '' } = second.entry ?? {}
  return { result: { kind: 'deadline', plugin, callback, afterMs: deadlineMs } }
}

type Once =
  | { readonly kind: 'done'; readonly result: RunResult }
  | { readonly kind: 'late'; readonly entry?: { readonly plugin: string; readonly callback: string } }

function runOnce(script: URL, request: RunRequest, deadlineMs: number, announce: boolean): Promise<Once> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: { request, announce } })
    let entry: { readonly plugin: string; readonly callback: string } | undefined
    let ended = false
    const finish = (settle: () => void): void => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      void worker.terminate().then(settle, reject)
    }
    const late = (): void => finish(() => resolve(entry ? { kind: 'late', entry } : { kind: 'late' }))
    let timer = setTimeout(late, deadlineMs)
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'result') return finish(() => resolve({ kind: 'done', result: message.result }))
      ;({ entry } = message)
      clearTimeout(timer)
      timer = setTimeout(late, deadlineMs)
    })
    worker.on('error', (error) => finish(() => reject(error)))
    worker.on('exit', (code) => finish(() => reject(new Error(`The guest thread ended without a result (${code})`))))
  })
}

import { Worker } from 'node:worker_threads'
import type { RunRequest, RunResult } from '../sandbox/entry/api.ts'
import { type GuestWorker, runWithDeadline } from '../sandbox/entry/client-deadline.ts'
import type { ThreadMessage, ThreadStart } from '../sandbox/entry/thread-messages.ts'

/** Runs one scenario in a thread of its own, under the deadline of design 4.5 (`runWithDeadline`). */
export async function runInThread(script: URL, request: RunRequest): Promise<RunResult> {
  const { result, survivor } = await runWithDeadline(guestThread(script), request, () =>
    Promise.resolve(guestThread(script)),
  )
  survivor?.terminate()
  return result
}

/** A thread lives for one run: it is started with the request. */
function guestThread(script: URL): GuestWorker {
  let worker: Worker | undefined
  const run: GuestWorker['run'] = (request, announced) =>
    new Promise((resolve, reject) => {
      const start: ThreadStart = { request, announce: announced !== undefined }
      worker = new Worker(script, { workerData: start })
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'entry') announced?.(message.entry)
        else resolve(message.result)
      })
      worker.on('error', reject)
      worker.on('exit', (code) => reject(new Error(`The guest thread ended without a result (${code})`)))
    })
  return { run, terminate: () => void worker?.terminate() }
}

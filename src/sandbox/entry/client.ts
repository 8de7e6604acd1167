/** Owns the sandbox worker in the browser: starts it, keeps the deadline, replaces it when a guest does not come back. */
import { releaseProxy, wrap } from 'comlink'
import type { TraceView } from '../../model/trace.ts'
import { openTrace } from '../trace/view.ts'
import type { RunRequest, RunResult, SandboxWorkerApi, TraceData } from './api.ts'
import { type GuestWorker, runWithDeadline } from './client-deadline.ts'
import { startConfinedWorker } from './client-worker.ts'

export type SandboxClient = {
  /** Starts the worker before there is anything to run, so that it loads beside the compiler. */
  warm(): void
  /** Resolves with a result even when a guest loops; rejects only when the emulator itself fails. Runs go one by one. */
  run(request: RunRequest): Promise<RunResult>
  open(data: TraceData): TraceView
  dispose(): void
}

/** `script` is the address of the built worker (`worker.ts`). */
export function createSandboxClient(script: string | URL): SandboxClient {
  return createClient(async () => guestWorker(await startConfinedWorker(script, 'sandbox')))
}

/** The same client over any kind of worker. */
export function createClient(start: () => Promise<GuestWorker>): SandboxClient {
  let idle: GuestWorker | undefined
  let last: Promise<unknown> = Promise.resolve()
  const run = async (request: RunRequest): Promise<RunResult> => {
    const worker = idle ?? (await start())
    idle = undefined
    const { result, survivor } = await runWithDeadline(worker, request, start)
    idle = survivor
    return result
  }
  return {
    warm() {
      // A worker that does not start is told by the run that needs it.
      last = last
        .then(async () => {
          idle ??= await start()
        })
        .catch(() => undefined)
    },
    run(request) {
      const next = last.then(() => run(request))
      last = next.catch(() => undefined)
      return next
    },
    open: openTrace,
    dispose() {
      idle?.terminate()
      idle = undefined
    },
  }
}

function guestWorker(worker: Worker): GuestWorker {
  const api = wrap<SandboxWorkerApi>(worker)
  return {
    run: (request, announced) => {
      const listen = ({ data }: MessageEvent<unknown>): void => {
        const entry = announcedEntry(data)
        if (entry !== undefined) announced?.(entry)
      }
      worker.addEventListener('message', listen)
      return new Promise((resolve, reject) => {
        worker.addEventListener(
          'error',
          (event) => reject(new Error(event.message || 'The sandbox worker did not start.')),
          { once: true },
        )
        api
          .run(request, announced !== undefined)
          .then(resolve, reject)
          .finally(() => worker.removeEventListener('message', listen))
      })
    },
    terminate: () => {
      api[releaseProxy]()
      worker.terminate()
    },
  }
}

function announcedEntry(data: unknown): { plugin: string; callback: string } | undefined {
  if (typeof data !== 'object' || data === null || !('entry' in data)) return undefined
  const { entry } = data
  if (typeof entry !== 'object' || entry === null || !('plugin' in entry) || !('callback' in entry)) return undefined
  return { plugin: String(entry.plugin), callback: String(entry.callback) }
}

import { type Remote, releaseProxy, wrap } from 'comlink'
import type { CompileJob, CompileResult, CompileWorkerApi } from './api.ts'

export type CompileClient = {
  /** Resolves always; a newer request of the same plugin makes an older one `superseded`. */
  compile(request: CompileJob): Promise<CompileResult>
  dispose(): void
}

type Running = { readonly worker: Worker; readonly api: Remote<CompileWorkerApi>; readonly release: () => void }
type Pending = { readonly id: number; readonly settle: (result: CompileResult) => void }

const startWorker = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'compile' })

/**
 * Owns the compile worker: starts it when first asked, ends it when a compilation takes longer than `deadlineMs` (the
 * compiler cannot be interrupted) or when it crashes, and starts a fresh one for the next request.
 */
export function createCompileClient(deadlineMs = 30_000, start: () => Worker = startWorker): CompileClient {
  let running: Running | undefined
  let counter = 0
  const pending = new Set<Pending>()

  function stop(reason: 'timeout' | 'offline', message: string): void {
    running?.release()
    running = undefined
    const lost = [...pending]
    pending.clear()
    for (const { id, settle } of lost) settle({ kind: 'unavailable', id, reason, message })
  }

  function ensure(): Running {
    if (running !== undefined) return running
    const worker = start()
    const api = wrap<CompileWorkerApi>(worker)
    worker.addEventListener('error', (event) => stop('offline', event.message || 'The compile worker did not start.'))
    running = {
      worker,
      api,
      release: () => {
        api[releaseProxy]()
        worker.terminate()
      },
    }
    return running
  }

  return {
    compile(request) {
      counter++
      const id = counter
      return new Promise((resolve) => {
        const entry: Pending = { id, settle: resolve }
        pending.add(entry)
        const finish = (result: CompileResult) => {
          clearTimeout(timer)
          if (pending.delete(entry)) resolve(result)
        }
        const timer = setTimeout(() => {
          if (pending.has(entry)) stop('timeout', `The compiler took more than ${deadlineMs / 1000} s and was ended.`)
        }, deadlineMs)
        ensure()
          .api.compile({ ...request, id })
          .then(finish, (error: unknown) =>
            finish({ kind: 'unavailable', id, reason: 'unsupported', message: String(error) }),
          )
      })
    },
    dispose() {
      stop('offline', 'The compile worker was closed.')
    },
  }
}

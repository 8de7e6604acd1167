import { proxy, type Remote, releaseProxy, wrap } from 'comlink'
import type { CompileJob, CompileResult, CompileWorkerApi } from './api.ts'
import type { LanguageAnswer, LanguageQuery } from './language-service.ts'
import type { ToolchainState } from './toolchain-state.ts'

export type CompileClient = {
  /** Resolves always; a newer request of the same plugin makes an older one `superseded`. */
  compile(request: CompileJob): Promise<CompileResult>
  /** Starts the worker and has it fetch its code for a language, which a first compilation then need not wait for. */
  warm(language: CompileJob['language']): void
  /** Completion, hover, formatting … of one file. Resolves always; `unavailable` when the worker ended meanwhile. */
  ask(query: LanguageQuery): Promise<LanguageAnswer>
  /**
   * Calls the listener with the state of Go's toolchain now and whenever it changes, also in a worker that is started
   * later. Does not load the toolchain: compiling and asking do. Answers how to stop.
   */
  watchToolchain(listener: (state: ToolchainState) => void): () => void
  dispose(): void
}

/** What is used of a Worker. */
export type CompileWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'>

type Running = { readonly worker: CompileWorker; readonly api: Remote<CompileWorkerApi>; readonly release: () => void }
/** Why a worker is ended. */
type End = 'timeout' | 'offline' | 'broken'
type Pending = { readonly settle: (reason: End, message: string) => void; readonly arm: () => void }

const startWorker = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'compile' })

/** A browser compiles Go's compiler while that runs for the first time: on a slow or busy machine it takes ten times longer. */
const GO_PATIENCE = 4

/**
 * Owns the compile worker: starts it when first asked, ends it when a compilation takes longer than `deadlineMs` (the
 * compiler cannot be interrupted) or when it crashes, and starts a fresh one for the next request. Loading a toolchain
 * is not compiling: the deadline begins anew with each piece that comes.
 */
export function createCompileClient(deadlineMs = 30_000, start: () => CompileWorker = startWorker): CompileClient {
  let running: Running | undefined
  let counter = 0
  let goState: ToolchainState = { kind: 'idle' }
  let watching = false
  const pending = new Set<Pending>()
  const listeners = new Set<(state: ToolchainState) => void>()

  function toolchainIs(state: ToolchainState): void {
    goState = state
    for (const { arm } of pending) arm()
    for (const listener of listeners) listener(state)
  }

  function stop(reason: End, message: string): void {
    running?.release()
    running = undefined
    watching = false
    // What the ended worker had loaded is gone; a copy is in the browser's storage.
    if (goState.kind !== 'idle') toolchainIs({ kind: 'idle' })
    const lost = [...pending]
    pending.clear()
    for (const { settle } of lost) settle(reason, message)
  }

  function ensure(): Running {
    if (running !== undefined) return running
    const worker = start()
    const api = wrap<CompileWorkerApi>(worker)
    // A script that cannot be loaded has no message.
    worker.addEventListener('error', ({ message }) =>
      message ? stop('broken', message) : stop('offline', 'The compile worker did not start.'),
    )
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

  /** The worker, with its reports of Go's toolchain coming in once Go is asked for. */
  function ensureFor(language: CompileJob['language']): Running {
    const current = ensure()
    if (language === 'go' && !watching) {
      watching = true
      const listen = (state: ToolchainState) => {
        if (running === current) toolchainIs(state)
      }
      // A worker that cannot load this code fails the request itself, with the reason.
      current.api.watchToolchain('go', proxy(listen)).catch(() => undefined)
    }
    return current
  }

  /** One call into the worker: its answer, or what `lost` makes of the worker's end. */
  function call<Answer>(
    language: CompileJob['language'],
    send: (api: Remote<CompileWorkerApi>) => Promise<Answer>,
    lost: (reason: End | 'unsupported', message: string) => Answer,
  ): Promise<Answer> {
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const allowed = language === 'go' ? deadlineMs * GO_PATIENCE : deadlineMs
      const expired = () => stop('timeout', `The compiler took more than ${allowed / 1000} s and was ended.`)
      const entry: Pending = {
        settle: (reason, message) => {
          clearTimeout(timer)
          resolve(lost(reason, message))
        },
        arm: () => {
          clearTimeout(timer)
          timer = setTimeout(expired, allowed)
        },
      }
      const finish = (answer: Answer) => {
        clearTimeout(timer)
        if (pending.delete(entry)) resolve(answer)
      }
      pending.add(entry)
      entry.arm()
      send(ensureFor(language).api).then(finish, (error: unknown) => finish(lost('unsupported', String(error))))
    })
  }

  return {
    compile(request) {
      counter++
      const id = counter
      const lost = (reason: End | 'unsupported', message: string): CompileResult => ({
        kind: 'unavailable',
        id,
        reason,
        message,
      })
      return call(request.language, (api) => api.compile({ ...request, id }), lost)
    },
    warm(language) {
      ensureFor(language)
    },
    ask(query) {
      return call<LanguageAnswer>(
        query.language,
        (api) => api.ask(query),
        (_reason, message) => ({ ask: 'unavailable', message }),
      )
    },
    watchToolchain(listener) {
      listeners.add(listener)
      listener(goState)
      return () => listeners.delete(listener)
    },
    dispose() {
      stop('offline', 'The compile worker was closed.')
    },
  }
}

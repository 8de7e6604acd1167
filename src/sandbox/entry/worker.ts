/** The sandbox worker of the browser: guests run here, out of reach of page, network and storage (design 4.5). */
import { expose, transfer } from 'comlink'
import type { RunRequest, RunResult, SandboxWorkerApi } from './api.ts'
import { executeLoaded } from './libraries.ts'
import { warmUp } from './warm-up.ts'

/** What an announcing run posts beside comlink's own messages, which carry an `id` and this does not. */
export type Announcement = { readonly entry: { readonly plugin: string; readonly callback: string } }

/** A job that comes sooner is not made to wait: the worker stays as it is. */
const warmUpAfterMs = 100

const now = (): number => performance.now()
const warmUpTimer = setTimeout(() => warmUp(now), warmUpAfterMs)

const api: SandboxWorkerApi = {
  async run(request: RunRequest, announcing: boolean): Promise<RunResult> {
    clearTimeout(warmUpTimer)
    const result = await executeLoaded(request, {
      now,
      ...(announcing ? { announce: (entry) => self.postMessage({ entry } satisfies Announcement) } : {}),
    })
    return result.kind === 'finished' ? transfer(result, [...result.trace.buffers]) : result
  },
}

expose(api)

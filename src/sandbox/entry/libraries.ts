import { hasLibraries, provideLibraries } from '../host/foreign/libraries.ts'
import { missedParts, type PartName, providePart } from '../upstream/parts.ts'
import type { RunRequest, RunResult } from './api.ts'
import { type Execution, executeRun } from './execute-run.ts'

/** The import that leads to foreign functions, as it stands in a module's bytes. */
const NAME = new TextEncoder().encode('proxy_call_foreign_function')

const loaders: { readonly [Name in PartName]: () => Promise<void> } = {
  httpbin: async () => providePart('httpbin', await import('../upstream/httpbin/extras/all.ts')),
  redis: async () => providePart('redis', await import('../upstream/redis/all.ts')),
  handler: async () => providePart('handler', await (await import('../upstream/handler/engine.ts')).loadEngine()),
}

/**
 * A run with all that it asks for: what it needs by its modules is loaded before; what a service behind the gateway
 * turned out to need is loaded afterwards, and the same run made again.
 */
export async function executeLoaded(request: RunRequest, execution: Execution): Promise<RunResult> {
  await loadLibrariesFor(request)
  const result = executeRun(request, execution)
  const missed = missedParts()
  if (missed.length === 0) return result
  const loaded = await Promise.allSettled(missed.map((name) => loaders[name]()))
  // Offline before it was ever loaded: the run stands as it is, and its answer says what was not there.
  if (loaded.some(({ status }) => status === 'rejected')) return result
  return executeRun(request, execution)
}

/** Loads what the modules of a run can ask for beyond the emulator's own code. Resolves at once when that is nothing. */
async function loadLibrariesFor({ modules }: RunRequest): Promise<void> {
  if (hasLibraries() || !Object.values(modules).some((wasm) => contains(wasm, NAME))) return
  provideLibraries(await import('../host/foreign/with-libraries.ts'))
}

function contains(bytes: Uint8Array, text: Uint8Array): boolean {
  const first = text[0] ?? 0
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (text.every((byte, index) => bytes[at + index] === byte)) return true
  }
  return false
}

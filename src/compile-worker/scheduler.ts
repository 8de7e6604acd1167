import type { CompileRequest, CompileResult, CompileWorkerApi } from './api.ts'

type Waiting = { readonly request: CompileRequest; readonly settle: (result: CompileResult) => void }

/**
 * One compilation at a time, the newest request of a plugin first to count: a waiting older one of the same plugin and
 * mode is answered `superseded` without being compiled, and one under way is answered `superseded` when it ends.
 */
export function scheduleCompiles(
  compile: (request: CompileRequest) => Promise<CompileResult>,
): Pick<CompileWorkerApi, 'compile'> {
  const waiting: Waiting[] = []
  const newest = new Map<string, number>()
  let busy = false

  const key = (request: CompileRequest) => `${request.mode}:${request.plugin}`
  const stale = (request: CompileRequest) => (newest.get(key(request)) ?? request.id) > request.id

  async function work(): Promise<void> {
    busy = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { request, settle } = next
      if (stale(request)) {
        settle({ kind: 'superseded', id: request.id })
        continue
      }
      const result = await compile(request).catch((error: unknown) => failed(request, error))
      settle(stale(request) ? { kind: 'superseded', id: request.id } : result)
      // Lets a newer request that arrived meanwhile be seen before the next one starts.
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    busy = false
  }

  return {
    compile: (request) =>
      new Promise((settle) => {
        newest.set(key(request), Math.max(newest.get(key(request)) ?? request.id, request.id))
        waiting.push({ request, settle })
        if (!busy) void work()
      }),
  }
}

/** A compiler that threw (its code did not load, it ran out of memory): no verdict about the source. */
function failed(request: CompileRequest, error: unknown): CompileResult {
  const message = error instanceof Error ? error.message : String(error)
  const reason = /import|fetch|network|load/i.test(message) ? 'offline' : 'unsupported'
  return { kind: 'unavailable', id: request.id, reason, message }
}

import type { CompileRequest, CompileResult } from './api.ts'
import type { Compiler } from './compilers/outcome.ts'
import { moduleHash } from './module-hash.ts'
import type { GoToolchain } from './toolchains/go/toolchain.ts'

/** Compilers are fetched when their language is first asked for (asc and binaryen are 1.7 MB compressed). */
async function compilerOf(request: CompileRequest, go: () => Promise<GoToolchain>): Promise<Compiler> {
  switch (request.language) {
    case 'assemblyscript':
      return (await import('./compilers/assemblyscript.ts')).compileAssemblyScript
    case 'wat':
      return (await import('./compilers/wat.ts')).compileWat
    case 'go': {
      const toolchain = await go()
      return (input) => toolchain.compile(input, request.sdk)
    }
  }
}

/**
 * Compiles one plugin. `now` is the clock for `milliseconds`, in milliseconds; `go` gives the toolchain of Go, which is
 * found differently in a tab and in Node. Supersession is the caller's.
 */
export async function compile(
  request: CompileRequest,
  now: () => number,
  go: () => Promise<GoToolchain>,
): Promise<CompileResult> {
  const started = now()
  const compiler = await compilerOf(request, go)
  const outcome = await compiler({ sources: request.sources, mode: request.mode })
  if (outcome.kind === 'unavailable') return { ...outcome, id: request.id }
  const shared = { id: request.id, output: outcome.output, milliseconds: now() - started }
  if (outcome.kind === 'rejected') return { kind: 'rejected', errors: outcome.errors, ...shared }
  return {
    kind: 'ok',
    wasm: outcome.wasm,
    sourceMap: outcome.sourceMap,
    hash: await moduleHash(outcome.wasm),
    warnings: outcome.warnings,
    ...shared,
  }
}

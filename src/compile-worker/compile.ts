import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { CompileRequest, CompileResult } from './api.ts'
import { type Compiler, refusal } from './compilers/outcome.ts'

/** Compilers are fetched when their language is first asked for (asc and binaryen are 1.7 MB compressed). */
async function compilerOf(language: CompileRequest['language']): Promise<Compiler> {
  switch (language) {
    case 'assemblyscript':
      return (await import('./compilers/assemblyscript.ts')).compileAssemblyScript
    case 'wat':
      return (await import('./compilers/wat.ts')).compileWat
    case 'go':
      return async () => refusal('PG006', 'Go is not compiled in the tab yet: build it and drop the .wasm here.')
  }
}

/** Compiles one plugin. `now` is the clock for `milliseconds`, in milliseconds. Supersession is the caller's. */
export async function compile(request: CompileRequest, now: () => number): Promise<CompileResult> {
  const started = now()
  const compiler = await compilerOf(request.language)
  const outcome = await compiler({ sources: request.sources, mode: request.mode })
  const shared = { id: request.id, output: outcome.output, milliseconds: now() - started }
  if (outcome.kind === 'rejected') return { kind: 'rejected', errors: outcome.errors, ...shared }
  return {
    kind: 'ok',
    wasm: outcome.wasm,
    sourceMap: outcome.sourceMap,
    hash: outcome.wasm.length === 0 ? '' : bytesToHex(sha256(outcome.wasm)),
    warnings: outcome.warnings,
    ...shared,
  }
}

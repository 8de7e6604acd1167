/** The compilers for Node: CLI, build scripts and tests. The same code and flags as in the tab. */
import type { CompileJob, CompileResult } from './api.ts'
import { compile } from './compile.ts'

let counter = 0

/** Compiles one plugin from its sources (paths inside `plugins/<name>/`). Requests run one after another. */
export function compilePlugin(request: CompileJob): Promise<CompileResult> {
  counter++
  return compile({ ...request, id: counter }, () => performance.now())
}

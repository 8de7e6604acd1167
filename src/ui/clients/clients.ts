import type { CompileWorkerApi } from '../../compile-worker/api.ts'
import type { TraceView } from '../../model/trace.ts'
import type { RunRequest, RunResult, TraceData } from '../../sandbox/entry/api.ts'

/** The emulator as the screen sees it: a run that keeps its deadline, and the reader of its trace. */
export type SandboxClient = {
  run(request: RunRequest): Promise<RunResult>
  open(data: TraceData): TraceView
}

/** The compilers as the screen sees them. Loaded after the first paint. */
export type CompileClient = CompileWorkerApi

let sandbox: Promise<SandboxClient> | undefined
let compiler: Promise<CompileClient> | undefined

/** Starts the sandbox worker on first use. */
export function sandboxClient(): Promise<SandboxClient> {
  sandbox ??= import('./sandbox.ts').then(({ startSandbox }) => startSandbox())
  return sandbox
}

/** Starts the compile worker on first use. */
export function compileClient(): Promise<CompileClient> {
  compiler ??= import('./compiler.ts').then(({ startCompiler }) => startCompiler())
  return compiler
}

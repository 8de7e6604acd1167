import type { CompileClient } from '../../compile-worker/client.ts'
import type { TraceView } from '../../model/trace.ts'
import type { RunRequest, RunResult, TraceData } from '../../sandbox/entry/api.ts'

/** The emulator as the screen sees it: a run that keeps its deadline, and the reader of its trace. */
export type SandboxClient = {
  run(request: RunRequest): Promise<RunResult>
  open(data: TraceData): TraceView
}

let sandbox: Promise<SandboxClient> | undefined
let compiler: Promise<CompileClient> | undefined

/** Starts the sandbox worker on first use. */
export function sandboxClient(): Promise<SandboxClient> {
  sandbox ??= import('./sandbox.ts').then(({ startSandbox }) => startSandbox())
  return sandbox
}

/** Starts the compile worker on first use. */
export function compileClient(): Promise<CompileClient> {
  compiler ??= import('../../compile-worker/client.ts').then(({ createCompileClient }) => createCompileClient())
  return compiler
}

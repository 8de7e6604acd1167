import type { CompileClient } from '../../compile-worker/client.ts'
import type { SandboxClient } from '../../sandbox/entry/client.ts'
import { appStore } from '../store/store.ts'

let sandbox: Promise<SandboxClient> | undefined
let compiler: Promise<CompileClient> | undefined

/** Starts the sandbox worker on first use. */
export function sandboxClient(): Promise<SandboxClient> {
  sandbox ??= import('./sandbox.ts').then(({ startSandbox }) => startSandbox())
  return sandbox
}

/** Go's first build on a slow or busy machine takes its time; beyond this a compiler counts as stuck. */
const compileLimitMs = 90_000

/** Starts the compile worker on first use. */
export function compileClient(): Promise<CompileClient> {
  compiler ??= import('../../compile-worker/client.ts').then(({ createCompileClient }) => {
    const client = createCompileClient(compileLimitMs)
    client.watchToolchain((toolchain) => appStore.setState({ toolchain }))
    return client
  })
  return compiler
}

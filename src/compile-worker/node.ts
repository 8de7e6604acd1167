/** The compilers for Node: CLI, build scripts and tests. The same code and flags as in the tab. */
import type { CompileJob, CompileResult } from './api.ts'
import { compile } from './compile.ts'
import { bundleFolder } from './node-bundle.ts'
import type { GoToolchain } from './toolchains/go/toolchain.ts'

let counter = 0
let toolchain: Promise<GoToolchain> | undefined

function go(): Promise<GoToolchain> {
  toolchain ??= Promise.all([
    import('./toolchains/go/toolchain.ts'),
    import('./toolchains/go/disk-source.node.ts'),
  ]).then(([{ createGoToolchain }, { diskSource }]) => createGoToolchain(diskSource(bundleFolder())))
  return toolchain
}

/** Compiles one plugin from its sources (paths inside `plugins/<name>/`). Requests run one after another. */
export function compilePlugin(request: CompileJob): Promise<CompileResult> {
  counter++
  return compile({ ...request, id: counter }, () => performance.now(), go)
}

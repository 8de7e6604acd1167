import { expose, transfer } from 'comlink'
import type { CompileRequest, CompileWorkerApi } from './api.ts'
import { compile } from './compile.ts'
import { scheduleCompiles } from './scheduler.ts'
import type { GoToolchain } from './toolchains/go/toolchain.ts'

/** The worker's script is in `assets/` of the built site; in development it is where its source is. */
const goBundle = new URL(import.meta.env.DEV ? '/toolchains/go/' : '../toolchains/go/', globalThis.location.href)

let toolchain: Promise<GoToolchain> | undefined

function go(): Promise<GoToolchain> {
  toolchain ??= Promise.all([import('./toolchains/go/toolchain.ts'), import('./toolchains/go/fetch-source.ts')]).then(
    ([{ createGoToolchain }, { fetchSource }]) => createGoToolchain(fetchSource(goBundle)),
  )
  return toolchain
}

const scheduled = scheduleCompiles((request) => compile(request, () => performance.now(), go))

const api: CompileWorkerApi = {
  async compile(request: CompileRequest) {
    const result = await scheduled.compile(request)
    return result.kind === 'ok' && result.wasm.buffer instanceof ArrayBuffer
      ? transfer(result, [result.wasm.buffer])
      : result
  },
  async ask(query) {
    if (query.language === 'go') return (await go()).ask(query)
    return { ask: 'unavailable', message: 'This language has no service in the compile worker.' }
  },
  async watchToolchain(_language, listener) {
    const { watch } = await go()
    watch(listener)
  },
}

expose(api)

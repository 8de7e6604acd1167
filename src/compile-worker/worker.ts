import { expose, transfer } from 'comlink'
import type { CompileRequest, CompileWorkerApi } from './api.ts'
import { compile } from './compile.ts'
import { scheduleCompiles } from './scheduler.ts'

const scheduled = scheduleCompiles((request) => compile(request, () => performance.now()))

const api: CompileWorkerApi = {
  async compile(request: CompileRequest) {
    const result = await scheduled.compile(request)
    return result.kind === 'ok' && result.wasm.buffer instanceof ArrayBuffer
      ? transfer(result, [result.wasm.buffer])
      : result
  },
  async ask() {
    return { ask: 'unavailable', message: 'This language has no service in the compile worker yet.' }
  },
  async watchToolchain(_language, listener) {
    listener({ kind: 'absent', message: 'The Go toolchain is not part of this build yet.' })
  },
}

expose(api)

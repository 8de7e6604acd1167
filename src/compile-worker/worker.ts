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
}

expose(api)

import { u32 } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, hostFunction } from './call.ts'

/** The effective context and odds and ends of module `env` (proxy-wasm-host.md 2.10). */
export const contexts: readonly EnvFunction[] = [
  hostFunction('proxy_set_effective_context', { id: u32 }, {}, (call, { id }) =>
    call.vm.setEffectiveContext(id) ? Status.Ok : call.refuse(Status.BadArgument, { code: 'unknown-context', id }),
  ),
  hostFunction('pthread_equal', { a: u32, b: u32 }, {}, (_call, { a, b }) => (a === b ? 1 : 0), { returns: 'number' }),
  hostFunction('emscripten_notify_memory_growth', { memory: u32 }, {}, () => 0, { returns: 'nothing', inStart: true }),
]

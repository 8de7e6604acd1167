import type { HostFunction } from '../host-function.ts'

/** Answers nothing. */
export const emscriptenNotifyMemoryGrowth: HostFunction = {
  name: 'emscripten_notify_memory_growth',
  plain: ['0'],
  more: [['1'], ['4294967295']],
}

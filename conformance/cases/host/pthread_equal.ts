import type { HostFunction } from '../host-function.ts'

/** For emscripten's threads, of which there are none. */
export const pthreadEqual: HostFunction = {
  name: 'pthread_equal',
  plain: ['7', '7'],
  more: [
    ['7', '8'],
    ['0', '4294967295'],
  ],
}

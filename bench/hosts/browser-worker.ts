/** The measurement of `emulator.ts` in a worker of a page, as the app runs its gateway. Bundled by `browser.mjs`. */
import { measureEmulator } from './emulator.ts'

/** What to measure, for `measureEmulator`; the answer is its `HostTimes`. */
type Task = { readonly wasm: Uint8Array; readonly count: number; readonly rounds: number; readonly record: boolean }

addEventListener('message', ({ data }: MessageEvent<Task>) => {
  postMessage(measureEmulator(data.wasm, data.count, data.rounds, data.record))
})

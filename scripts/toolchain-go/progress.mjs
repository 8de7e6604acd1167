// What the page and the terminal show while the bundle is built: `state.json`, in the words of ToolchainState.
import { writeJson } from './store.mjs'

/** `steps` is the total; each call of the answer ends the step before and begins `step`. */
export function progress(steps, quiet) {
  let done = 0
  return (step) => {
    if (!quiet) console.log(`  ${step} …`)
    writeJson('state.json', { kind: 'building', step, done, total: steps, process: process.pid })
    done += 1
  }
}

export const reportReady = (version) => writeJson('state.json', { kind: 'ready', version })
export const reportAbsent = (message) => writeJson('state.json', { kind: 'absent', message })

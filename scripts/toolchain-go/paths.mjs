import { mkdirSync } from 'node:fs'
import { pathOf } from '../setup/paths.mjs'

/** Everything the toolchain bundle leaves on disk is below here, outside of git. */
export const cacheFolder = pathOf('.cache/toolchain-go')
/** What is served: `manifest.json`, `state.json` and files named after their content. */
export const bundleFolder = `${cacheFolder}/bundle`
/** wasip1 programs as Go's linker wrote them, one folder per key. */
export const programsFolder = `${cacheFolder}/programs`

export function ensureFolders() {
  for (const folder of [bundleFolder, programsFolder]) mkdirSync(folder, { recursive: true })
}

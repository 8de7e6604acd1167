import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Below the project's root in a clone, and below the package's in an installation. */
const PLACES = ['.cache/toolchain-go/bundle', 'dist/web/toolchains/go']

/**
 * Where the Go toolchain's bundle is: PROXYGROUND_TOOLCHAIN_GO, or the first place with a manifest in a folder above this
 * module (it is bundled into `dist/node`, so its own depth is not known).
 */
export function bundleFolder(): string {
  const wanted = process.env.PROXYGROUND_TOOLCHAIN_GO
  if (wanted !== undefined && wanted !== '') return wanted
  const here = dirname(fileURLToPath(import.meta.url))
  let folder = here
  for (let parent = dirname(folder); parent !== folder; parent = dirname(folder)) {
    folder = parent
    for (const place of PLACES) if (existsSync(`${folder}/${place}/manifest.json`)) return `${folder}/${place}`
  }
  return `${here}/${PLACES[0]}`
}

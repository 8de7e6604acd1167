// What the driver reads about packages: `/pkg/index.json` and `/docs/*.json` (src/compile-worker/toolchains/go/driver-protocol.ts).
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { pathOf } from '../setup/paths.mjs'

/** Runs the driver's index tool over the packages as `go list` gave them. Names of `docs` are paths below `/docs`. */
export function packageIndex(go, tool, packages) {
  const folder = mkdtempSync(`${tmpdir()}/proxyground-index-`)
  try {
    const args = ['-out', folder, '-go', go.version, '-styles', pathOf('sdk/go/styles.json')]
    execFileSync(tool, args, { input: packages.map((entry) => JSON.stringify(entry)).join('\n'), stdio: 'pipe' })
    const files = readdirSync(`${folder}/docs`, { recursive: true, withFileTypes: true })
    const docs = files
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`)
      .sort()
      .map((path) => [path.slice(`${folder}/docs/`.length), readFileSync(path)])
    return { index: readFileSync(`${folder}/pkg/index.json`), docs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

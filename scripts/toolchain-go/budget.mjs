// What a visitor loads for Go, and how much that may be.
import { brotliCompressSync, constants } from 'node:zlib'
import { isBuild } from './examples.mjs'

/** In bytes on the wire, of a release bundle (brotli 11). */
export const budget = { beforeFirstRun: 14e6, everything: 20e6 }

/** What plugins on the Higress wrapper import, beside which they seldom need more. */
const wrapperImports =
  /^github\.com\/higress-group\/(?:wasm-go\/pkg\/(?:wrapper|log|matcher)|proxy-wasm-go-sdk\/proxywasm)$/
const programs = ['compile.wasm', 'link.wasm', 'driver.wasm']

/**
 * Bytes on the wire: before the first run of a program on the Higress wrapper that nobody built before (the programs, the
 * exports, the packs with what the wrapper imports, and the manifest, which the service packs as it is asked), and of everything: all that
 * the toolchain ever loads, with the full packs, docs and sources. The modules of the examples are no part of it: who has
 * one waits for nothing else. They are counted by themselves.
 */
export function downloadOf(manifest) {
  const own = brotliCompressSync(JSON.stringify(manifest), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length
  const sum = (files) => files.reduce((total, { compressed }) => total + compressed, 0)
  const needed = new Set([...programs, 'exports.pack', ...packsOf(manifest.packages)])
  const builds = manifest.files.filter(isBuild)
  return {
    beforeFirstRun: own + sum(manifest.files.filter(({ name }) => needed.has(name))),
    everything: own + sum(manifest.files) - sum(builds),
    examples: { count: builds.length, bytes: sum(builds) },
  }
}

function packsOf(packages) {
  const found = new Set()
  const waiting = ['runtime', ...Object.keys(packages).filter((path) => wrapperImports.test(path))]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path) || packages[path] === undefined) continue
    found.add(path)
    waiting.push(...packages[path].imports)
  }
  return [...found].map((path) => packages[path].objects)
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`

/** The sizes of a bundle in a line; of a release bundle, which alone is held to it, beside what they may be. */
export function sizeLine(manifest, release) {
  const { beforeFirstRun, everything, examples } = downloadOf(manifest)
  const of = (bytes, most) =>
    release ? `${megabytes(bytes)} of ${most / 1e6}${bytes > most ? ' (too much)' : ''}` : megabytes(bytes)
  const beside =
    examples.count === 0 ? '' : `; ${examples.count} modules of examples beside it, ${megabytes(examples.bytes)}`
  return `before the first run ${of(beforeFirstRun, budget.beforeFirstRun)}, everything ${of(everything, budget.everything)}${beside}`
}

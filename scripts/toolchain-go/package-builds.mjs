// Whole packages as work for the compiler that runs in the tab: the standard library and the SDK are the Go that is at hand.
import { readFileSync } from 'node:fs'

/**
 * Packages that plugins build upon, with all that they need of the standard library. The rest of it adds 2,000 basic blocks
 * of the compiler to the 104,000 that these run, and takes three times as long.
 */
const roots = ['encoding/json', 'regexp', 'text/template/parse', 'github.com/tidwall/sjson']
const sdk = /^github\.com\/higress-group\//

/** Has parts that the compiler is not given here. */
const isMixed = ({ Standard, SFiles = [], EmbedFiles = [] }) =>
  (Standard === true && SFiles.length > 0) || EmbedFiles.length > 0

function* chosen(packages) {
  const needed = new Set(
    packages.flatMap(({ ImportPath, Deps = [] }) => (roots.includes(ImportPath) ? [ImportPath, ...Deps] : [])),
  )
  for (const entry of packages) {
    const wanted = needed.has(entry.ImportPath) || sdk.test(entry.ImportPath)
    if (wanted && !isMixed(entry) && entry.GoFiles?.length > 0) yield entry
  }
}

/**
 * Arguments of the compiler for each package, and the files that it reads.
 * @param packages  as listPackages gives them
 */
export function* packageBuilds(packages, goVersion) {
  const byPath = new Map(packages.map((entry) => [entry.ImportPath, entry]))
  const vendored = [...byPath.keys()].filter((path) => path.startsWith('vendor/'))
  const maps = vendored.map((path) => `importmap ${path.slice('vendor/'.length)}=${path}`)
  for (const { ImportPath, Dir, GoFiles, Standard, Imports = [] } of chosen(packages)) {
    const files = new Map(GoFiles.map((file) => [`w/${file}`, readFileSync(`${Dir}/${file}`)]))
    const config = [...maps]
    for (const path of Imports) {
      const { Export } = byPath.get(path) ?? {}
      if (Export === undefined) continue
      files.set(`pkg/${path}.a`, readFileSync(Export))
      config.push(`packagefile ${path}=/pkg/${path}.a`)
    }
    files.set('importcfg', Buffer.from(`${config.join('\n')}\n`))
    const fixed = [
      '-dwarf=false',
      '-goversion',
      goVersion,
      '-c=1',
      '-nolocalimports',
      '-importcfg',
      '/importcfg',
      '-pack',
    ]
    const own = Standard === true ? ['-std'] : ['-lang=go1.24', '-complete']
    const args = ['compile', '-o', '/main.a', '-trimpath', '/w=>', '-p', ImportPath, ...own, ...fixed]
    yield { args: [...args, ...GoFiles.map((file) => `/w/${file}`)], files }
  }
}

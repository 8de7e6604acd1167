// `/pkg/index.json` as the driver reads it (src/compile-worker/toolchains/go/driver-protocol.ts, PackageIndex).
import { existsSync, readFileSync } from 'node:fs'
import { pathOf } from '../setup/paths.mjs'

/** What the go.sum files say of the modules' contents, by `path version`. */
function sums(files) {
  const found = new Map()
  for (const file of [...files].filter((path) => existsSync(path))) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [module, version, sum] = line.split(' ')
      if (sum !== undefined && !version.endsWith('/go.mod')) found.set(`${module} ${version}`, sum)
    }
  }
  return found
}

export function packageIndex(go, packages) {
  const ours = packages.flatMap(({ Module }) => (Module?.Main ? [`${Module.Dir}/go.sum`] : []))
  const known = sums(new Set([pathOf('sdk/go/go.work.sum'), ...ours]))
  const modules = {}
  for (const { Module } of packages) {
    if (Module === undefined) continue
    const { Path, Version = '', Main } = Module
    modules[Path] = { version: Main ? '' : Version, sum: Main ? '' : (known.get(`${Path} ${Version}`) ?? '') }
  }
  // Internal packages outside the standard library stay: they are links of the way to the modules that a program uses.
  const kept = packages.filter(
    ({ ImportPath, Standard }) => !Standard || !/(?:^|\/)(?:internal|vendor)(?:\/|$)/.test(ImportPath),
  )
  const listed = kept.map(({ ImportPath, Name, Module, Imports = [] }) => {
    const outside = Imports.filter((path) => path.split('/')[0].includes('.'))
    const imports = outside.length > 0 ? { imports: outside } : {}
    return [ImportPath, { name: Name, ...(Module === undefined ? {} : { module: Module.Path }), ...imports }]
  })
  const styles = Object.values(JSON.parse(readFileSync(pathOf('sdk/go/styles.json'), 'utf8')))
  return Buffer.from(JSON.stringify({ goVersion: go.version, packages: Object.fromEntries(listed), modules, styles }))
}

// Go and the modules in the bundle are under BSD and MIT licences, which go where the programs go.
import { existsSync, readFileSync } from 'node:fs'

/** Pairs of a name and the text, for Go itself and every module that is not ours. */
export function licenseFiles(go, packages) {
  const folders = new Map([['go', go.root]])
  for (const { Module } of packages) {
    if (Module?.Dir !== undefined && Module.Main !== true) folders.set(Module.Path, Module.Dir)
  }
  return [...folders].flatMap(([name, folder]) => {
    const file = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'COPYING'].find((entry) => existsSync(`${folder}/${entry}`))
    return file === undefined ? [] : [[`${name}.txt`, readFileSync(`${folder}/${file}`)]]
  })
}

// Modules of the Go examples, compiled by the bundle itself and laid beside it: who opens an example sees it run at once, and
// the compiler loads behind it. They are known by what they were made of (kept-build.ts): an edit finds none of them.
import { existsSync, readdirSync } from 'node:fs'
import { withOurSources } from '../setup/our-sources.mjs'
import { pathOf } from '../setup/paths.mjs'
import { bundleFolder } from './paths.mjs'
import { folderHash, sha256 } from './programs.mjs'
import { addFile } from './store.mjs'

/** Whether a file of the manifest is the module of an example. */
export const isBuild = ({ name }) => /^build-[0-9a-f]{32}\.pack$/.test(name)

/** Grows with what decides the modules beside the bundle itself. */
export function examplesKey() {
  const folder = pathOf('src/templates')
  const examples = readdirSync(folder).filter((name) => name.startsWith('go-'))
  return sha256(...examples.sort().map((name) => folderHash(`${folder}/${name}`))).slice(0, 32)
}

/** The manifest with the modules of all examples; those that an earlier manifest has are not compiled again. */
export async function withExamples(manifest, before, release) {
  const known = new Map((before?.files ?? []).filter(isBuild).map((file) => [file.name, file]))
  process.env.PROXYGROUND_TOOLCHAIN_GO = bundleFolder
  return await withOurSources(async (load) => {
    const { goSamples, sampleName, buildSample } = await load('/src/cli/go-samples.ts')
    const builds = []
    for (const sample of goSamples()) {
      const name = sampleName(manifest.key, sample)
      const present = known.get(name)
      if (present !== undefined && existsSync(`${bundleFolder}/${present.file}.br`)) builds.push(present)
      else builds.push(await addFile(name, await buildSample(sample), release))
    }
    return {
      ...manifest,
      files: [...manifest.files.filter((file) => !isBuild(file)), ...builds],
      examples: examplesKey(),
    }
  })
}

/** What scripts/toolchain-go/examples.mjs needs of the Go examples and the compiler, in one module. */
import { compilePlugin } from '../compile-worker/node.ts'
import { keptBuildName, packBuild } from '../compile-worker/toolchains/go/kept-build.ts'
import type { GoSdk } from '../model/project/types.ts'
import { loadProject } from '../sandbox/entry/index.ts'
import { goGallery } from '../templates/gallery-go.ts'
import { pluginSources, templateFiles } from '../templates/templates.ts'

export type GoSample = {
  readonly template: string
  readonly plugin: string
  readonly sdk: GoSdk
  readonly sources: Readonly<Record<string, string>>
}

/** Every plugin of every Go example, with the sources that the page gives to the compiler. */
export function goSamples(): readonly GoSample[] {
  return goGallery.flatMap(({ name }) => {
    const files = templateFiles(name)
    const { project } = loadProject(files)
    return [...pluginSources(files)].map(([plugin, all]) => {
      const sources = Object.fromEntries(Object.entries(all).filter(([path]) => path !== 'plugin.yaml'))
      const sdk = project?.plugins.find(({ source }) => source === plugin)?.sdk ?? 'higress'
      return { template: name, plugin, sdk, sources }
    })
  })
}

/** The name under which the page looks for the build of a sample. */
export const sampleName = (bundleKey: string, { sdk, sources }: GoSample): string =>
  keptBuildName(bundleKey, sdk, sources)

/** The build of a sample as the page reads it. Throws when it does not compile. */
export async function buildSample({ plugin, sdk, sources }: GoSample): Promise<Uint8Array> {
  const job = { plugin, language: 'go', sdk, sources } as const
  const checked = await compilePlugin({ ...job, mode: 'check' })
  const built = await compilePlugin({ ...job, mode: 'debug' })
  if (checked.kind !== 'ok') throw new Error(JSON.stringify(checked))
  if (built.kind !== 'ok') throw new Error(JSON.stringify(built))
  const { wasm, output, warnings } = built
  return packBuild({ wasm, output, warnings, checked: checked.warnings })
}

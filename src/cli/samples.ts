/** What scripts/build-samples.mjs needs of the examples and the compiler, in one module. */
import { sdkSources } from '../compile-worker/sdk-sources.ts'
import { gallery } from '../templates/gallery.ts'
import { pluginSources, templateFiles } from '../templates/templates.ts'

export { compilePlugin } from '../compile-worker/node.ts'

export type SamplePlugin = {
  readonly template: string
  readonly plugin: string
  readonly language: 'assemblyscript' | 'wat'
  readonly sources: Readonly<Record<string, string>>
}

/** Every plugin of every example. */
export function samplePlugins(): readonly SamplePlugin[] {
  return gallery.flatMap(({ name }) =>
    [...pluginSources(templateFiles(name))].map(([plugin, sources]) => ({
      template: name,
      plugin,
      language: Object.keys(sources).some((path) => path.endsWith('.wat'))
        ? ('wat' as const)
        : ('assemblyscript' as const),
      sources,
    })),
  )
}

/** Changes whenever the SDK does. */
export const compilerText = (): string => JSON.stringify(sdkSources)

/** What scripts/build-samples.mjs needs of the examples and the compiler, in one module. */
import { sdkSources } from '../compile-worker/sdk-sources.ts'
import { executeRun } from '../sandbox/entry/index.ts'
import { packRun } from '../sandbox/entry/shipped-run.ts'
import { defaultTemplate, gallery } from '../templates/gallery.ts'
import { pluginSources, templateFiles } from '../templates/templates.ts'

export { compilePlugin } from '../compile-worker/node.ts'

export type SamplePlugin = {
  readonly template: string
  readonly plugin: string
  readonly language: 'assemblyscript' | 'wat'
  readonly sources: Readonly<Record<string, string>>
}

/** Every plugin of every example, but for those in Go: the page compiles them, their modules are large. */
export function samplePlugins(): readonly SamplePlugin[] {
  return gallery.flatMap(({ name, language }) =>
    language === 'go'
      ? []
      : [...pluginSources(templateFiles(name))].map(([plugin, sources]) => ({
          template: name,
          plugin,
          language: Object.keys(sources).some((path) => path.endsWith('.wat'))
            ? ('wat' as const)
            : ('assemblyscript' as const),
          sources,
        })),
  )
}

/** The run that the first paint shows, of the default example, as text. */
export function shippedRun(modules: Readonly<Record<string, Uint8Array>>): {
  readonly template: string
  readonly text: string
} {
  const files = templateFiles(defaultTemplate)
  const file = Object.keys(files).find((path) => path.startsWith('scenarios/')) ?? ''
  const result = executeRun({ files, modules, scenario: { file } }, { now: () => performance.now() })
  if (result.kind !== 'finished') throw new Error(`The default example does not run: ${JSON.stringify(result)}`)
  return { template: defaultTemplate, text: packRun(result) }
}

/** The example whose run is shipped. */
export { defaultTemplate } from '../templates/gallery.ts'

/** Changes whenever the SDK does. */
export const compilerText = (): string => JSON.stringify(sdkSources)

/// <reference types="vite/client" />
import type { TemplateName } from './gallery.ts'

const texts: Record<string, string> = import.meta.glob(
  ['./*/proxyground.yaml', './*/plugins/**/*', './*/scenarios/*.yaml', './*/services/*'],
  { query: '?raw', import: 'default', eager: true },
)

/** The files of an example's project by path, e.g. `plugins/hello/plugin.ts`; the project file first. */
export function templateFiles(name: TemplateName): Readonly<Record<string, string>> {
  const root = `./${name}/`
  const files = Object.entries(texts).filter(([path]) => path.startsWith(root))
  const depth = (path: string) => (path.endsWith('/proxyground.yaml') ? 0 : path.includes('/plugins/') ? 1 : 2)
  return Object.fromEntries(
    files
      .sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1))
      .map(([path, text]) => [path.slice(root.length), text]),
  )
}

/** Sources of each plugin folder of a project, by path inside it. */
export function pluginSources(files: Readonly<Record<string, string>>): Map<string, Record<string, string>> {
  const plugins = new Map<string, Record<string, string>>()
  for (const [path, text] of Object.entries(files)) {
    const [, plugin, inside] = /^plugins\/([^/]+)\/(.+)$/.exec(path) ?? []
    if (plugin === undefined || inside === undefined) continue
    plugins.set(plugin, { ...plugins.get(plugin), [inside]: text })
  }
  return plugins
}

const modules = import.meta.glob<string>('./generated/*/*.wasm', {
  query: '?url',
  import: 'default',
  eager: true,
})
const runs = import.meta.glob<string>('./generated/*/run.json', { query: '?raw', import: 'default' })

/** The finished run of the default example as text (`unpackRun`), made with its modules; undefined for the others. */
export async function shippedRun(name: TemplateName): Promise<string | undefined> {
  return await runs[`./generated/${name}/run.json`]?.()
}

/** Address of the debug build of an example's plugin, made by scripts/build-samples.mjs; undefined if it was not run. */
export function prebuiltModule(name: TemplateName, plugin: string): string | undefined {
  return modules[`./generated/${name}/${plugin}.wasm`]
}

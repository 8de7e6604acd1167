import type { PluginSources } from '../../compile-worker/api.ts'
import { type PluginFolder, sdkOfPlugin } from '../store/project.ts'
import { getApp } from '../store/store.ts'

/** Sources by path inside the plugin's folder, without its configuration. A Go plugin may embed any file. */
export function sourcesOf({ name, language, paths }: PluginFolder): Readonly<Record<string, string>> {
  const { files } = getApp().project
  const prefix = `plugins/${name}/`
  const wanted = language === 'go' ? /(?<!^plugin\.ya?ml)$/ : /\.(?:ts|wat|json)$/
  const own = paths.filter((path) => path in files && wanted.test(path.slice(prefix.length)))
  return Object.fromEntries(own.map((path) => [path.slice(prefix.length), files[path] ?? '']))
}

/** What a compiler takes of a plugin; undefined for languages that are not compiled here. */
export function compilable(plugin: PluginFolder): PluginSources | undefined {
  const { name, language } = plugin
  switch (language) {
    case 'assemblyscript':
    case 'wat':
      return { plugin: name, language, sources: sourcesOf(plugin) }
    case 'go': {
      const sdk = sdkOfPlugin(getApp().project.files, name)
      return { plugin: name, language, sdk, sources: sourcesOf(plugin) }
    }
    case 'rust':
    case 'cpp':
    case 'wasm':
    case 'none':
      return undefined
  }
}

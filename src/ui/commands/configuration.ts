import { configSkeleton, goConfigKeys } from '../../model/import/go-config.ts'
import { getApp } from '../store/store.ts'
import { currentText } from '../text.ts'
import { openFile } from './files.ts'
import { newFile } from './tree.ts'

/** The file of a plugin's folder that configures it. */
export const pluginFile = 'plugin.yaml'

/** A plugin's configuration to fill in: what its Go sources read of it stands there as comments. */
export function configFor(sources: Readonly<Record<string, string>>): string {
  const go = Object.entries(sources).filter(([path]) => path.endsWith('.go'))
  const about = currentText()('ui.files.configAbout', { files: go.map(([path]) => path).join(', ') })
  return configSkeleton(goConfigKeys(go.map(([, text]) => text).join('\n')), about)
}

/** Where a plugin's configuration is written. */
export const configPath = (plugin: string): string => `plugins/${plugin}/${pluginFile}`

/** Opens a plugin's configuration, which is written first if there is none. */
export function openConfiguration(plugin: string): void {
  const path = configPath(plugin)
  const { files } = getApp().project
  if (path in files) {
    openFile(path)
    return
  }
  const folder = `plugins/${plugin}/`
  const own = Object.entries(files).filter(([file]) => file.startsWith(folder))
  newFile(path, configFor(Object.fromEntries(own.map(([file, text]) => [file.slice(folder.length), text]))))
}

import { pluginFolders } from '../store/project.ts'
import { getApp, setProject } from '../store/store.ts'
import { currentText } from '../text.ts'
import { openFile } from './files.ts'
import { notifyChange, snapshot } from './notice.ts'
import { type StarterLanguage, starterFiles } from './starters.ts'
import { change, moveAll, type PathProblem, removeAll } from './tree.ts'

/** Plugin names go into YAML, folders and lane headers. */
export function pluginNameProblem(name: string): PathProblem | undefined {
  if (name === '') return 'empty'
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) return 'characters'
  return pluginFolders(getApp().project).some((plugin) => plugin.name === name) ? 'taken' : undefined
}

/** A free name for a plugin, like the one wished for. */
export function freePluginName(wished: string): string {
  if (pluginNameProblem(wished) === undefined) return wished
  for (let number = 2; ; number += 1)
    if (pluginNameProblem(`${wished}-${number}`) === undefined) return `${wished}-${number}`
}

/** Adds a plugin with its first file and names it in `proxyground.yaml`. */
export async function newPlugin(
  name: string,
  starter: StarterLanguage,
  files: Readonly<Record<string, string>> = starterFiles(name, starter),
): Promise<void> {
  const { addPlugin } = await import('./project-yaml.ts')
  const { project } = getApp()
  const yaml = addPlugin(
    project.files['proxyground.yaml'] ?? 'version: 1\n',
    name,
    starter.language,
    'sdk' in starter ? starter.sdk : undefined,
  )
  const added = Object.fromEntries(Object.entries(files).map(([path, text]) => [`plugins/${name}/${path}`, text]))
  change({ ...project.files, 'proxyground.yaml': yaml, ...added })
  const main = pluginFolders(getApp().project).find((plugin) => plugin.name === name)?.main
  if (main !== undefined && main in getApp().project.files) openFile(main)
}

/** A dropped or chosen module becomes a plugin of language `wasm`; dropped on an existing one it replaces its module. */
export async function uploadModule(name: string, bytes: Uint8Array): Promise<void> {
  const { addPlugin } = await import('./project-yaml.ts')
  const { project } = getApp()
  const before = snapshot()
  const known = pluginFolders(project).some((plugin) => plugin.name === name)
  const yaml = project.files['proxyground.yaml'] ?? 'version: 1\n'
  setProject({ binaries: { ...project.binaries, [`plugins/${name}/plugin.wasm`]: bytes } })
  change(known ? project.files : { ...project.files, 'proxyground.yaml': addPlugin(yaml, name, 'wasm') })
  notifyChange(currentText()(known ? 'ui.notice.replaced' : 'ui.notice.added', { name }), before)
}

export async function renamePluginTo(from: string, to: string): Promise<void> {
  const { renamePlugin } = await import('./project-yaml.ts')
  const { files } = getApp().project
  const yaml = files['proxyground.yaml']
  if (yaml !== undefined) change({ ...files, 'proxyground.yaml': renamePlugin(yaml, from, to) })
  moveAll((path) => (path.startsWith(`plugins/${from}/`) ? `plugins/${to}/${path.slice(from.length + 9)}` : path))
}

export async function deletePlugin(name: string): Promise<void> {
  const { removePlugin } = await import('./project-yaml.ts')
  const before = snapshot()
  const { files } = getApp().project
  const yaml = files['proxyground.yaml']
  if (yaml !== undefined) change({ ...files, 'proxyground.yaml': removePlugin(yaml, name) })
  removeAll((path) => path.startsWith(`plugins/${name}/`))
  notifyChange(currentText()('ui.notice.deleted', { name }), before)
}

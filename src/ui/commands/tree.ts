import type { GoSdk } from '../../compile-worker/api.ts'
import { configSkeleton, goConfigKeys, parsesConfig } from '../../model/import/go-config.ts'
import { pluginFolders } from '../store/project.ts'
import { getApp, setProject } from '../store/store.ts'
import { currentText } from '../text.ts'
import { openFile } from './files.ts'
import { notifyChange, snapshot } from './notice.ts'
import { newProject } from './projects.ts'
import { type StarterLanguage, starterFiles } from './starters.ts'

export type PathProblem = 'empty' | 'taken' | 'characters'

/** Whether a file may have this path. Slashes make folders. */
export function pathProblem(path: string): PathProblem | undefined {
  const { files, binaries } = getApp().project
  if (path.trim() === '') return 'empty'
  if (!/^[\w@.+-]+(?:\/[\w@.+-]+)*$/.test(path) || path.split('/').includes('..')) return 'characters'
  return path in files || path in binaries ? 'taken' : undefined
}

/** Plugin names go into YAML, folders and lane headers. */
export function pluginNameProblem(name: string): PathProblem | undefined {
  if (name === '') return 'empty'
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) return 'characters'
  return pluginFolders(getApp().project).some((plugin) => plugin.name === name) ? 'taken' : undefined
}

export function newFile(path: string, text = ''): void {
  change({ ...getApp().project.files, [path]: text })
  openFile(path)
}

export function renameFile(from: string, to: string): void {
  moveAll((path) => (path === from ? to : path))
}

export function deleteFile(path: string): void {
  const before = snapshot()
  removeAll((other) => other === path)
  notifyChange(currentText()('ui.notice.deleted', { name: path }), before)
}

/** A free name for a plugin, like the one wished for. */
export function freePluginName(wished: string): string {
  if (pluginNameProblem(wished) === undefined) return wished
  for (let number = 2; ; number += 1)
    if (pluginNameProblem(`${wished}-${number}`) === undefined) return `${wished}-${number}`
}

/**
 * Adds a Go program as a plugin: behind the plugins of a project that somebody works on, else in a new one, for an
 * example that nobody touched is in its way.
 */
export async function addGoProgram(name: string, sdk: GoSdk, text: string): Promise<void> {
  if (!getApp().project.touched) await newProject()
  const wanted = parsesConfig(text) ? { [pluginFile]: configFor({ 'main.go': text }) } : {}
  await newPlugin(name, { language: 'go', sdk }, { 'main.go': text, ...wanted })
}

const pluginFile = 'plugin.yaml'

/** A plugin's configuration to fill in: what its Go sources read of it stands there as comments. */
function configFor(sources: Readonly<Record<string, string>>): string {
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

function change(files: Readonly<Record<string, string>>): void {
  setProject({ files, revision: getApp().project.revision + 1, touched: true, saved: 'unsaved' })
}

function moveAll(to: (path: string) => string): void {
  const { project } = getApp()
  const move = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).map(([path, value]) => [to(path), value]))
  setProject({
    binaries: move(project.binaries),
    tabs: project.tabs.map(to),
    active: project.active === undefined ? undefined : to(project.active),
  })
  change(move(project.files))
}

function removeAll(gone: (path: string) => boolean): void {
  const { project } = getApp()
  const keep = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !gone(path)))
  const tabs = project.tabs.filter((path) => !gone(path))
  const active = project.active !== undefined && gone(project.active) ? tabs.at(-1) : project.active
  setProject({ binaries: keep(project.binaries), tabs, active })
  change(keep(project.files))
}

/** Writes several files at once, with the way back in the notice. */
export function applyFiles(files: Readonly<Record<string, string>>, told: string): void {
  const before = snapshot()
  change({ ...getApp().project.files, ...files })
  notifyChange(told, before)
}

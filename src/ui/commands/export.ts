import { goModFile } from '../../model/go/go-module.ts'
import type { RunReport } from '../../model/report.ts'
import { compileClient } from '../clients/clients.ts'
import { type PluginFolder, pluginFolders, projectTitle } from '../store/project.ts'
import { getApp } from '../store/store.ts'
import { currentText } from '../text.ts'
import { dismissNotice, notify } from './notice.ts'
import { compilable, sourcesOf } from './plugin-sources.ts'

/** The project folder as a zip, uploaded modules included; the CLI runs it after unpacking. */
export async function exportZip(): Promise<void> {
  const { zipSync, strToU8 } = await import('fflate')
  const { files, binaries } = getApp().project
  const entries: Record<string, Uint8Array> = { ...binaries }
  for (const [path, text] of Object.entries(files)) entries[path] = strToU8(text)
  for (const [path, text] of Object.entries(missingGoModules())) entries[path] = strToU8(text)
  download(`${fileName()}.zip`, new Blob([new Uint8Array(zipSync(entries))], { type: 'application/zip' }))
}

/** `go.mod` of each Go plugin that has none, with the real modules: outside of here, go wants one. */
function missingGoModules(): Readonly<Record<string, string>> {
  const { project } = getApp()
  const without = pluginFolders(project).filter(
    ({ name, language }) => language === 'go' && !(`plugins/${name}/go.mod` in project.files),
  )
  return Object.fromEntries(
    without.map((plugin) => [`plugins/${plugin.name}/go.mod`, goModFile(plugin.name, sourcesOf(plugin))]),
  )
}

/** The run report of the design for the run on the screen. */
export function exportReport(): void {
  const shown = getApp().run.shown
  if (shown === undefined) return
  const { report } = shown.result
  const whole: RunReport = { version: 1, passed: report.passed, scenarios: [report] }
  download(`${fileName()}-run.json`, new Blob([JSON.stringify(whole, null, 2)], { type: 'application/json' }))
}

/** Plugins whose module is built here: the ones that can be built optimised. */
export const canBuildModules = (plugin: PluginFolder): boolean => compilable(plugin) !== undefined

/** Each plugin's module as one would deploy it: optimised, without debug names, as `NAME.wasm`. */
export async function exportModules(): Promise<void> {
  for (const plugin of pluginFolders(getApp().project).filter(canBuildModules)) await exportModule(plugin)
}

async function exportModule(plugin: PluginFolder): Promise<void> {
  const { name } = plugin
  const job = compilable(plugin)
  if (job === undefined) return
  const t = currentText()
  notify(t('ui.notice.optimising', { name }))
  const client = await compileClient()
  const result = await client.compile({ ...job, mode: 'release' })
  if (result.kind !== 'ok') return notify(t('ui.notice.notOptimised', { name }))
  download(`${name}.wasm`, new Blob([new Uint8Array(result.wasm)], { type: 'application/wasm' }))
  dismissNotice()
}

function fileName(): string {
  const title = projectTitle(getApp().project.files)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  return title.replace(/^-|-$/g, '') || 'proxyground'
}

function download(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

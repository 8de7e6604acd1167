import { getApp } from '../store/store.ts'
import { currentText } from '../text.ts'
import { offerProject } from './links.ts'
import { notify } from './notice.ts'
import { freePluginName, pluginNameProblem, uploadModule } from './plugins.ts'
import { openOverlay } from './view.ts'

/** Larger files are refused before they are read. */
const maxFileBytes = 64 * 1024 * 1024
const maxTextBytes = 4 * 1024 * 1024

/** Files dropped, pasted or chosen: modules become plugins, a zip a project, text goes to the import sheet. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  for (const file of files) await takeFile(file)
}

async function takeFile(file: File): Promise<void> {
  const t = currentText()
  if (file.size > maxFileBytes) return notify(t('ui.drop.tooLarge', { name: file.name }))
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (isWasm(bytes) || /\.wasm$/i.test(file.name)) return uploadModule(moduleName(file.name), bytes)
  if (/\.zip$/i.test(file.name)) return takeZip(file.name, bytes)
  const text = textOf(bytes)
  if (text === undefined || bytes.length > maxTextBytes) return notify(t('ui.drop.unknown', { name: file.name }))
  openOverlay({ kind: 'import', text, name: file.name })
}

const isWasm = (bytes: Uint8Array) => bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d

/** Undefined for what is no UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A plugin name from a file name. `main.wasm` and `plugin.wasm` say nothing: the only uploaded plugin is meant, else a new name. */
function moduleName(file: string): string {
  const stem = file
    .replace(/\.wasm$/i, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
  const name = stem === '' ? 'plugin' : stem
  if (pluginNameProblem(name) !== 'taken') return name
  const known = `plugins/${name}/plugin.wasm` in getApp().project.binaries
  return known ? name : freePluginName(name)
}

/** A project folder as zip; a single folder at the top is taken off. Binaries other than modules are left out. */
async function takeZip(name: string, bytes: Uint8Array): Promise<void> {
  const { unzipSync } = await import('fflate')
  const t = currentText()
  let total = 0
  try {
    const entries = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize
        return total <= maxTextBytes
      },
    })
    const files: Record<string, string> = {}
    const top =
      /^[^/]+\/(?=proxyground\.yaml$)/.exec(
        Object.keys(entries).find((path) => path.endsWith('proxyground.yaml')) ?? '',
      )?.[0] ?? ''
    for (const [path, content] of Object.entries(entries)) {
      const text = textOf(content)
      if (path.startsWith(top) && !path.endsWith('/') && text !== undefined) files[path.slice(top.length)] = text
    }
    if (!('proxyground.yaml' in files)) return notify(t('ui.drop.noProject', { name }))
    offerProject(files)
  } catch {
    notify(t('ui.drop.unknown', { name }))
  }
}

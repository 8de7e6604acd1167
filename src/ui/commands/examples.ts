import type { TemplateName } from '../../templates/gallery.ts'
import { prebuiltModule, templateFiles } from '../../templates/templates.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { pluginFolders } from '../store/project.ts'
import { openProject } from './files.ts'
import { runNow } from './run.ts'

/** Opens an example with its shipped modules, so that its run is there before any compiler. */
export async function openExample(name: TemplateName): Promise<void> {
  const files = templateFiles(name)
  const plugins = pluginFolders({ files, binaries: {} })
  const fetched = await Promise.all(
    plugins.map(async (plugin) => [plugin.name, await fetchModule(prebuiltModule(name, plugin.name))] as const),
  )
  const prebuilt: Record<string, { wasm: Uint8Array; hash: string }> = {}
  for (const [plugin, wasm] of fetched) {
    if (wasm !== undefined) prebuilt[plugin] = { wasm, hash: fingerprint({ name, plugin }) }
  }
  openProject(files, { prebuilt })
}

/** The same, and runs it. */
export async function runExample(name: TemplateName): Promise<void> {
  await openExample(name)
  await runNow()
}

/** Undefined when the samples were not built or cannot be reached: the compiler then makes the module. */
async function fetchModule(url: string | undefined): Promise<Uint8Array | undefined> {
  if (url === undefined) return undefined
  try {
    const response = await fetch(url)
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined
  } catch {
    return undefined
  }
}

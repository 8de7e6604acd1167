import type { ProjectFiles } from '../../sandbox/entry/api.ts'
import type { TemplateName } from '../../templates/gallery.ts'
import { prebuiltModule, shippedRun, templateFiles } from '../../templates/templates.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { pluginFolders, scenarioPaths } from '../store/project.ts'
import { getApp } from '../store/store.ts'
import { buildChanged, resetBuilds } from './build.ts'
import { openProject } from './files.ts'
import { buildAndRun } from './live.ts'
import { showFinished } from './run.ts'
import { whenIdle } from './when-idle.ts'

/** Opens an example with its shipped modules, so that its run is there before any compiler. */
async function openExample(name: TemplateName): Promise<void> {
  const files = templateFiles(name)
  openProject(files, { prebuilt: await fetchModules(name, files) })
}

/**
 * The first paint: the example beside the run that was shipped with it; emulator and modules come behind it.
 * Answers false when no run was shipped, or it cannot be reached.
 */
export async function openShipped(name: TemplateName): Promise<boolean> {
  const files = templateFiles(name)
  openProject(files)
  const file = scenarioPaths(files)[0]
  const text = await shippedRun(name).catch(() => undefined)
  if (text === undefined || file === undefined) return false
  const { unpackRun } = await import('../../sandbox/entry/shipped-run.ts')
  const { result, trace } = unpackRun(text)
  showFinished({ file }, result, trace)
  return true
}

/** The modules of an example that is open and unchanged: runs then need no compiler. */
export async function loadModules(name: TemplateName): Promise<void> {
  const { id, files } = getApp().project
  const prebuilt = await fetchModules(name, files)
  const { project } = getApp()
  if (project.id === id && project.files === files) resetBuilds(prebuilt)
}

async function fetchModules(
  name: TemplateName,
  files: ProjectFiles,
): Promise<Record<string, { wasm: Uint8Array; hash: string }>> {
  const modules: Record<string, { wasm: Uint8Array; hash: string }> = {}
  await Promise.all(
    pluginFolders({ files, binaries: {} }).map(async ({ name: plugin }) => {
      const wasm = await fetchModule(prebuiltModule(name, plugin))
      if (wasm !== undefined) modules[plugin] = { wasm, hash: fingerprint({ name, plugin }) }
    }),
  )
  return modules
}

/** The same, and runs it; what was not shipped as a module (Go) is compiled first, source maps come behind. */
export async function runExample(name: TemplateName): Promise<void> {
  await openExample(name)
  await buildAndRun()
  whenIdle(() => void buildChanged({ again: 'unmapped' }))
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

import type { ProjectFiles } from '../../sandbox/entry/api.ts'
import { pluginFolders, scenarioPaths } from '../store/project.ts'
import { getApp, setProject, setRun, setView } from '../store/store.ts'
import { resetBuilds } from './build.ts'

/** New text of one file. Equal text changes nothing, so that an echo of the editor starts no run. */
export function setText(path: string, text: string): void {
  const { project } = getApp()
  if (project.files[path] === text) return
  changeFiles({ ...project.files, [path]: text })
}

export function openFile(path: string): void {
  const { project } = getApp()
  const tabs = project.tabs.includes(path) ? project.tabs : [...project.tabs, path]
  setProject({ tabs, active: path })
  setView({ narrow: 'editor', phone: 'code', drawer: false })
}

export function closeTab(path: string): void {
  const { project } = getApp()
  const index = project.tabs.indexOf(path)
  const tabs = project.tabs.filter((tab) => tab !== path)
  const active = project.active === path ? (tabs[Math.min(index, tabs.length - 1)] ?? undefined) : project.active
  setProject({ tabs, active })
}

export type OpenOptions = {
  readonly id?: string
  readonly binaries?: Readonly<Record<string, Uint8Array>>
  /** Modules shipped with it, by plugin, so that it runs before any compiler has loaded. */
  readonly prebuilt?: Readonly<Record<string, { readonly wasm: Uint8Array; readonly hash: string }>>
  readonly touched?: boolean
  readonly tabs?: readonly string[]
  readonly active?: string | undefined
}

/** Takes over a whole project: from a link, an example, a folder or local save. */
export function openProject(files: ProjectFiles, options: OpenOptions = {}): void {
  const binaries = options.binaries ?? {}
  const first = pluginFolders({ files, binaries }).find(({ main }) => main in files)?.main
  const tabs = options.tabs?.filter((path) => path in files) ?? []
  const active = [options.active, tabs[0], first, scenarioPaths(files)[0], Object.keys(files)[0]].find(
    (path) => path !== undefined && path in files,
  )
  setProject({
    id: options.id ?? newProjectId(),
    files,
    binaries,
    tabs: active === undefined || tabs.includes(active) ? tabs : [...tabs, active],
    active,
    revision: getApp().project.revision + 1,
    touched: options.touched ?? false,
    saved: 'saved',
  })
  resetBuilds(options.prebuilt ?? {})
  setRun({ job: { kind: 'idle' }, shown: undefined })
  setView({
    notice: undefined,
    scenario: undefined,
    step: undefined,
    stream: undefined,
    distance: undefined,
    event: undefined,
  })
}

/** Every change of text goes through here, so that revision and save state cannot be forgotten. */
export function changeFiles(files: ProjectFiles): void {
  const { project } = getApp()
  setProject({ files, revision: project.revision + 1, touched: true, saved: 'unsaved' })
}

/** Unique enough within one browser; not shown and not shared. */
export function newProjectId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

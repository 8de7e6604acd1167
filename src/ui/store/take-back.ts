import type { ProjectState } from './project.ts'

/** What a change of files can be taken back to. */
export type FilesState = Pick<ProjectState, 'id' | 'files' | 'binaries' | 'tabs' | 'active'>

/** One change of files: how it was before and after. */
export type FilesChange = { readonly before: FilesState; readonly after: FilesState }

/**
 * The project without this change. Files that were written since keep what was written, and another project is left
 * alone: taking back never loses what somebody typed. `undefined`: there is nothing to take back here.
 */
export function takenBack(now: FilesState, { before, after }: FilesChange): FilesState | undefined {
  if (now.id !== before.id) return undefined
  const files = restored(now.files, before.files, after.files)
  const binaries = restored(now.binaries, before.binaries, after.binaries)
  const exists = (path: string) => path in files || path in binaries
  const tabs = [...new Set([...now.tabs, ...before.tabs])].filter(exists)
  const active = before.active !== undefined && exists(before.active) ? before.active : now.active
  return { id: now.id, files, binaries, tabs, active }
}

function restored<T>(
  now: Readonly<Record<string, T>>,
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)])
  const changed = [...paths].filter((path) => before[path] !== after[path] && now[path] === after[path])
  const kept = Object.entries(now).filter(([path]) => !changed.includes(path))
  const back = changed.flatMap((path) => {
    const value = before[path]
    return value === undefined ? [] : [[path, value] as const]
  })
  return Object.fromEntries([...kept, ...back])
}

import type { BuildJob } from './build.ts'
import { scenarioPaths } from './project.ts'
import type { AppState } from './store.ts'

/** The run on the screen was made from other text than what is in the editor now. */
export const isOutOfDate = ({ run, project }: AppState): boolean =>
  run.shown !== undefined && run.shown.revision !== project.revision

export const isCompiling = ({ build }: AppState): boolean =>
  Object.values(build).some(({ job }) => job.kind === 'compiling')

/** Name of the first plugin whose newest source does not compile. */
export const brokenPlugin = ({ build }: AppState): string | undefined =>
  Object.entries(build).find(([, { job }]) => job.kind === 'rejected')?.[0]

/** The first plugin that no compiler would build now, and why: a toolchain that is not to be had, a worker that ended. */
export const unbuiltPlugin = ({
  build,
}: AppState): { readonly plugin: string; readonly job: UnbuiltJob } | undefined => {
  for (const [plugin, { job }] of Object.entries(build)) {
    const known = unbuilt.get(job)
    if (known !== undefined) return known
    if (job.kind !== 'unavailable') continue
    const found = { plugin, job }
    unbuilt.set(job, found)
    return found
  }
  return undefined
}

type UnbuiltJob = Extract<BuildJob, { readonly kind: 'unavailable' }>
/** The same object for the same job, as selectors must. */
const unbuilt = new WeakMap<BuildJob, { readonly plugin: string; readonly job: UnbuiltJob }>()

/** The scenario that Run runs: the chosen one if it still exists, else the first. */
export function currentScenario({ project, view }: AppState): string | undefined {
  const paths = scenarioPaths(project.files)
  return view.scenario !== undefined && paths.includes(view.scenario) ? view.scenario : paths[0]
}

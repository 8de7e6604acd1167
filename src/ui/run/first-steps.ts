import type { ToolchainState } from '../../compile-worker/toolchain-state.ts'
import type { BuildJob } from '../store/build.ts'

export type FirstStep = {
  readonly name: 'toolchain' | 'check' | 'compile' | 'request'
  readonly state: 'done' | 'now' | 'later'
}

/**
 * The way from sources to the first run, and how far it is. Only what is known is called done: a toolchain is there when
 * it says so, types are right when the build has begun.
 * @param toolchain of a language that brings one into the tab (Go); undefined for the others
 */
export function firstSteps(job: BuildJob, toolchain: ToolchainState | undefined): readonly FirstStep[] {
  const names: FirstStep['name'][] =
    toolchain === undefined ? ['compile', 'request'] : ['toolchain', 'check', 'compile', 'request']
  const now = names.indexOf(current(job, toolchain))
  return names.map((name, index) => ({ name, state: index < now ? 'done' : index === now ? 'now' : 'later' }))
}

function current(job: BuildJob, toolchain: ToolchainState | undefined): FirstStep['name'] {
  if (job.kind !== 'compiling') return 'request'
  if (job.step === 'compiling') return 'compile'
  return toolchain?.kind === 'ready' ? 'check' : 'toolchain'
}

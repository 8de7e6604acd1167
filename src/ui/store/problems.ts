import type { Diagnostic } from '../../model/diagnostic.ts'
import type { ProjectProblem } from '../../sandbox/entry/api.ts'
import type { BuildState } from './build.ts'
import type { ProjectState } from './project.ts'
import type { RunJob } from './run.ts'
import type { AppState } from './store.ts'

/** One line of the Problems list and one marker in the editor. */
export type Problem = ({ readonly from: 'compiler' } & Diagnostic) | ({ readonly from: 'project' } & ProjectProblem)

type Inputs = {
  readonly build: BuildState
  readonly job: RunJob
  readonly files: ProjectState['files']
  readonly live: ProjectState['problems']
}
let last: { readonly inputs: Inputs; readonly problems: readonly Problem[] } | undefined

/** Compiler messages and the loader's problems, errors first. The list is the same object until something changed. */
export function problems({ build, run, project }: AppState): readonly Problem[] {
  const inputs: Inputs = { build, job: run.job, files: project.files, live: project.problems }
  if (last !== undefined && sameInputs(last.inputs, inputs)) return last.problems
  const found = [...compilerProblems(inputs), ...projectProblems(inputs)]
  found.sort((a, b) => rank(a) - rank(b) || a.file.localeCompare(b.file) || a.line - b.line)
  last = { inputs, problems: found }
  return found
}

const rank = ({ severity }: Problem) => (severity === 'error' ? 0 : 1)

function compilerProblems({ build, files }: Inputs): readonly Problem[] {
  return Object.entries(build).flatMap(([plugin, { job }]) => {
    const diagnostics = job.kind === 'rejected' ? job.errors : job.kind === 'ok' ? job.warnings : []
    return diagnostics.map((diagnostic) => fromDiagnostic(plugin, diagnostic, files))
  })
}

function fromDiagnostic(plugin: string, diagnostic: Diagnostic, files: ProjectState['files']): Problem {
  const own = `plugins/${plugin}/${diagnostic.file}`
  // What is about the plugin as a whole has no file.
  const file = diagnostic.file === '' ? `plugins/${plugin}` : own in files ? own : diagnostic.file
  const fixes = diagnostic.fixes?.map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) => ({ ...edit, file: `plugins/${plugin}/${edit.file}` })),
  }))
  return { ...diagnostic, file, ...(fixes === undefined ? {} : { fixes }), from: 'compiler' }
}

const sameInputs = (a: Inputs, b: Inputs): boolean =>
  a.build === b.build && a.job === b.job && a.files === b.files && a.live === b.live

/** The loader's, and of a refused run those it does not know (a scenario typed into the composer or the terminal). */
function projectProblems({ job, files, live }: Inputs): readonly Problem[] {
  const refused = job.kind === 'invalid' ? job.problems.filter(({ file }) => !(file in files)) : []
  return [...live, ...refused].map((problem): Problem => ({ ...problem, from: 'project' }))
}

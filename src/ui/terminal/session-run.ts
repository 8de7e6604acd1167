import type { ProjectProblem } from '../../model/project/problem.ts'
import { buildChanged, printOf } from '../commands/build.ts'
import { openFile, setText } from '../commands/files.ts'
import { compilable } from '../commands/plugin-sources.ts'
import { runScenario } from '../commands/run.ts'
import { pluginFolders } from '../store/project.ts'
import { getApp, setView } from '../store/store.ts'
import { currentProblemText, currentText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { Say } from './console.ts'
import { type SessionStep, sessionScenario } from './shell/session.ts'

const SESSION = 'terminal session'
/** What was typed so far is one scenario: each command runs all of it again, so that state carries over. */
let steps: readonly SessionStep[] = []
let project = ''

export function forgetSession(): void {
  steps = []
}

/** Appends a step and runs the whole session again. Answers why not, in words, if it could not; the step is then gone. */
export async function runSession(step: SessionStep): Promise<string | undefined> {
  const t = currentText()
  if (project !== getApp().project.id) steps = []
  project = getApp().project.id
  const before = steps
  steps = [...steps, step]
  await buildIfNeeded()
  const job = await runScenario({ inline: sessionScenario(SESSION, steps), name: SESSION })
  if (job.kind === 'finished') {
    setView({ step: steps.length - 1, stream: undefined, event: undefined })
    return undefined
  }
  steps = before
  if (job.kind === 'deadline')
    return t('terminal.deadline', {
      plugin: visibleText(job.plugin),
      callback: visibleText(job.callback),
      seconds: Number((job.afterMs / 1000).toFixed(1)),
    })
  const first = job.kind === 'invalid' ? job.problems[0] : undefined
  if (step.kind === 'redis' && first?.code === 'problem.unknownCluster')
    return t('terminal.redis.none', { name: visibleText(String(first.params.name)) })
  const reason = first !== undefined ? placed(first) : job.kind === 'crashed' ? job.message : job.kind
  return t('terminal.notRun', { reason: visibleText(reason) })
}

/** A problem with its place, if that is a file of the project: the session is none that anybody can open. */
function placed(problem: ProjectProblem): string {
  const words = currentProblemText(problem)
  return problem.file in getApp().project.files ? `${problem.file}:${problem.line} ${words}` : words
}

/** Compiles only what has no module of its present sources: a rebuild in the background is no reason to wait. */
export async function buildIfNeeded(): Promise<void> {
  const { project: work, build: builds } = getApp()
  const stale = pluginFolders(work).some((plugin) => {
    const job = compilable(plugin)
    return job !== undefined && builds[plugin.name]?.good?.sources !== printOf(job)
  })
  if (stale) await buildChanged()
}

/** Writes the session as a scenario file of the project. */
export function exportTest(name: string, say: Say): number {
  const t = currentText()
  if (steps.length === 0 || project !== getApp().project.id) {
    say(t('terminal.nothingToExport'))
    return 1
  }
  const path = `scenarios/${name.replace(/\.ya?ml$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-')}.yaml`
  setText(path, sessionScenario(name, steps))
  openFile(path)
  say(t('terminal.exported', { path }))
  return 0
}

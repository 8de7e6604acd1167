import type { ProjectProblem } from '../../model/project/problem.ts'
import type { RunJob } from '../store/run.ts'
import type { Text } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import type { Verdict } from '../timeline/verdict.ts'

/** How a run that has nothing to show, or not all of it, came to its end; undefined for any other. */
export function jobSentence(
  job: RunJob,
  t: Text,
  problemText: (problem: ProjectProblem) => string,
): { readonly mark: Verdict['mark']; readonly title: string; readonly sub: string } | undefined {
  switch (job.kind) {
    case 'idle':
    case 'finished':
    case 'running':
      return undefined
    case 'deadline':
      return {
        mark: 'trap',
        title: t('run.job.deadline', { seconds: Number((job.afterMs / 1000).toFixed(1)) }),
        sub: t(job.trace === undefined ? 'run.job.looped' : 'run.job.loopedCut', {
          plugin: visibleText(job.plugin),
          callback: visibleText(job.callback.replace(/^proxy_/, '')),
        }),
      }
    case 'invalid': {
      const first = job.problems[0]
      const sub =
        first === undefined ? '' : visibleText(`${first.file.split('/').at(-1)}:${first.line} ${problemText(first)}`)
      return { mark: 'warn', title: t('run.job.invalid'), sub }
    }
    case 'crashed':
      return { mark: 'warn', title: t('run.job.crashed'), sub: visibleText(job.message) }
  }
}

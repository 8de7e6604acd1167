import { failureMessage } from '../../text/failure-words.ts'
import { runUnseen } from '../commands/run.ts'
import { findingWords } from '../inspector/finding-words.ts'
import { runLogs } from '../run/run-logs.ts'
import { scenarioPaths } from '../store/project.ts'
import type { ShownRun } from '../store/run.ts'
import { appStore, getApp } from '../store/store.ts'
import { currentProblemText, currentText } from '../text.ts'
import { visibleText } from '../timeline/display-text.ts'
import { sayPhrase } from '../timeline/say.ts'
import { defaultScope, recordsOf, scopesOf } from '../timeline/scopes.ts'
import { verdictOf } from '../timeline/verdict.ts'
import type { Console, Say } from './console.ts'
import { painted, plainOutput } from './screen-text.ts'
import { buildIfNeeded } from './session-run.ts'

/** Every scenario of the project, without showing their runs. */
export async function testAll(say: Say): Promise<number> {
  const t = currentText()
  const paths = scenarioPaths(getApp().project.files)
  if (paths.length === 0) {
    say(t('terminal.noScenarios'))
    return 0
  }
  await buildIfNeeded()
  let passed = 0
  for (const path of paths) {
    const result = await runUnseen({ file: path })
    const name = visibleText(path.replace(/^scenarios\//, ''))
    if (result.kind === 'finished' && result.report.passed) {
      passed++
      say(t('terminal.testPassed', { name }))
      continue
    }
    say(t('terminal.testFailed', { name }), 'bad')
    if (result.kind === 'finished')
      for (const failure of result.report.failures)
        say(`      ${failure.step + 1} ${visibleText(failureMessage(failure, t))}`)
    else if (result.kind === 'invalid')
      for (const problem of result.problems)
        say(`      ${problem.file}:${problem.line} ${visibleText(currentProblemText(problem))}`)
    else
      say(
        `      ${t('terminal.deadline', { plugin: visibleText(result.plugin), callback: visibleText(result.callback), seconds: result.afterMs / 1000 })}`,
      )
  }
  say(t('terminal.testSummary', { passed, count: paths.length }))
  return passed === paths.length ? 0 : 1
}

export async function logs(follow: boolean, screen: Console): Promise<number> {
  const t = currentText()
  const print = (shown: ShownRun | undefined) => {
    const lines = shown === undefined ? [] : runLogs(shown.trace, getApp().project.files).filter((log) => log.shown)
    for (const line of lines) screen.write(`${plainOutput(line.raw.replaceAll('\n', '\\n'))}\r\n`)
    return lines.length
  }
  if (print(getApp().run.shown) === 0) screen.write(`${plainOutput(t('terminal.noLogs'))}\r\n`)
  if (!follow) return 0
  screen.write(`${painted('dim', t('terminal.following'))}\r\n`)
  const stop = appStore.subscribe((now, before) => {
    if (now.run.shown !== before.run.shown) print(now.run.shown)
  })
  await screen.interrupted
  stop()
  return 130
}

/** How the run on the screen ended, in one line. */
export function verdictLine(): string | undefined {
  const t = currentText()
  const { shown } = getApp().run
  if (shown === undefined) return undefined
  const scope = defaultScope(scopesOf(shown.trace))
  if (scope === undefined) return undefined
  const verdict = verdictOf(recordsOf(shown.trace, scope), scope, shown.trace.plugins, shown.result.findings)
  return [verdict.title, ...verdict.sub].map((phrase) => sayPhrase(t, phrase)).join(', ')
}

export function explain(say: Say): number {
  const t = currentText()
  const { shown } = getApp().run
  const verdict = verdictLine()
  if (shown === undefined || verdict === undefined) {
    say(t('terminal.noRun'))
    return 0
  }
  say(verdict, 'bold')
  if (shown.result.findings.length === 0) say(t('terminal.fine'))
  for (const finding of shown.result.findings) {
    const words = findingWords(t, finding)
    say('')
    say(words.what, finding.severity === 'problem' ? 'bad' : undefined)
    if (words.why !== '') say(words.why)
    if (words.todo !== '') say(words.todo)
  }
  return 0
}

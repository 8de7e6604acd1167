import { buildChanged, printOf } from '../commands/build.ts'
import { openFile, setText } from '../commands/files.ts'
import { canFormat, formatActive } from '../commands/format.ts'
import { compilable } from '../commands/plugin-sources.ts'
import { runNow, runScenario, runUnseen } from '../commands/run.ts'
import { findingWords } from '../inspector/finding-words.ts'
import { runLogs } from '../run/run-logs.ts'
import { toolchainWords } from '../shell/toolchain-words.ts'
import { pluginFolders, scenarioPaths } from '../store/project.ts'
import type { ShownRun } from '../store/run.ts'
import { appStore, getApp, setView } from '../store/store.ts'
import { currentText } from '../text.ts'
import { durationText, visibleText } from '../timeline/display-text.ts'
import { exchangeOf } from '../timeline/exchange.ts'
import { sayPhrase } from '../timeline/say.ts'
import { defaultScope, recordsOf, scopesOf } from '../timeline/scopes.ts'
import { verdictOf } from '../timeline/verdict.ts'
import { type Paint, painted, plainOutput } from './screen-text.ts'
import type { Effect } from './shell/commands.ts'
import { printTransfer, type Transfer } from './shell/curl-output.ts'
import { fullUrl, type SessionStep, sessionScenario } from './shell/session.ts'

/** Where a command prints, and whether the user has asked it to stop. */
export type Console = {
  write(text: string): void
  /** Resolves when Ctrl+C is pressed. */
  readonly interrupted: Promise<void>
  clear(): void
}

const SESSION = 'terminal session'
let steps: readonly SessionStep[] = []
let project = ''

/** Does what a command asked for. Answers its exit code. */
export async function perform(effect: Effect, screen: Console): Promise<number> {
  const t = currentText()
  const say = (text: string, paint?: Paint) =>
    screen.write(`${paint === undefined ? plainOutput(text) : painted(paint, text)}\r\n`)
  switch (effect.kind) {
    case 'print':
      screen.write(plainOutput(effect.text))
      return effect.code ?? 0
    case 'say':
      say(t(effect.key, clean(effect.params ?? {})))
      return effect.code ?? 0
    case 'clear':
      screen.clear()
      return 0
    case 'reset':
      steps = []
      say(t('terminal.reset'))
      return 0
    case 'request':
      return request(effect, screen)
    case 'redis': {
      const failure = await runSession({ kind: 'redis', command: effect.command })
      const received = getApp().run.shown?.result.report.steps.at(-1)?.received
      if (failure === undefined && received !== undefined && 'text' in received)
        say(received.text.replaceAll('\n', '\r\n'))
      else say(failure ?? t('terminal.noRun'), 'bad')
      return failure === undefined ? 0 : 1
    }
    case 'advance': {
      const failure = await runSession({ kind: 'advance', ms: effect.ms })
      say(failure ?? t('terminal.advanced', { time: durationText(effect.ms * 1e6) }))
      return failure === undefined ? 0 : 1
    }
    case 'build':
      return build(say)
    case 'test':
      return testAll(say)
    case 'run':
      await runNow()
      say(verdictLine() ?? t('terminal.noRun'))
      return 0
    case 'logs':
      return logs(effect.follow, screen)
    case 'explain':
      return explain(say)
    case 'format':
      return format(effect.ask, say)
    case 'go-version': {
      const { toolchain } = getApp()
      if (toolchain.kind === 'ready') say(t('terminal.goVersion', { version: toolchain.version }))
      else say(toolchainWords(t, toolchain) || t('terminal.goComing'))
      return 0
    }
    case 'export-test':
      return exportTest(effect.name, say)
  }
}

const clean = (params: Readonly<Record<string, string | number>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? visibleText(value) : value]),
  )

type Say = (text: string, paint?: Paint) => void

/** Appends a step and runs the whole session again. Answers why not, in words, if it could not; the step is then gone. */
async function runSession(step: SessionStep): Promise<string | undefined> {
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
  const reason =
    first !== undefined
      ? `${first.file}:${first.line} ${first.message}`
      : job.kind === 'crashed'
        ? job.message
        : job.kind
  return t('terminal.notRun', { reason: visibleText(reason) })
}

/** Compiles only what has no module of its present sources: a rebuild in the background is no reason to wait. */
async function buildIfNeeded(): Promise<void> {
  const { project: work, build: builds } = getApp()
  const stale = pluginFolders(work).some((plugin) => {
    const job = compilable(plugin)
    return job !== undefined && builds[plugin.name]?.good?.sources !== printOf(job)
  })
  if (stale) await buildChanged()
}

async function request(effect: Extract<Effect, { kind: 'request' }>, screen: Console): Promise<number> {
  let { url, command } = effect
  for (let redirects = 0; ; redirects++) {
    const failure = await runSession({ kind: 'request', url, command })
    if (failure !== undefined) {
      screen.write(`${painted('bad', failure)}\r\n`)
      return 1
    }
    const seen = transferOf(getApp().run.shown, url, command.headers)
    if (seen === undefined) return 1
    const next = command.follow && redirects < 10 ? redirectOf(seen.transfer, url) : undefined
    const printed = printTransfer(
      next === undefined
        ? command
        : { ...command, output: command.include ? '-' : '/dev/null', silent: true, writeOut: '' },
      seen.transfer,
    )
    if (next !== undefined) {
      screen.write(plainOutput(command.include ? printed.out : ''))
      const method = command.method === 'HEAD' ? 'HEAD' : 'GET'
      const headers = command.headers.filter(([name]) => !/^content-/i.test(name))
      command = { ...command, method, body: undefined, headers }
      url = next
      continue
    }
    screen.write(plainOutput(printed.error + printed.out))
    if (seen.hungBy !== undefined && command.maxTime === undefined) return sayHang(seen, screen)
    screen.write(plainOutput(printed.failure))
    return printed.code
  }
}

type Seen = { readonly transfer: Transfer; readonly hungBy: string | undefined; readonly at: number }

function sayHang(seen: Seen, screen: Console): number {
  const t = currentText()
  screen.write(`${painted('hang', t('terminal.hang', { plugin: seen.hungBy ?? '' }))}\r\n`)
  screen.write(`${painted('dim', t('terminal.hangMore', { time: durationText(seen.at) }))}\r\n`)
  return 28
}

/** What came of the last request of the run on the screen. */
function transferOf(shown: ShownRun | undefined, url: string, headers: Transfer['requestHeaders']): Seen | undefined {
  if (shown === undefined) return undefined
  const scope = defaultScope(scopesOf(shown.trace))
  if (scope === undefined) return undefined
  const records = recordsOf(shown.trace, scope)
  const exchange = exchangeOf(records)
  const hung = records.find(({ event }) => event.type === 'hung')
  const pause = records.findLast(({ event }) => event.type === 'chain.pause')
  const plugin = hung?.plugin ?? pause?.plugin
  const first = records.find(({ event }) => event.type === 'request.headers')?.at ?? 0
  const last =
    records.findLast(({ event }) => event.type.startsWith('response.') || event.type === 'stream.end')?.at ?? first
  return {
    transfer: {
      url,
      requestHeaders: headers,
      response: exchange.response,
      answerer: exchange.answerer,
      ended: exchange.ended ?? (hung === undefined ? 'complete' : 'hung'),
      milliseconds: (last - first) / 1e6,
    },
    hungBy:
      hung === undefined
        ? undefined
        : visibleText(shown.trace.plugins.find(({ index }) => index === plugin)?.name ?? ''),
    at: (hung?.at ?? first) - first,
  }
}

function redirectOf({ response }: Transfer, url: string): string | undefined {
  const status = Number(response?.headers.find(([name]) => name === ':status')?.[1] ?? 0)
  const location = response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (status < 300 || status >= 400 || location === undefined) return undefined
  try {
    return new URL(location, fullUrl(url)).href
  } catch {
    // A location that is no address is not followed; the response itself is shown.
    return undefined
  }
}

async function format(ask: 'format' | 'imports', say: Say): Promise<number> {
  const t = currentText()
  const { active } = getApp().project
  if (active === undefined || !canFormat()) {
    say(t('terminal.notGo'))
    return 1
  }
  await formatActive(ask)
  say(t('terminal.formatted', { path: visibleText(active) }))
  return 0
}

async function build(say: Say): Promise<number> {
  const t = currentText()
  const folders = pluginFolders(getApp().project)
  if (folders.length === 0) {
    say(t('terminal.noPlugins'))
    return 0
  }
  await buildChanged({ again: true })
  let code = 0
  for (const { name } of folders) {
    const job = getApp().build[name]?.job
    const plugin = visibleText(name)
    if (job?.kind === 'ok') say(t('terminal.built', { plugin, ms: Math.round(job.milliseconds) }))
    else if (job?.kind === 'rejected') {
      code = 1
      say(t('terminal.buildFailed', { plugin }), 'bad')
      for (const { file, line, column, message } of job.errors) say(`  ${file}:${line}:${column} ${message}`)
    } else if (job?.kind === 'unavailable') {
      code = 1
      say(t('terminal.buildUnavailable', { plugin, message: visibleText(job.message) }), 'bad')
    } else say(t('terminal.asIs', { plugin }))
  }
  return code
}

async function testAll(say: Say): Promise<number> {
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
      for (const failure of result.report.failures) say(`      ${failure.step + 1} ${failure.path}: ${failure.message}`)
    else if (result.kind === 'invalid')
      for (const problem of result.problems) say(`      ${problem.file}:${problem.line} ${problem.message}`)
    else
      say(
        `      ${t('terminal.deadline', { plugin: visibleText(result.plugin), callback: visibleText(result.callback), seconds: result.afterMs / 1000 })}`,
      )
  }
  say(t('terminal.testSummary', { passed, count: paths.length }))
  return passed === paths.length ? 0 : 1
}

async function logs(follow: boolean, screen: Console): Promise<number> {
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

function verdictLine(): string | undefined {
  const t = currentText()
  const { shown } = getApp().run
  if (shown === undefined) return undefined
  const scope = defaultScope(scopesOf(shown.trace))
  if (scope === undefined) return undefined
  const verdict = verdictOf(recordsOf(shown.trace, scope), scope, shown.trace.plugins, shown.result.findings)
  return [verdict.title, ...verdict.sub].map((phrase) => sayPhrase(t, phrase)).join(', ')
}

function explain(say: Say): number {
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

function exportTest(name: string, say: Say): number {
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

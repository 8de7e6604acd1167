import type { ProjectTexts } from '../model/project/load.ts'
import { locateExpectation } from '../model/project/locate.ts'
import type { Step } from '../model/project/types.ts'
import { redisCommandText } from '../model/redis-text.ts'
import type { BodyReport, ExchangeReport, Failure, ScenarioReport, StepReport } from '../model/report.ts'
import { findingMessage } from '../sandbox/explain/describe-finding.ts'
import { panicLines, withWholePanics } from '../sandbox/explain/go-panic-log.ts'
import type { CliText } from '../text/cli.ts'
import { failureMessage } from '../text/failure-words.ts'
import { printable } from './outcome.ts'
import type { Words } from './words.ts'

/** A scenario's report with where it came from. */
export type ReportedScenario = {
  readonly report: ScenarioReport
  /** Absent for the single request of `run` without scenarios. */
  readonly file?: string
  readonly steps: readonly Step[]
}

const mark = (passed: boolean): string => (passed ? '✓' : '✗')

/** `test`: one line per scenario, and every failure with its line in the file. */
export function testLines(
  scenarios: readonly ReportedScenario[],
  texts: ProjectTexts,
  words: Words,
): readonly string[] {
  const passed = scenarios.filter(({ report }) => report.passed).length
  return [
    ...scenarios.flatMap((scenario) => [
      `${mark(scenario.report.passed)} ${printable(scenario.report.name)}`,
      ...failureLines(scenario, texts, words),
      ...(scenario.report.passed ? [] : serviceLines(scenario.report)),
    ]),
    '',
    words.text('cli.report.summary', { passed, failed: scenarios.length - passed }),
  ]
}

/** `run`: what each step did, what the plugins logged, what is worth knowing; then the failures. */
export function runLines(scenarios: readonly ReportedScenario[], texts: ProjectTexts, words: Words): readonly string[] {
  const { text } = words
  return scenarios.flatMap((scenario) => {
    const { report } = scenario
    return [
      `${mark(report.passed)} ${printable(report.name)}`,
      ...report.steps.flatMap((step, index) => stepLines(step, scenario.steps[index], index, text)),
      ...section(
        text('cli.report.logs'),
        withWholePanics(report.logs).flatMap(({ plugin, level, message }) => {
          const [first, ...rest] = panicLines(message)
          return [`[${level}] ${plugin}: ${first}`, ...rest.map((line) => `  ${line}`)]
        }),
      ),
      ...section(
        text('cli.report.findings'),
        report.findings.map((finding) => {
          const { severity, plugin, rule } = finding
          return `${text(`cli.severity.${severity}`)} (${rule}${plugin ? `, ${plugin}` : ''}): ${findingMessage(finding, text)}`
        }),
      ),
      ...section(text('cli.report.accessLog'), report.accessLog),
      ...section(
        text('cli.report.metrics'),
        report.metrics.map(({ name, kind, value }) => `${name} ${value} (${kind})`),
      ),
      ...failureLines(scenario, texts, words),
      ...(report.traceHash ? [`  ${text('cli.report.trace', { hash: report.traceHash })}`] : []),
      '',
    ]
  })
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${printable(line)}`)]
}

/** What a service of the project says about itself when it is broken: a handler that throws, or loops. */
function serviceLines({ logs }: ScenarioReport): readonly string[] {
  const said = logs.filter(({ plugin, level }) => plugin === '' && (level === 'error' || level === 'warn'))
  return [...new Set(said.map(({ message }) => `    ${printable(message)}`))]
}

function failureLines(
  { report, file, steps }: ReportedScenario,
  texts: ProjectTexts,
  { text }: Words,
): readonly string[] {
  return report.failures.map(
    (failure) => `    ${placeOf(failure, file, steps, texts)}${printable(failureMessage(failure, text))}`,
  )
}

function placeOf(failure: Failure, file: string | undefined, steps: readonly Step[], texts: ProjectTexts): string {
  const text = file !== undefined && Object.hasOwn(texts, file) ? texts[file] : undefined
  if (file === undefined || text === undefined) return ''
  const step = steps[failure.step]
  if (!step) return `${printable(file)}: `
  const { line, column } = locateExpectation(file, text, failure.step, failure.path)
  return `${printable(file)}:${line}:${column}: `
}

function stepLines(report: StepReport, step: Step | undefined, index: number, text: CliText): readonly string[] {
  const exchanges = report.requests ?? (report.outcome === undefined ? [] : [fullExchange(report)])
  const title = `  ${index + 1}. ${step ? stepTitle(step, text) : report.kind}`
  const received = report.received === undefined ? [] : bodyLines(report.received, text)
  return [title, ...received, ...exchanges.flatMap((exchange) => (exchange ? exchangeLines(exchange, text) : []))]
}

function fullExchange(report: StepReport): ExchangeReport | undefined {
  const { outcome, started, ended, upstream, calls, redis, actions } = report
  if (!outcome || !started || !ended || !upstream || !calls || !redis || !actions) return undefined
  const rest = { outcome, started, ended, upstream, calls, redis, actions }
  return report.response ? { ...rest, response: report.response } : rest
}

function stepTitle(step: Step, text: CliText): string {
  switch (step.kind) {
    case 'request': {
      const { method, url, times } = step.request
      return printable(`${method} ${url.text}${times > 1 ? ` × ${times}` : ''}`)
    }
    case 'await':
      return printable(text('cli.step.await', { id: step.id }))
    case 'advance':
      return text('cli.step.advance', { ms: step.by / 1e6 })
    case 'configure':
      return printable(text('cli.step.configure', { plugins: step.changes.map(([name]) => name).join(', ') }))
    case 'connection':
      return printable(text('cli.step.connection', { listener: step.connection.listener }))
    case 'redis':
      return printable(`redis-cli ${redisCommandText(step.redis.command)}`)
    case 'fault':
      return printable(text('cli.step.fault', { kind: step.fault.kind, cluster: step.fault.cluster }))
    case 'expect':
      return text('cli.step.expect')
  }
}

const maxBodyShown = 2000

function exchangeLines(exchange: ExchangeReport, text: CliText): readonly string[] {
  const { outcome, ended, response, upstream, calls, redis, actions } = exchange
  const head = response
    ? [
        `     ← ${response.status}${response.details ? ` (${printable(response.details)})` : ''}${response.flags && response.flags !== '-' ? ` ${printable(response.flags)}` : ''}`,
        ...response.headers
          .filter(([name]) => name !== ':status')
          .map(([name, value]) => `       ${printable(`${name}: ${value}`)}`),
        ...bodyLines(response.body, text),
      ]
    : [`     ← ${text('cli.report.noResponse', { outcome, ended })}`]
  return [
    ...actions.map(({ plugin, callback, action, returned, sdkName }) =>
      printable(`     ${plugin}.${callback} → ${action} (${returned}${sdkName ? `, ${sdkName}` : ''})`),
    ),
    ...calls.map(({ cluster, path }) => printable(`     ↗ ${text('cli.report.callout', { cluster, path })}`)),
    ...redis.map(({ command, args }) => printable(`     ↗ redis ${redisCommandText([command, ...args])}`)),
    ...upstream.map(({ cluster }) => printable(`     → ${cluster}`)),
    ...head,
  ]
}

function bodyLines(body: BodyReport, text: CliText): readonly string[] {
  if ('base64' in body) {
    return [`       ${text('cli.report.noText', { size: Math.floor((body.base64.length * 3) / 4) })}`]
  }
  if (body.text === '') return []
  const cut = body.text.slice(0, maxBodyShown)
  const rest = body.text.length > maxBodyShown ? ['       …'] : []
  return [
    '',
    ...printable(cut, { lines: true })
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `       ${line}`),
    ...rest,
  ]
}

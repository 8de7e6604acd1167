/** From a scenario to its report: the steps against one gateway, then every expectation (design section 2). */
import type { PluginIndex } from '../../model/brand.ts'
import { withOverride } from '../../model/project/plugin-config.ts'
import type { PluginOverride, PluginSpec, Project, Scenario, Step } from '../../model/project/types.ts'
import type { ExchangeReport, Failure, Finding, ScenarioReport, StepReport } from '../../model/report.ts'
import { assertNever, type Result } from '../../model/result.ts'
import type { StackFrame } from '../../model/trace.ts'
import type { TraceData } from '../entry/api.ts'
import { explainRun } from '../explain/explain-run.ts'
import type { Exchange } from '../gateway/exchange.ts'
import { Gateway } from '../gateway/gateway.ts'
import { openTrace } from '../trace/view.ts'
import type { LoadFailure, PreparedModule } from '../vm/prepare.ts'
import { check } from './check.ts'
import { clientRequest } from './client-request.ts'
import { directExchange } from './direct.ts'
import { exchangeReport } from './exchange-report.ts'
import { latin1Text, type RunFacts, runFacts } from './run-facts.ts'
import { advance, waitFor } from './wait.ts'

export type RunEnvironment = {
  /** Each guest entry before it happens. */
  readonly announce?: (plugin: string, callback: string) => void
  readonly maxEvents?: number
  /** Position of the host call whose guest stack is wanted (design 4.4: a re-run collects what a trace does not hold). */
  readonly stackAt?: number
}

export type ScenarioRun = {
  /** Plugins that were refused at the start, by name. */
  readonly startErrors: ReadonlyMap<string, LoadFailure>
  readonly report: ScenarioReport
  readonly trace: TraceData
  readonly findings: readonly Finding[]
  /** The guest's frames at `stackAt`, innermost first; absent when no host call stands there. */
  readonly stack?: readonly StackFrame[]
}

/** One exchange of a step: through the gateway (may still be under way) or already reported. */
type StepExchange =
  | { readonly kind: 'gateway'; readonly exchange: Exchange }
  | { readonly kind: 'direct'; readonly report: ExchangeReport }

type DoneStep = {
  readonly step: Step
  readonly exchanges: StepExchange[]
  /** Events of the trace that belong to the step. */
  readonly from: number
  to: number
  metrics: ScenarioReport['metrics']
  sharedData: ScenarioReport['sharedData']
  readonly failures: { readonly path: string; readonly message: string }[]
}

/** Pure: the same project, code and scenario give the same report and trace. */
export function runScenario(
  project: Project,
  modules: ReadonlyMap<string, Result<PreparedModule, LoadFailure>>,
  scenario: Scenario,
  environment: RunEnvironment = {},
): ScenarioRun {
  return new ScenarioRunner(project, modules, scenario, environment).run()
}

class ScenarioRunner {
  private readonly project: Project
  private readonly modules: ReadonlyMap<string, Result<PreparedModule, LoadFailure>>
  private readonly scenario: Scenario
  private readonly gateway: Gateway
  private readonly specs: PluginSpec[]
  private readonly done: DoneStep[] = []
  private readonly open: Exchange[] = []
  private readonly named = new Map<string, StepExchange[]>()

  constructor(
    project: Project,
    modules: ReadonlyMap<string, Result<PreparedModule, LoadFailure>>,
    scenario: Scenario,
    environment: RunEnvironment,
  ) {
    this.project = project
    this.modules = modules
    this.scenario = scenario
    const overrides = new Map(scenario.plugins)
    this.specs = project.plugins.map((spec) => {
      const override = overrides.get(spec.name)
      return override === undefined ? spec : withOverride(spec, override)
    })
    const { announce, maxEvents, stackAt } = environment
    const nameOf = (plugin: PluginIndex): string => this.specs[plugin]?.name ?? ''
    this.gateway = new Gateway({
      config: project.gateway,
      plugins: this.specs,
      modules,
      ...(maxEvents === undefined ? {} : { maxEvents }),
      ...(stackAt === undefined ? {} : { stackAt }),
      ...(announce === undefined ? {} : { announce: (callback, plugin) => announce(nameOf(plugin), callback) }),
    })
  }

  run(): ScenarioRun {
    this.scenario.steps.forEach((step, index) => {
      this.runStep(step, index)
    })
    // A request nobody awaited still ends or hangs before the run does.
    for (const exchange of this.open) waitFor(this.gateway, exchange, this.open)
    return this.report()
  }

  private runStep(step: Step, index: number): void {
    const { recorder, clock } = this.gateway
    clock.noteInput()
    const done: DoneStep = {
      step,
      exchanges: [],
      from: recorder.length,
      to: recorder.length,
      metrics: [],
      sharedData: [],
      failures: [],
    }
    this.done.push(done)
    recorder.record({ type: 'step', index, label: labelOf(step) })
    this.perform(step, done)
    done.to = recorder.length
    done.metrics = this.metrics()
    done.sharedData = this.sharedData()
  }

  private perform(step: Step, done: DoneStep): void {
    switch (step.kind) {
      case 'request':
        this.request(step.request, done)
        return
      case 'await':
        this.awaitNamed(step.id, done)
        return
      case 'advance':
        this.gateway.recorder.record({ type: 'clock.advance', by: step.by as never })
        advance(this.gateway, step.by)
        return
      case 'configure':
        for (const [name, override] of step.changes) this.configure(name, override, done)
        return
      case 'connection':
      case 'fault':
        done.failures.push({ path: step.kind, message: `not in Proxyground yet: steps of kind ${step.kind}` })
        return
      case 'expect':
        return
      default:
        assertNever(step)
    }
  }

  private request(request: Extract<Step, { kind: 'request' }>['request'], done: DoneStep): void {
    const sent = clientRequest(request)
    const listener = this.gateway.listener(request.listener)
    for (let count = 0; count < request.times; count++) {
      this.gateway.clock.noteInput()
      if (listener === undefined) {
        done.exchanges.push({ kind: 'direct', report: directExchange(this.gateway, sent) })
        continue
      }
      const exchange = this.gateway.open(listener, sent)
      done.exchanges.push({ kind: 'gateway', exchange })
      this.open.push(exchange)
      if (request.await) this.settle(exchange)
    }
    if (request.id !== undefined) this.named.set(request.id, done.exchanges)
  }

  private settle(exchange: Exchange): void {
    waitFor(this.gateway, exchange, this.open)
    const index = this.open.indexOf(exchange)
    if (index >= 0) this.open.splice(index, 1)
  }

  private awaitNamed(id: string, done: DoneStep): void {
    const exchanges = this.named.get(id)
    if (exchanges === undefined) {
      done.failures.push({ path: 'await', message: `no earlier request has the id ${id}` })
      return
    }
    for (const item of exchanges) if (item.kind === 'gateway') this.settle(item.exchange)
    done.exchanges.push(...exchanges)
  }

  private configure(name: string, override: PluginOverride, done: DoneStep): void {
    const index = this.specs.findIndex((spec) => spec.name === name)
    const spec = this.specs[index]
    if (spec === undefined || !this.gateway.isRunning(name)) {
      done.failures.push({
        path: `configure.${name}`,
        message: `plugin ${name} is not running, so it cannot be configured`,
      })
      return
    }
    const changed = withOverride(spec, override)
    if (!changed.delivered) {
      done.failures.push({
        path: `configure.${name}`,
        message: 'not in Proxyground yet: taking a plugin out by a configuration update',
      })
      return
    }
    this.specs[index] = changed
    this.gateway.configure(changed)
  }

  // ---- the report

  private report(): ScenarioRun {
    const trace = this.gateway.recorder.data()
    const view = openTrace(trace)
    const explained = explainRun(view, this.project.gateway.profile)
    const facts = runFacts(view, this.specs)
    const failures = [
      ...this.loadFailures(facts),
      ...this.stepFailures(
        facts,
        explained.map(({ finding }) => finding),
      ),
    ]
    const report: ScenarioReport = {
      name: this.scenario.name,
      passed: failures.length === 0,
      failures,
      steps: this.done.map((done) => this.stepReport(done)),
      findings: explained.map(({ finding, message }) => ({ ...finding, message })),
      logs: facts.logs.map(({ plugin, level, message, at }) => ({ plugin, level, message, at })),
      accessLog: this.gateway.runtime.seen.accessLog.map(({ accessLog }) => accessLog),
      metrics: this.metrics(),
      sharedData: this.sharedData(),
      traceHash: trace.hash,
    }
    const startErrors = new Map(facts.startErrors.map(({ plugin, failure }) => [plugin, failure]))
    const { stack } = this.gateway.recorder
    return {
      report,
      trace,
      startErrors,
      findings: explained.map(({ finding }) => finding),
      ...(stack === undefined ? {} : { stack }),
    }
  }

  /** A plugin that was refused at the start fails the scenario: nothing that follows means what it says. */
  private loadFailures(facts: RunFacts): Failure[] {
    return facts.startErrors.map(({ plugin, failure }) => ({
      step: 0,
      path: `plugins.${plugin}`,
      expected: 'running',
      actual: 'refused',
      message: `plugins.${plugin}: the plugin did not start: ${failure.message}`,
    }))
  }

  private stepFailures(facts: RunFacts, findings: readonly Finding[]): Failure[] {
    return this.done.flatMap((done, index) => {
      const missing = done.failures.map(
        ({ path, message }): Failure => ({ step: index, path, expected: undefined, actual: undefined, message }),
      )
      const { step } = done
      const expected = 'expect' in step ? step.expect : undefined
      if (expected === undefined) return missing
      // A step that is only `expect` looks at the whole run so far (observed.ts).
      const from = step.kind === 'expect' ? 0 : done.from
      const inStep = ({ seq }: { readonly seq: number }): boolean => seq >= from && seq < done.to
      const observed = {
        exchanges: done.exchanges.map((item) => this.exchangeReport(item)),
        hostcalls: facts.hostCalls.filter(inStep),
        logs: facts.logs.filter(inStep),
        findings: findings.filter(({ event }) => event >= from && event < done.to).map(({ rule }) => rule),
        metrics: done.metrics,
        sharedData: done.sharedData,
      }
      return [...missing, ...check(index, expected, observed)]
    })
  }

  private stepReport({ step, exchanges }: DoneStep): StepReport {
    const { kind } = step
    const reports = exchanges.map((item) => this.exchangeReport(item))
    const only = reports[0]
    if (only === undefined) return { kind }
    return reports.length === 1 ? { kind, ...only } : { kind, requests: reports }
  }

  private exchangeReport(item: StepExchange): ExchangeReport {
    if (item.kind === 'direct') return item.report
    return exchangeReport(item.exchange, (plugin) => {
      const module = this.modules.get(plugin)
      return module?.ok === true ? module.value : { language: '', abi: '' }
    })
  }

  private metrics(): ScenarioReport['metrics'] {
    return this.gateway.runtime.metrics.entries().map(({ name, kind, value }) => ({ name, kind, value: Number(value) }))
  }

  private sharedData(): ScenarioReport['sharedData'] {
    return this.gateway.runtime.sharedData
      .entries()
      .map(([vmId, key, value, cas]) => [vmId, key, latin1Text(value), cas])
  }
}

function labelOf(step: Step): string {
  switch (step.kind) {
    case 'request':
      return `${step.request.method} ${step.request.url.text}`
    case 'await':
      return `await ${step.id}`
    case 'advance':
      return `advance ${step.by / 1e6} ms`
    case 'configure':
      return `configure ${step.changes.map(([name]) => name).join(', ')}`
    case 'connection':
    case 'fault':
    case 'expect':
      return step.kind
    default:
      return assertNever(step)
  }
}

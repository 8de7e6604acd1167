/** From a scenario to its report: the steps against one gateway, then every expectation (design section 2). */

import type { PluginIndex } from '../../model/brand.ts'
import { sentence } from '../../model/failure.ts'
import type { LookAt } from '../../model/guest-look.ts'
import { withOverride } from '../../model/project/plugin-config.ts'
import type { PluginOverride, PluginSpec, Project, Scenario, Step } from '../../model/project/types.ts'
import { assertNever, type Result } from '../../model/result.ts'
import { utf8Bytes } from '../abi/text.ts'
import type { Exchange } from '../gateway/exchange.ts'
import { Gateway } from '../gateway/gateway.ts'
import { type Choose, replayed, Schedule } from '../time/schedule.ts'
import type { LoadFailure, PreparedModule } from '../vm/prepare.ts'
import { clientRequest } from './client-request.ts'
import { talkTcp } from './connection-step.ts'
import { directExchange } from './direct.ts'
import { type DoneStep, metricsOf, type StepExchange, sharedDataOf } from './done-step.ts'
import { endedExchange, type SdkOf } from './exchange-report.ts'
import { askRedis } from './redis-step.ts'
import { type ScenarioRun, scenarioRun, sdkOf } from './scenario-report.ts'
import { labelOf } from './step-label.ts'
import { advance, waitFor } from './wait.ts'

export type RunEnvironment = {
  /** Each guest entry before it happens. */
  readonly announce?: (plugin: string, callback: string) => void
  readonly maxEvents?: number
  /** Position of the host call at which the guest is looked at (design 4.4: a re-run collects what a trace does not hold). */
  readonly lookAt?: LookAt
  /** How to choose where the order is free; without it the scenario's own schedule, or the usual one. */
  readonly choose?: Choose
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
  private readonly sdkOf: SdkOf
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
    this.sdkOf = sdkOf(modules)
    const overrides = new Map(scenario.plugins)
    this.specs = project.plugins.map((spec) => {
      const override = overrides.get(spec.name)
      return override === undefined ? spec : withOverride(spec, override)
    })
    const { announce, maxEvents, lookAt } = environment
    const choose = environment.choose ?? (scenario.schedule === undefined ? undefined : replayed(scenario.schedule))
    const nameOf = (plugin: PluginIndex): string => this.specs[plugin]?.name ?? ''
    this.gateway = new Gateway({
      config: project.gateway,
      plugins: this.specs,
      modules,
      ...(maxEvents === undefined ? {} : { maxEvents }),
      ...(lookAt === undefined ? {} : { lookAt }),
      ...(choose === undefined ? {} : { schedule: new Schedule(choose) }),
      ...(announce === undefined ? {} : { announce: (callback, plugin) => announce(nameOf(plugin), callback) }),
    })
  }

  run(): ScenarioRun {
    this.scenario.steps.forEach((step, index) => {
      this.runStep(step, index)
    })
    // A request nobody awaited still ends or hangs before the run does.
    for (const exchange of this.open) waitFor(this.gateway, exchange, this.open)
    const { project, modules, scenario, gateway, specs, done } = this
    return scenarioRun({ project, modules, scenario, gateway, specs, done })
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
    done.metrics = metricsOf(this.gateway)
    done.sharedData = sharedDataOf(this.gateway)
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
      case 'redis':
        done.received = utf8Bytes(askRedis(this.gateway, step.redis))
        return
      case 'connection': {
        const listener = this.gateway.tcpListener(step.connection.listener)
        // Names are checked when the scenario is read.
        if (listener !== undefined) done.received = talkTcp(this.gateway, listener, step.connection)
        return
      }
      case 'fault':
        this.gateway.runtime.services.get(step.fault.cluster)?.faults.add(step.fault)
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
      this.open.push(exchange)
      if (!request.await) {
        done.exchanges.push({ kind: 'gateway', exchange })
        continue
      }
      this.settle(exchange)
      done.exchanges.push({ kind: 'ended', stream: exchange.id, report: endedExchange(exchange, this.sdkOf) })
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
      done.failures.push({ path: 'await', why: sentence('failure.unknownStep', { id }) })
      return
    }
    for (const item of exchanges) if (item.kind === 'gateway') this.settle(item.exchange)
    done.exchanges.push(...exchanges)
  }

  private configure(name: string, override: PluginOverride, done: DoneStep): void {
    const index = this.specs.findIndex((spec) => spec.name === name)
    const spec = this.specs[index]
    if (spec === undefined || !this.gateway.hasFilter(name)) {
      done.failures.push({ path: `configure.${name}`, why: sentence('failure.service', { name }) })
      return
    }
    const changed = withOverride(spec, override)
    this.specs[index] = changed
    this.gateway.configure(changed)
  }
}

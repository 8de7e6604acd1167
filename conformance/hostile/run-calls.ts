/** Runs a script of random calls through the whole emulator: streams, calls to services, ticks, a TCP connection. */

import { type GatewayProfile, gatewayFamily, gatewayProfiles } from '../../src/model/profile.ts'
import { loadProject } from '../../src/model/project/load.ts'
import type { Project, Scenario } from '../../src/model/project/types.ts'
import type { Result } from '../../src/model/result.ts'
import type { AbiVersion } from '../../src/sandbox/abi/callbacks.ts'
import { runScenario } from '../../src/sandbox/run/run-scenario.ts'
import type { ScenarioRun } from '../../src/sandbox/run/scenario-report.ts'
import { type LoadFailure, type PreparedModule, prepareModule } from '../../src/sandbox/vm/prepare.ts'
import { wat } from '../../src/sandbox/vm/test-world.ts'
import { anyCallGuest, scriptBytes } from './any-call-guest.ts'
import { type Draw, drawing } from './draw.ts'
import { randomCalls, type ScriptOptions } from './random-calls.ts'

export const steps = `steps:
  - request: { url: http://127.0.0.1:10000/get }
  - request:
      method: POST
      url: http://127.0.0.1:10000/post
      headers: { x-a: "1", content-type: text/plain }
      body: abcdefgh
      chunks: [{ size: 3 }, { size: 5, after: 1ms }]
      trailers: { t: "1" }
  - advance: 50ms
  - connection: { listener: bytes, send: [{ data: hello }] }
`

/** What is called finds an answer, or none, in every way. */
const projectText = (profile: GatewayProfile): string => `version: 1
gateway:
  profile: ${profile}
  workers: 2
  listeners:
    - { name: main, port: 10000, plugins: [first, second], routes: [{ name: all, prefix: /, cluster: httpbin }] }
    - { name: bytes, port: 9000, kind: tcp, plugins: [first], cluster: echo }
  services: [{ plugin: second, singleton: true }]
  clusters:
    httpbin: { kind: httpbin }
    echo: { kind: echo }
    redis: { kind: redis }
    grpc: { kind: grpc, replies: { a/b: { messages: [{ data: x }] } } }
    gone: { kind: unreachable }
plugins: [{ name: first, language: wat }, { name: second, language: wat }]
`

type Setting = {
  readonly project: Project
  readonly scenario: Scenario
  readonly module: Result<PreparedModule, LoadFailure>
}

const settings = new Map<string, Setting>()

function settingOf(profile: GatewayProfile, abi: AbiVersion): Setting {
  const key = `${profile} ${abi}`
  const known = settings.get(key)
  if (known !== undefined) return known
  const { project, problems } = loadProject({
    'proxyground.yaml': projectText(profile),
    'scenarios/fuzz.yaml': steps,
    'plugins/first/plugin.wat': '',
    'plugins/second/plugin.wat': '',
  })
  const scenario = project?.scenarios[0]
  if (project === undefined || scenario === undefined) throw new Error(JSON.stringify(problems))
  const family = gatewayFamily(profile)
  const made = { project, scenario, module: prepareModule(wat(anyCallGuest(abi, family)), { family }) }
  settings.set(key, made)
  return made
}

const abisOf = (profile: GatewayProfile): readonly AbiVersion[] =>
  gatewayFamily(profile) === 'higress' ? ['0_1_0', '0_2_0', '0_2_1', '0_2_100'] : ['0_1_0', '0_2_0', '0_2_1']

/** One program of this seed; `only`: these functions. */
export function runRandomCalls(seed: number, calls: number, only?: readonly string[]): ScenarioRun {
  const draw = drawing(seed, 'host calls')
  const profile = draw.from(gatewayProfiles)
  const abi = draw.from(abisOf(profile))
  const options: ScriptOptions = { abi, family: gatewayFamily(profile), calls, ...(only === undefined ? {} : { only }) }
  return runWith(settingOf(profile, abi), draw, options)
}

function runWith({ project, scenario, module }: Setting, draw: Draw, options: ScriptOptions): ScenarioRun {
  const policies = ['closed', 'open', 'open-next', 'reload'] as const
  const plugins = project.plugins.map((spec) => ({
    ...spec,
    failPolicy: draw.from(policies),
    vmId: draw.from(['', 'a', 'b']),
    configuration: scriptBytes(randomCalls(draw, options)),
  }))
  const modules = new Map(plugins.map(({ name }) => [name, module] as const))
  return runScenario({ ...project, plugins }, modules, scenario, { maxEvents: 5000 })
}

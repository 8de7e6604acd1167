import { stringify } from 'yaml'
import { loadProject } from '../../src/model/project/load.ts'
import type { ScenarioReport } from '../../src/model/report.ts'
import type { TraceEvent } from '../../src/model/trace.ts'
import { runScenario } from '../../src/sandbox/entry/index.ts'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { prepareModule } from '../../src/sandbox/vm/prepare.ts'

export type GuestRun = {
  readonly report: ScenarioReport
  readonly events: readonly TraceEvent[]
  /** What the guest logged through `proxy_log`, in order. */
  readonly logs: readonly string[]
}

/** Runs a scenario (YAML of its steps) through the whole emulator with one Go plugin. */
export function runGuest(
  wasm: Uint8Array,
  options: { readonly steps: string; readonly config?: object; readonly gateway?: object; readonly profile?: string },
): GuestRun {
  const profile = options.profile ?? 'higress-2.2'
  const { project, problems } = loadProject({
    'proxyground.yaml': stringify({
      version: 1,
      gateway: { profile, logLevel: 'debug', ...options.gateway },
      plugins: [{ name: 'guest', language: 'go' }],
    }),
    'plugins/guest/plugin.yaml': stringify(options.config === undefined ? {} : { defaultConfig: options.config }),
    'plugins/guest/main.go': '',
    'scenarios/test.yaml': `steps:\n${options.steps}`,
  })
  const scenario = project?.scenarios[0]
  if (project === undefined || scenario === undefined)
    throw new Error(problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'))
  const family = profile.startsWith('higress') ? 'higress' : 'envoy'
  const { report, trace } = runScenario(project, new Map([['guest', prepareModule(wasm, { family })]]), scenario)
  const view = openTrace(trace)
  const events = Array.from({ length: view.length }, (_, index) => view.record(index).event)
  const logs = events.flatMap((event) => (event.type === 'log' && event.via === 'proxy_log' ? [event.message] : []))
  return { report, events, logs }
}

/** Runs a project given as text with guests written in WAT, for tests of the whole emulator. */
import { loadProject } from '../../model/project/load.ts'
import type { TraceEvent, TraceRecord } from '../../model/trace.ts'
import { openTrace } from '../trace/view.ts'
import { prepareModule } from '../vm/prepare.ts'
import { wat } from '../vm/test-world.ts'
import { runScenario } from './run-scenario.ts'
import type { ScenarioRun } from './scenario-report.ts'

export type TestRun = ScenarioRun & { readonly records: readonly TraceRecord[] }

/** `plugins`: name to WAT; `gateway` and `steps` as YAML texts (the project file without its plugin list, the steps list). */
export function runTest(options: {
  readonly plugins?: Readonly<Record<string, string>>
  readonly gateway?: string
  readonly steps: string
  readonly files?: Readonly<Record<string, string>>
}): TestRun {
  const plugins = options.plugins ?? {}
  const names = Object.keys(plugins)
  const project = [
    'version: 1',
    options.gateway ?? '',
    names.length === 0
      ? 'plugins: []'
      : `plugins: [${names.map((name) => `{ name: ${name}, language: wat }`).join(', ')}]`,
  ].join('\n')
  const files = {
    'proxyground.yaml': project,
    'scenarios/test.yaml': `steps:\n${options.steps}`,
    ...Object.fromEntries(names.map((name) => [`plugins/${name}/plugin.wat`, ''])),
    ...options.files,
  }
  const loaded = loadProject(files)
  const scenario = loaded.project?.scenarios[0]
  if (loaded.project === undefined || scenario === undefined)
    throw new Error(loaded.problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'))
  const family = loaded.project.gateway.profile.startsWith('higress') ? 'higress' : 'envoy'
  // Plugins with the same code share a module, and a VM if the rest of its key is the same too.
  const byText = new Map(
    [...new Set(Object.values(plugins))].map((text) => [text, prepareModule(wat(text), { family })] as const),
  )
  const modules = new Map(
    names.flatMap((name) => {
      const module = byText.get(plugins[name] ?? '')
      return module === undefined ? [] : [[name, module] as const]
    }),
  )
  const run = runScenario(loaded.project, modules, scenario)
  const view = openTrace(run.trace)
  const records = Array.from({ length: view.length }, (_, index) => view.record(index))
  return { ...run, records }
}

/** The callbacks of guests in order, each with its number and what the chain made of it. */
export function callbacks(run: TestRun): string[] {
  const lines: string[] = []
  const names = new Map<number, string>()
  for (const { event, plugin, stream } of run.records) {
    if (event.type === 'guest.enter' && stream !== undefined) {
      const args = event.args.slice(1).map((arg) => ('value' in arg ? String(arg.value) : '?'))
      const label = `${'ABCDEFGH'.charAt(plugin ?? 0)}.${event.callback.replace('proxy_on_', '')}(${args.join(',')})`
      names.set(event.span, label)
      lines.push(label)
    }
    if (event.type === 'guest.leave' && event.action !== undefined && event.action !== 'Continue') {
      const at = lines.lastIndexOf(names.get(event.span) ?? '')
      if (at >= 0) lines[at] += ` ${event.action}`
    }
  }
  return lines
}

export const eventsOf = <T extends TraceEvent['type']>(run: TestRun, type: T): Extract<TraceEvent, { type: T }>[] =>
  run.records
    .map(({ event }) => event)
    .filter((event): event is Extract<TraceEvent, { type: T }> => event.type === type)

export const logLines = (run: TestRun): string[] => run.report.logs.map(({ message }) => message)

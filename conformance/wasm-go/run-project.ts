import { readFileSync } from 'node:fs'
import type { Finding, ScenarioReport } from '../../src/model/report.ts'
import type { TraceView } from '../../src/model/trace.ts'
import { executeRun } from '../../src/sandbox/entry/execute-run.ts'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { buildPlugin } from '../go-sdk/build-plugin.ts'

/** One run of a project with a single Go plugin named `plugin`. */
export type PluginRun = {
  readonly report: ScenarioReport
  readonly trace: TraceView
  readonly findings: readonly Finding[]
}

/** The module of a guest that has to compile. */
export function built(sources: Readonly<Record<string, string>>): Uint8Array {
  const build = buildPlugin(sources)
  if (build.kind === 'failed') throw new Error(`the guest does not build:\n${build.output}`)
  return build.wasm
}

/** The module of `conformance/guests/wasm-go/NAME.go`, under its own file name, so that stacks name it. */
export function guest(name: string): Uint8Array {
  const source = readFileSync(new URL(`../guests/wasm-go/${name}.go`, import.meta.url), 'utf8')
  return built({ [`${name}.go`]: source })
}

export type GuestProject = {
  readonly wasm: Uint8Array
  /** The plugin's configuration (plugin.yaml) as YAML text. */
  readonly config?: string
  /** More of proxyground.yaml, e.g. `gateway:`. */
  readonly project?: string
  /** The scenario's YAML from `steps:` on. */
  readonly steps: string
}

/** Runs a plugin in the whole emulated gateway; a project or scenario that does not load is a bug of the test. */
export function runGuest({ wasm, config, project = '', steps }: GuestProject): PluginRun {
  const files = {
    'proxyground.yaml': `version: 1\nplugins:\n  - { name: plugin, language: go, sdk: higress }\n${project}`,
    'plugins/plugin/main.go': 'package main\n',
    ...(config === undefined ? {} : { 'plugins/plugin/plugin.yaml': config }),
  }
  const scenario = { inline: `name: a guest\n${steps}`, name: 'a guest' }
  const result = executeRun({ files, modules: { plugin: wasm }, scenario }, { now: () => 0 })
  if (result.kind !== 'finished') throw new Error(JSON.stringify(result))
  return { report: result.report, trace: openTrace(result.trace), findings: result.findings }
}

/** Runs AssemblyScript source as a guest of the real emulator. */
import type { ExchangeReport, ScenarioReport } from '../../model/report.ts'
import { executeRun } from '../../sandbox/entry/execute-run.ts'
import { compilePlugin } from '../node.ts'

type GuestRun = {
  readonly source: string
  /** YAML of the steps, each line indented as under `steps:`. */
  readonly steps: string
  /** JSON or YAML of `defaultConfig`. */
  readonly config?: string
  /** YAML of `gateway:`, each line indented by two. */
  readonly gateway?: string
}

const CORE = `export * from '@proxyground/sdk/proxy'\n`
const HIGRESS = `export * from '@proxyground/sdk/higress/proxy'\n`

/** The report of the run; throws with the compiler's words if the source does not compile. */
export async function runGuest({ source, steps, config, gateway }: GuestRun): Promise<ScenarioReport> {
  const text = source + (source.includes('@proxyground/sdk/higress') ? HIGRESS : CORE)
  const built = await compilePlugin({
    plugin: 'p',
    language: 'assemblyscript',
    mode: 'debug',
    sources: { 'plugin.ts': text },
  })
  if (built.kind !== 'ok') throw new Error('output' in built ? built.output : built.kind)
  // A warning about our own SDK would stand in every plugin's list of problems.
  if (built.warnings.length > 0) throw new Error(JSON.stringify(built.warnings))
  const result = executeRun(
    {
      files: {
        'proxyground.yaml': `version: 1\ngateway:\n  logLevel: trace\n${gateway ?? ''}\nplugins:\n  - { name: p, language: assemblyscript }\n`,
        'plugins/p/plugin.yaml': config === undefined ? '{}' : `defaultConfig: ${config}\n`,
        'plugins/p/plugin.ts': text,
      },
      modules: { p: built.wasm },
      scenario: { inline: `name: t\nsteps:\n${steps}\n`, name: 't' },
    },
    { now: () => 0 },
  )
  if (result.kind !== 'finished') throw new Error(JSON.stringify(result))
  return result.report
}

export const get = '  - request: { url: http://127.0.0.1:10000/get?a=1 }'

/** Messages of the guest's log lines. */
export const logsOf = (report: ScenarioReport): string[] =>
  report.logs.map(({ level, message }) => `${level}: ${message}`)

/** The exchange of a step (the first one of `times`). */
export function exchange(report: ScenarioReport, step = 0): Partial<ExchangeReport> {
  const found = report.steps[step]
  return found?.requests?.[0] ?? found ?? {}
}

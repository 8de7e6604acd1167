import { longLinkLength, makeLink, openLink } from '../model/share/link.ts'
import { findSecrets } from '../model/share/secrets.ts'
import { type ExploreFlags, explorationFailed, exploreAll, printExplored, wantedSchedules } from './explore.ts'
import { linkFailureLine } from './link-failure.ts'
import { buildModules, type GoModules, parseWasmOption } from './modules.ts'
import { CannotRun, type ExitCode, type Output, printable } from './outcome.ts'
import { writeProjectFolder } from './project-folder.ts'
import { chosenScenarios, nameOf, type RunScenario, runProject } from './run-project.ts'
import { loadOrStop, openSource } from './source.ts'
import { type ReportedScenario, runLines, testLines } from './text-reporter.ts'
import { traceLines } from './trace-lines.ts'
import { lineText, say } from './words.ts'

export type RunOptions = {
  readonly format: 'text' | 'json'
  readonly wasm: readonly string[]
  readonly sdk: GoModules
  readonly scenario?: string
  readonly trace: boolean
} & ExploreFlags

/** `run` and `test`: the same run, told in full or as a verdict. */
export async function runCommand(
  command: 'run' | 'test',
  argument: string,
  options: RunOptions,
  run: RunScenario,
  output: Output,
): Promise<ExitCode> {
  const given = parseWasmOption(options.wasm)
  const wanted = wantedSchedules(options)
  const source = await openSource(argument, output)
  const project = loadOrStop(source, output)
  const scenarios = chosenScenarios(project, command, options.scenario)
  const modules = await buildModules(project, source, {
    given,
    sdk: options.sdk,
    note: (line) => output.err(lineText(line, output.words)),
  })
  const names = new Map(project.scenarios.map(({ file, name }) => [file, name] as const))
  const { report, runs } = await runProject({ files: source.texts, modules }, scenarios, names, run)
  const unloaded = runs.flatMap(({ modules: loaded }) => loaded.filter((module) => !module.loaded))
  const { text } = output.words
  for (const { plugin, message = text('cli.module.unknownReason') } of new Map(
    unloaded.map((module) => [module.plugin, module]),
  ).values()) {
    output.err(printable(text('cli.module.doesNotLoad', { name: plugin, why: message })))
  }
  const explored =
    wanted === undefined
      ? []
      : await exploreAll(
          { files: source.texts, modules },
          scenarios.map((scenario) => ({ name: nameOf(scenario, names), scenario })),
          wanted,
          run,
        )
  if (options.format === 'json') {
    const traces = options.trace ? { traces: runs.map(({ trace }) => (trace ? traceLines(trace) : [])) } : {}
    output.out(JSON.stringify({ ...report, ...traces, ...(wanted === undefined ? {} : { explored }) }, null, 2))
  } else {
    const reported = runs.map((item, index): ReportedScenario => {
      const scenario = scenarios[index]
      const file = scenario && 'file' in scenario ? scenario.file : undefined
      const steps = project.scenarios.find((candidate) => candidate.file === file)?.steps ?? []
      return file === undefined ? { report: item.report, steps } : { report: item.report, file, steps }
    })
    const lines = command === 'run' ? runLines : testLines
    for (const line of lines(reported, source.texts, output.words)) output.out(line)
    if (options.trace) {
      for (const { report: scenario, trace } of runs) {
        output.out(text('cli.report.traceOf', { name: printable(scenario.name) }))
        for (const line of trace ? traceLines(trace) : []) output.out(`  ${line}`)
      }
    }
  }
  const fileOf = new Map([...names].map(([file, name]) => [name, file] as const))
  if (options.format === 'text') printExplored(explored, source.texts, fileOf, output)
  return report.passed && !explored.some(explorationFailed) ? 0 : 1
}

/** `share DIR`: the link goes to standard output alone, everything worth knowing to standard error. */
export async function shareCommand(argument: string, base: string, output: Output): Promise<ExitCode> {
  const { text } = output.words
  const source = await openSource(argument, output)
  for (const { file, line, column, name } of findSecrets(source.texts)) {
    output.err(printable(text('cli.share.secret', { file, line, column, name })))
  }
  const made = makeLink(source.texts)
  if (!made.ok) {
    const { packedBytes, unpackedBytes } = made.error
    throw new CannotRun(say('cli.share.tooLarge', { packed: packedBytes, unpacked: unpackedBytes }))
  }
  const { hash, length, advice } = made.value
  if (advice === 'long') output.err(text('cli.share.long', { length, limit: longLinkLength }))
  if (advice === 'offer-file') output.err(text('cli.share.offerFile', { length }))
  output.out(`${base.replace(/#.*$/, '')}${hash}`)
  return 0
}

/** `open LINK DIR`. */
export async function openCommand(link: string, directory: string, force: boolean, output: Output): Promise<ExitCode> {
  const opened = openLink(link)
  if (!opened.ok) throw new CannotRun(linkFailureLine(opened.error))
  for (const path of await writeProjectFolder(directory, opened.value, force))
    output.out(printable(`${directory}/${path}`))
  return 0
}

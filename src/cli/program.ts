import { Command, CommanderError, Option } from 'commander'
import { speak, wrongCommandLine } from './command-words.ts'
import { openCommand, runCommand, shareCommand } from './commands.ts'
import { CannotRun, type ExitCode, type Output, printable, type Streams } from './outcome.ts'
import type { RunScenario } from './run-project.ts'
import { type ServeOptions, serveCommand } from './serve/serve.ts'
import { languageOf, lineText, loadWords } from './words.ts'

export type Surroundings = {
  readonly output: Streams
  /** Where LC_ALL, LC_MESSAGES and LANG stand. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly run: RunScenario
  readonly version: string
  readonly stop?: Promise<unknown>
}

type RunFlags = {
  readonly format: 'text' | 'json'
  readonly wasm: readonly string[]
  readonly scenario?: string
  readonly trace: boolean
  readonly sdk: 'bundled' | 'real'
  readonly explore?: string
  readonly seed: string
}

/** Runs one command line (without `node` and the script) and says how it ended. A bug of ours is thrown. */
export async function runCommandLine(
  args: readonly string[],
  { output: streams, environment = {}, run, version, stop = new Promise(() => {}) }: Surroundings,
): Promise<ExitCode> {
  let code: ExitCode = 0
  const words = await loadWords(languageOf(args, environment))
  const { text } = words
  const output: Output = { ...streams, words }
  const write = (to: (line: string) => void) => (text: string) => to(text.replace(/\n$/, ''))
  const program = new Command('proxyground')
    .description(text('cli.about'))
    .version(version, '-V, --version', text('cli.version'))
    .addOption(new Option('--lang <LANG>', text('cli.lang')).choices(['en', 'zh']))
    .exitOverride()
    // What is wrong is said below, in the reader's language.
    .configureOutput({ writeOut: write(output.out), writeErr: write(output.err), outputError: () => {} })
  speak(program, words)

  for (const name of ['run', 'test'] as const) {
    program
      .command(name)
      .description(text(`cli.${name}`))
      .argument('<project>', text('cli.argument.project'))
      .option('--wasm <NAME=FILE>', text('cli.option.wasm'), collect, [])
      .addOption(new Option('--sdk <WHICH>', text('cli.option.sdk')).choices(['bundled', 'real']).default('bundled'))
      .option('--scenario <NAME>', text('cli.option.scenario'))
      .addOption(new Option('--format <FORMAT>', text('cli.option.format')).choices(['text', 'json']).default('text'))
      .option('--trace', text('cli.option.trace'), false)
      .option('--explore <N>', text('cli.option.explore'))
      .option('--seed <N>', text('cli.option.seed'), '1')
      .action(async (project: string, flags: RunFlags) => {
        code = await runCommand(name, project, flags, run, output)
      })
  }
  program
    .command('share')
    .description(text('cli.share'))
    .argument('<folder>', text('cli.argument.folder'))
    .option('--base <URL>', text('cli.option.base'), '')
    .action(async (folder: string, flags: { readonly base: string }) => {
      code = await shareCommand(folder, flags.base, output)
    })
  program
    .command('open')
    .description(text('cli.open'))
    .argument('<link>', text('cli.argument.link'))
    .argument('<folder>', text('cli.argument.target'))
    .option('--force', text('cli.option.force'), false)
    .action(async (link: string, folder: string, flags: { readonly force: boolean }) => {
      code = await openCommand(link, folder, flags.force, output)
    })
  program
    .command('serve')
    .description(text('cli.serve'))
    .option('--httpbin <PORT>', text('cli.option.httpbin'))
    .option('--redis <PORT>', text('cli.option.redis'))
    .option('--redis-password <PASSWORD>', text('cli.option.redisPassword'), '')
    .option('--host <ADDRESS>', text('cli.option.host'), '127.0.0.1')
    .action(async (flags: ServeOptions) => {
      code = await serveCommand(flags, output, stop)
    })

  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CannotRun) {
      for (const line of error.lines) output.err(printable(lineText(line, words), { lines: true }))
      return 2
    }
    // Help and version end with 0, a wrong command line could not run.
    if (error instanceof CommanderError) {
      const wrong = wrongCommandLine(error, words)
      if (wrong !== undefined) output.err(printable(wrong))
      return error.exitCode === 0 ? 0 : 2
    }
    throw error
  }
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

import { Command, CommanderError, Option } from 'commander'
import { openCommand, runCommand, shareCommand } from './commands.ts'
import { CannotRun, type ExitCode, type Output } from './outcome.ts'
import type { RunScenario } from './run-project.ts'
import { type ServeOptions, serveCommand } from './serve/serve.ts'

export type Surroundings = {
  readonly output: Output
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
  { output, run, version, stop = new Promise(() => {}) }: Surroundings,
): Promise<ExitCode> {
  let code: ExitCode = 0
  const write = (to: (line: string) => void) => (text: string) => to(text.replace(/\n$/, ''))
  const program = new Command('proxyground')
    .description('Run proxy-wasm plugins against an emulated gateway, as in the browser.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: write(output.out), writeErr: write(output.err) })

  for (const [name, description] of [
    ['run', 'run the scenarios of a project and show what happened'],
    ['test', 'run the scenarios of a project and say which passed'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument('<project>', 'a project folder or a link')
      .option('--wasm <NAME=FILE>', 'the module of a plugin, instead of compiling it (may be repeated)', collect, [])
      .addOption(
        new Option(
          '--sdk <WHICH>',
          'Go plugins: with our SDK in the bundled toolchain, or with the real modules and the Go of this machine',
        )
          .choices(['bundled', 'real'])
          .default('bundled'),
      )
      .option('--scenario <NAME>', 'only this scenario (its name or file)')
      .addOption(new Option('--format <FORMAT>', 'how to report').choices(['text', 'json']).default('text'))
      .option('--trace', 'print every event too', false)
      .option('--explore <N>', 'also under N other orders of what a gateway may reorder')
      .option('--seed <N>', 'the first seed of --explore', '1')
      .action(async (project: string, flags: RunFlags) => {
        code = await runCommand(name, project, flags, run, output)
      })
  }
  program
    .command('share')
    .description('print a link that holds the project')
    .argument('<folder>', 'a project folder')
    .option('--base <URL>', 'address of the app, put before the link', '')
    .action(async (folder: string, flags: { readonly base: string }) => {
      code = await shareCommand(folder, flags.base, output)
    })
  program
    .command('open')
    .description('write the project of a link into a folder')
    .argument('<link>', 'a link')
    .argument('<folder>', 'where to write')
    .option('--force', 'replace files that are already there', false)
    .action(async (link: string, folder: string, flags: { readonly force: boolean }) => {
      code = await openCommand(link, folder, flags.force, output)
    })
  program
    .command('serve')
    .description('serve httpbin and Redis on real ports, from the same code as in a run')
    .option('--httpbin <PORT>', 'HTTP/1.1 on this port (0: a free one)')
    .option('--redis <PORT>', 'RESP on this port (0: a free one)')
    .option('--redis-password <PASSWORD>', 'what the default user logs in with', '')
    .option('--host <ADDRESS>', 'address to listen on', '127.0.0.1')
    .action(async (flags: ServeOptions) => {
      code = await serveCommand(flags, output, stop)
    })

  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CannotRun) {
      for (const line of error.lines) output.err(line)
      return 2
    }
    // Help and version end with 0, a wrong command line could not run.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    throw error
  }
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

import { readFileSync } from 'node:fs'
import { runInThread } from './guest-thread.ts'
import { runCommandLine } from './program.ts'

/** Entry of the built command line (`dist/node/cli.js`); the guest thread's script lies beside it. */
const threadScript = new URL('./sandbox-thread.js', import.meta.url)

function packageVersion(): string {
  const text: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : ''
}

/** Settles when the user or the system wants the command to end; a run that is no service ends at once as ever. */
function stopped(): Promise<void> {
  const serving = process.argv[2] === 'serve'
  if (!serving) return Promise.resolve()
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

const output = {
  out: (line: string) => void process.stdout.write(`${line}\n`),
  err: (line: string) => void process.stderr.write(`${line}\n`),
}

try {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    output,
    run: (request) => runInThread(threadScript, request),
    version: packageVersion(),
    environment: process.env,
    stop: stopped(),
  })
} catch (error) {
  output.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 2
}

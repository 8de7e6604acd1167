/** How a real Envoy refuses a module: it ends at its start, and says why. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap, type Ports } from '../envoy/bootstrap.ts'
import { freePorts } from '../envoy/process.ts'
import { answers } from '../envoy/run.ts'
import type { Refusal } from './expected.ts'

/** Services that are never asked. */
const nobody: Ports = { upstream: 9, auth: 9, silent: 9, refused: 9, closing: 9, broken: 9, grpc: 9, h2: 9 }

export async function observeLoad(
  binary: string,
  wasm: Uint8Array,
  capabilities: readonly string[] | undefined,
): Promise<Refusal> {
  const folder = mkdtempSync(join(tmpdir(), 'proxyground-load-'))
  const file = join(folder, 'plugin.wasm')
  writeFileSync(file, wasm)
  const [port = 0, plain = 0] = await freePorts(2)
  const allowed = capabilities && Object.fromEntries(capabilities.map((name) => [name, {}]))
  const plugin = allowed === undefined ? {} : { capability_restriction_config: { allowed_capabilities: allowed } }
  const probe = { name: 'load', scripts: [''], request: { method: 'GET', path: '/' }, plugin }
  const config = bootstrap([{ probe, port }], [nobody], () => file, plain)
  const at = join(folder, 'envoy.json')
  writeFileSync(at, JSON.stringify(config))
  const args = ['-c', at, '--base-id', String(process.pid % 30_000), '--concurrency', '1', '--disable-hot-restart']
  const child = spawn(binary, [...args, '--log-level', 'error', '--log-format', '%L %n %v'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.on('data', (data: Buffer) => {
    text += data.toString()
  })
  const dead = () => child.exitCode !== null || child.signalCode !== null
  while (!dead() && !(await answers(plain))) await new Promise((resolve) => setTimeout(resolve, 50))
  const refused = dead()
  if (!refused) await stop(child)
  rmSync(folder, { recursive: true, force: true })
  return { refused, lines: wasmLines(text) }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

/** Of the wasm component, without the backtrace and the place in the listener's configuration. */
const wasmLines = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => /^[EC] wasm (?:wasm log[^:]*: )?(.+)$/.exec(line)?.[1] ?? [])

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type RunningEnvoy = {
  readonly logFile: string
  readonly logLines: () => readonly string[]
  /** It ended by itself: a request crashed it. */
  readonly crashed: () => boolean
  readonly stop: () => Promise<void>
}

/** Free ports of the loopback address, all different: each is held until the last one is found. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen))
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

const flags = [
  ...['--disable-hot-restart', '--log-level', 'error'],
  ...['--component-log-level', 'wasm:debug', '--log-format', '%L %n %v'],
]

/** Starts Envoy on a bootstrap and waits until it answers. Ended by its own process id. */
export async function startEnvoy(
  binary: string,
  bootstrap: object,
  ready: () => Promise<boolean>,
  workers = 1,
): Promise<RunningEnvoy> {
  const folder = mkdtempSync(join(tmpdir(), 'proxyground-envoy-'))
  const file = join(folder, 'envoy.json')
  const log = join(folder, 'envoy.log')
  writeFileSync(file, JSON.stringify(bootstrap))
  writeFileSync(log, '')
  const own = ['-c', file, '--base-id', String(process.pid % 30_000)]
  // Not --log-path: Envoy writes that file with seconds of delay.
  const child = spawn(binary, [...own, '--concurrency', String(workers), ...flags], {
    stdio: ['ignore', 'ignore', openSync(log, 'a')],
  })
  const logLines = () => readFileSync(log, 'utf8').split('\n')
  const deadline = Date.now() + 120_000
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`Envoy ended while starting:\n${logLines().slice(-20).join('\n')}`)
    if (Date.now() > deadline) throw new Error('Envoy did not answer within two minutes')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const crashed = () => child.exitCode !== null || child.signalCode !== null
  return { logFile: log, logLines, crashed, stop: () => stop(child) }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    // There is nothing to say goodbye to, and to end a hundred VMs in order takes long.
    child.kill('SIGKILL')
  })
}

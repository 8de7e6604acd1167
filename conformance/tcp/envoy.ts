/** Runs the cases on a real Envoy: `envoy.filters.network.wasm` before `tcp_proxy`, a service on loopback. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { wat } from '../../src/sandbox/vm/test-world.ts'
import { freePorts, startEnvoy } from '../envoy/process.ts'
import { accessLog } from './access-log.ts'
import { type ServiceBehaviour, type TcpCase, type TcpSeen, tcpGuest } from './cases.ts'

const api = 'type.googleapis.com/envoy.extensions'

export async function observeTcp(binary: string, cases: readonly TcpCase[]): Promise<readonly TcpSeen[]> {
  const folder = mkdtempSync(join(tmpdir(), 'proxyground-tcp-'))
  const guest = join(folder, 'guest.wasm')
  writeFileSync(guest, wat(tcpGuest('')))
  const ports = await freePorts(cases.length * 2)
  const services = await Promise.all(cases.map(({ service }, index) => open(service, ports[2 * index] ?? 0)))
  const logOf = (index: number) => join(folder, `access-${index}.log`)
  const bootstrap = {
    static_resources: {
      listeners: cases.map((_, index) => listener(index, ports[2 * index + 1] ?? 0, guest, logOf(index))),
      clusters: cases.map((_, index) => cluster(index, ports[2 * index] ?? 0)),
    },
  }
  const envoy = await startEnvoy(binary, bootstrap, () => answers(ports.at(-1) ?? 0))
  try {
    const seen: TcpSeen[] = []
    await sleep(1000)
    for (const [index] of cases.entries()) {
      // The first connection of the last listener was the question whether Envoy is there.
      const before = envoy.logLines().length
      const received = await talk(ports[2 * index + 1] ?? 0)
      await sleep(300)
      const heard = envoy
        .logLines()
        .slice(before - 1)
        .flatMap(logged)
        .join(' ')
      const flags = readFileSync(logOf(index), 'utf8').trim().split('\n').at(-1) ?? ''
      seen.push({ heard, received, flags })
    }
    return seen
  } finally {
    await envoy.stop()
    for (const close of services) close()
  }
}

const logged = (line: string): readonly string[] => {
  const [, text] = / wasm log[^:]*: (.*)$/.exec(line) ?? []
  return text === undefined ? [] : [text]
}

function listener(index: number, port: number, guest: string, log: string): object {
  const wasm = {
    '@type': `${api}.filters.network.wasm.v3.Wasm`,
    config: {
      name: 'a',
      vm_config: { vm_id: `vm${index}`, runtime: 'envoy.wasm.runtime.v8', code: { local: { filename: guest } } },
    },
  }
  const proxy = {
    '@type': `${api}.filters.network.tcp_proxy.v3.TcpProxy`,
    stat_prefix: `t${index}`,
    cluster: `s${index}`,
    // An hour unless said otherwise: what ends a connection on which nothing comes.
    idle_timeout: '3s',
    access_log: accessLog(log, '%RESPONSE_FLAGS%'),
  }
  return {
    name: `l${index}`,
    address: { socket_address: { address: '127.0.0.1', port_value: port } },
    filter_chains: [
      {
        filters: [
          { name: 'wasm', typed_config: wasm },
          { name: 'tcp_proxy', typed_config: proxy },
        ],
      },
    ],
  }
}

/** Connecting may take a second. */
export function cluster(index: number, port: number): object {
  const address = { socket_address: { address: '127.0.0.1', port_value: port } }
  return {
    name: `s${index}`,
    type: 'STATIC',
    connect_timeout: '1s',
    load_assignment: { cluster_name: `s${index}`, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
  }
}

/** The service of one case; gives back what ends it. */
async function open(behaviour: ServiceBehaviour, port: number): Promise<() => void> {
  if (behaviour.kind === 'refuses') return () => {}
  if (behaviour.kind === 'unanswered') return neverAccepting(port)
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket.on('error', () => {}))
    serve(behaviour, socket)
  })
  await listen(server, port)
  return () => {
    server.close()
    for (const socket of open) socket.destroy()
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()))

/** A port whose queue of connections is full: the kernel does not answer another one. Node accepts always, Python need not. */
export async function neverAccepting(port: number): Promise<() => void> {
  const program = `import socket,time\ns=socket.socket()\ns.bind(("127.0.0.1",${port}))\ns.listen(0)\ntime.sleep(300)`
  const child = spawn('python3', ['-c', program], { stdio: 'ignore' })
  const waiting = Array.from({ length: 4 }, () => new Socket().on('error', () => {}))
  while (!(await answers(port))) await sleep(100)
  for (const socket of waiting) socket.connect(port, '127.0.0.1')
  await sleep(500)
  return () => {
    for (const socket of waiting) socket.destroy()
    child.kill()
  }
}

function serve(behaviour: ServiceBehaviour, socket: Socket): void {
  if (behaviour.kind === 'reset') setTimeout(() => socket.resetAndDestroy(), 100)
  if (behaviour.kind !== 'echo') return
  let left = behaviour.bytes ?? Number.POSITIVE_INFINITY
  socket.on('data', (data) => {
    if (left < 0) return
    const part = data.subarray(0, left)
    left -= part.length
    // With its end at once, so that the gateway reads both together.
    if (left === 0 && behaviour.last === 'end') socket.end(part)
    else if (part.length > 0) socket.write(part)
    if (left > 0) return
    left = -1
    // What was written has to arrive before the reset, which would overtake it.
    if (behaviour.last === 'reset') setTimeout(() => socket.resetAndDestroy(), 100)
  })
  socket.on('end', () => {
    if (left > 0) socket.end()
  })
}

/** What the client receives. */
function talk(port: number): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = new Socket({ allowHalfOpen: true })
    const timers = [
      setTimeout(() => socket.write('ghi'), 400),
      setTimeout(() => socket.end(), 1500),
      setTimeout(() => socket.resetAndDestroy(), 9000),
    ]
    socket.on('data', (data) => {
      received += data.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      for (const timer of timers) clearTimeout(timer)
      resolve(received)
    })
    socket.connect(port, '127.0.0.1', () => socket.write('abcdef'))
  })
}

export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket()
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy()).connect(port, '127.0.0.1')
  })
}

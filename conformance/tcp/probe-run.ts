/** Random connections on a real Envoy and in the emulator. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadProject } from '../../src/model/project/load.ts'
import { runScenario } from '../../src/sandbox/entry/index.ts'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { prepareModule } from '../../src/sandbox/vm/prepare.ts'
import { ProbeLog } from '../envoy/probe-log.ts'
import { freePorts, startEnvoy } from '../envoy/process.ts'
import { maskLine } from '../observed.ts'
import { answers, cluster } from './envoy.ts'
import { talkTo } from './probe-client.ts'
import { gap, type TcpProgram } from './program.ts'

export type TcpObserved = {
  /** What the client received. */
  readonly received: string
  /** What the service received. */
  readonly upstream: string
  readonly log: readonly string[]
  /** Somebody held it for ever: who ended it is left to timers. */
  readonly hung?: boolean
}

const api = 'type.googleapis.com/envoy.extensions'

/** All at the same time, each with a listener and a service of its own. */
export async function observeTcpPrograms(
  binary: string,
  wasm: Uint8Array,
  programs: readonly TcpProgram[],
): Promise<readonly TcpObserved[]> {
  const file = join(mkdtempSync(join(tmpdir(), 'proxyground-tcp-')), 'probe.wasm')
  writeFileSync(file, wasm)
  const ports = await freePorts(programs.length * 2 + 1)
  const at = (index: number) => ports[index] ?? 0
  const services = await Promise.all(programs.map((program, index) => open(program, at(2 * index))))
  const ready = at(programs.length * 2)
  const listeners = programs.map((program, index) => listener(program, index, at(2 * index + 1), file))
  const bootstrap = {
    static_resources: {
      listeners: [...listeners, listener({ scripts: [] }, 0, ready, file)],
      clusters: programs.map((_, index) => cluster(index, at(2 * index))),
    },
  }
  const envoy = await startEnvoy(binary, bootstrap, () => answers(ready))
  const log = new ProbeLog(envoy.logFile)
  try {
    await sleep(500)
    const received = await Promise.all(
      programs.map((program, index) => talkTo(at(2 * index + 1), program, () => services[index]?.end())),
    )
    await sleep(300)
    return programs.map((_, index) => ({
      received: received[index] ?? '',
      upstream: services[index]?.received() ?? '',
      log: log.of(index),
    }))
  } finally {
    await envoy.stop()
    for (const service of services) service.close()
  }
}

function listener({ scripts }: Pick<TcpProgram, 'scripts'>, index: number, port: number, file: string): object {
  const text = (value: string) => ({ '@type': 'type.googleapis.com/google.protobuf.StringValue', value })
  const plugins = scripts.map((script, at) => ({
    name: `p${at}`,
    typed_config: {
      '@type': `${api}.filters.network.wasm.v3.Wasm`,
      config: {
        name: `p${at}`,
        root_id: `root${at}`,
        vm_config: {
          vm_id: 'shared',
          runtime: 'envoy.wasm.runtime.v8',
          configuration: text(`shared:${at}`),
          code: { local: { filename: file } },
        },
        configuration: text(`tag case${index}:${at}\n${script.replaceAll('~', `zq${index}`)}`),
      },
    },
  }))
  const proxy = {
    '@type': `${api}.filters.network.tcp_proxy.v3.TcpProxy`,
    stat_prefix: `t${index}`,
    cluster: `s${index}`,
    // What an hour does otherwise: the end of a connection on which nothing comes.
    idle_timeout: '2s',
  }
  return {
    name: `l${port}`,
    address: { socket_address: { address: '127.0.0.1', port_value: port } },
    filter_chains: [{ filters: [...plugins, { name: 'tcp_proxy', typed_config: proxy }] }],
  }
}

/** The service of one program; `end` closes its side. */
async function open({ echo, says }: TcpProgram, port: number) {
  const sockets = new Set<Socket>()
  let received = ''
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    sockets.add(socket.setNoDelay(true).on('error', () => {}))
    socket.on('data', (data) => {
      received += data.toString('latin1')
      if (echo && socket.writable) socket.write(data)
    })
    let [said, left] = [false, false]
    socket.on('end', () => {
      left = true
      if (said) socket.end()
    })
    for (const [index, text] of says.entries()) {
      await sleep(index === 0 ? gap / 2 : gap)
      if (socket.writable) socket.write(text)
    }
    // Not in one read with the last of it.
    await sleep(gap / 2)
    said = true
    if (left) socket.end()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  return {
    received: () => received,
    end: () => {
      for (const socket of sockets) socket.end()
    },
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

const modules = new WeakMap<Uint8Array, ReturnType<typeof prepareModule>>()

export function emulateTcp(wasm: Uint8Array, program: TcpProgram, profile: 'envoy-1.40' | 'envoy-1.36'): TcpObserved {
  const names = program.scripts.map((_, index) => `p${index}`)
  const { project, problems } = loadProject({
    'proxyground.yaml': JSON.stringify({
      version: 1,
      gateway: {
        profile,
        logLevel: 'debug',
        listeners: [{ name: 'tcp', port: 18002, kind: 'tcp', plugins: names, cluster: 's0' }],
        clusters: {
          s0: {
            kind: 'tcp',
            echo: program.echo,
            chunks: program.says.map((data, index) => ({ data, delay: `${index === 0 ? gap / 2 : gap}ms` })),
          },
        },
      },
      plugins: names.map((name) => ({ name, language: 'wasm' })),
    }),
    ...Object.fromEntries(
      program.scripts.map((script, index) => [
        `plugins/p${index}/plugin.yaml`,
        JSON.stringify({
          kind: 'EnvoyPlugin',
          name: `p${index}`,
          root_id: `root${index}`,
          vm_config: { vm_id: 'vm', configuration: `vm${index}` },
          configuration: `tag ${index}\n${script.replaceAll('~', '')}`,
        }),
      ]),
    ),
    'scenarios/case.yaml': JSON.stringify({
      steps: [
        {
          connection: {
            listener: 'tcp',
            send: program.send.map((data, index) => ({ data, after: index === 0 ? '0ms' : `${gap}ms` })),
            ...(program.close === undefined ? {} : { close: program.close }),
          },
        },
      ],
    }),
  })
  const scenario = project?.scenarios[0]
  if (project === undefined || scenario === undefined)
    throw new Error(problems.map(({ message }) => message).join('\n'))
  const module = modules.get(wasm) ?? prepareModule(wasm, { family: 'envoy' })
  modules.set(wasm, module)
  const { report, trace } = runScenario(project, new Map(names.map((name) => [name, module])), scenario)
  const [step] = report.steps
  if (step === undefined || !('received' in step)) throw new Error(JSON.stringify(report.failures))
  const view = openTrace(trace)
  const log: string[] = []
  let upstream = ''
  let hung = false
  for (let index = 0; index < view.length; index++) {
    const { event } = view.record(index)
    if (event.type === 'stream.end') hung = event.ended === 'hung'
    if (event.type === 'upstream.request.body') upstream += Buffer.from(event.data).toString('latin1')
    if (event.type === 'log' && event.via === 'proxy_log' && /^\d /.test(event.message))
      log.push(maskLine(event.message))
  }
  const received = step.received !== undefined && 'text' in step.received ? step.received.text : ''
  return { received, upstream, log, ...(hung ? { hung } : {}) }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePorts, type RunningEnvoy, startEnvoy } from '../envoy/process.ts'
import { recordingServer, send } from '../envoy/raw-http.ts'
import { buildGuest, goMissing } from './build-guest.ts'
import { runGuest } from './run-guest.ts'
import { tcpLines } from './tcp-lines.ts'

/** Path of an Envoy (npm run conformance:setup); without one these tests are skipped, the others do not need it. */
const binary = process.env.PROXYGROUND_ENVOY
const api = 'type.googleapis.com/envoy.extensions.filters'
const text = (value: string) => ({ '@type': 'type.googleapis.com/google.protobuf.StringValue', value })

function wasm(kind: 'http' | 'network', name: string, file: string): object {
  const code = { local: { filename: file } }
  const vm = { vm_id: name, runtime: 'envoy.wasm.runtime.v8', code, configuration: text('{"vm":1}') }
  return {
    name,
    typed_config: {
      '@type': `${api}.${kind}.wasm.v3.Wasm`,
      config: { name, root_id: name, vm_config: vm, configuration: text('{"a":1}') },
    },
  }
}

const chain = (name: string, port: number, filters: readonly object[]) => ({
  name,
  address: { socket_address: { address: '127.0.0.1', port_value: port } },
  filter_chains: [{ filters }],
})

function http(name: string, port: number, file: string): object {
  const router = { name: 'router', typed_config: { '@type': `${api}.http.router.v3.Router` } }
  const routes = [{ match: { prefix: '/' }, route: { cluster: 'upstream' } }]
  return chain(name, port, [
    {
      name: 'hcm',
      typed_config: {
        '@type': `${api}.network.http_connection_manager.v3.HttpConnectionManager`,
        stat_prefix: name,
        http_filters: [wasm('http', name, file), router],
        route_config: { virtual_hosts: [{ name: 'vh', domains: ['*'], routes }] },
      },
    },
  ])
}

function tcp(name: string, port: number, file: string): object {
  const proxy = { '@type': `${api}.network.tcp_proxy.v3.TcpProxy`, stat_prefix: name, cluster: 'echo' }
  return chain(name, port, [wasm('network', name, file), { name: 'tcp', typed_config: proxy }])
}

function cluster(name: string, port: number): object {
  const endpoint = { address: { socket_address: { address: '127.0.0.1', port_value: port } } }
  const load = { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint }] }] }
  return { name, type: 'STATIC', connect_timeout: '1s', load_assignment: load }
}

const answer = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`

describe.skipIf(binary === undefined || goMissing)('our SDK in a real Envoy', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'go-envoy-'))
  const modules = { lifecycle: false, tinygo: true, oldest: true, tcp: false }
  const built = new Map<string, Uint8Array>()
  const ports = new Map<string, number>()
  let envoy: RunningEnvoy
  let upstream: Awaited<ReturnType<typeof recordingServer>>
  let service: Awaited<ReturnType<typeof recordingServer>>
  // Sends back what it gets, and ends when the client has.
  const echo = createServer((socket) => socket.pipe(socket))

  beforeAll(async () => {
    const names = Object.entries(modules)
    const free = await freePorts(names.length + 3)
    const [up = 0, aside = 0, back = 0, ...rest] = free
    upstream = await recordingServer(up, () => [answer('hello')])
    service = await recordingServer(aside, () => [answer('allowed')])
    await new Promise<void>((resolve) => echo.listen(back, '127.0.0.1', resolve))
    const listeners = names.map(([name, runMain], index) => {
      const module = buildGuest(name, { runMain })
      const file = join(folder, `${name}.wasm`)
      writeFileSync(file, module)
      built.set(name, module)
      const port = rest[index] ?? 0
      ports.set(name, port)
      return name === 'tcp' ? tcp(name, port, file) : http(name, port, file)
    })
    const clusters = [cluster('upstream', up), cluster('service', aside), cluster('echo', back)]
    const last = ports.get('oldest') ?? 0
    envoy = await startEnvoy(binary ?? '', { static_resources: { listeners, clusters } }, async () => {
      const reply = await send(last, request('GET', ''))
      return reply.message?.complete === true
    })
  }, 300_000)

  afterAll(async () => {
    await envoy?.stop()
    for (const server of [upstream, service, echo]) server?.close()
    rmSync(folder, { recursive: true })
  })

  function request(method: string, body: string) {
    const length = body === '' ? '' : `content-length: ${body.length}\r\n`
    const head = `${method} /post HTTP/1.1\r\nhost: a.test\r\n${length}\r\n`
    return { head, chunks: body === '' ? [] : [body], noBody: false, gap: 0, patience: 5000 }
  }

  /** Lines of a plugin's own log, without what Envoy puts before them. */
  const logs = (name: string) =>
    envoy.logLines().flatMap((line) => {
      const at = line.indexOf(`wasm log ${name}`)
      return at < 0 ? [] : [line.slice(at).replace(/^wasm log [^:]*: /, '')]
    })
  const ofStreams = (lines: readonly string[]) => lines.filter((line) => line.startsWith('stream: '))

  test('a plugin that holds a request for a call logs the same as in the emulator', async () => {
    const reply = await send(ports.get('lifecycle') ?? 0, request('POST', 'abcdef'))
    expect(reply.message?.complete).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const emulated = runGuest(built.get('lifecycle') ?? new Uint8Array(), {
      steps: "  - request: { method: POST, url: http://a.test/post, body: 'abcdef' }",
      profile: 'envoy-1.40',
      gateway: {
        clusters: { up: { kind: 'fixed', body: 'hello' }, service: { kind: 'fixed', body: 'allowed' } },
        routes: [{ name: 'r', cluster: 'up' }],
      },
    })
    expect(ofStreams(logs('lifecycle'))).toEqual(ofStreams(emulated.logs))
    expect(upstream.received.at(-1)?.body).toContain('<abcdef>')
  })

  test('the tetratelabs generation and the oldest form load and edit headers', async () => {
    await send(ports.get('tinygo') ?? 0, request('GET', ''))
    expect(JSON.stringify(upstream.received.at(-1))).toContain('x-generation')
    await send(ports.get('oldest') ?? 0, request('GET', ''))
    expect(JSON.stringify(upstream.received.at(-1))).toContain('x-oldest')
  })

  test('a TCP plugin gets its callbacks and changes data both ways', async () => {
    const received = await new Promise<string>((resolve) => {
      let all = ''
      const socket = connect(ports.get('tcp') ?? 0, '127.0.0.1', () => {
        socket.write('abc')
        setTimeout(() => socket.write('def'), 200)
      })
      socket.on('data', (data) => {
        all += data.toString()
        socket.end()
      })
      socket.on('close', () => resolve(all))
    })
    expect(received).toBe('replaced')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(ofStreams(logs('tcp'))).toEqual(tcpLines)
  })
})

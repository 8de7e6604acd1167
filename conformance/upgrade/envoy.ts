/** Runs the cases on a real Envoy whose connection manager allows upgrades to WebSocket. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeFrame, encodeFrame, opcodes } from '../../src/model/websocket.ts'
import { acceptOf, clientKey } from '../../src/sandbox/codec/websocket-handshake.ts'
import { type Said, WebSocketTalk } from '../../src/sandbox/upstream/websocket.ts'
import { wat } from '../../src/sandbox/vm/test-world.ts'
import { freePorts, startEnvoy } from '../envoy/process.ts'
import { accessLog } from '../tcp/access-log.ts'
import { answers, cluster } from '../tcp/envoy.ts'
import { type UpgradeCase, type UpgradeSeen, upgradeGuest } from './cases.ts'

const api = 'type.googleapis.com/envoy.extensions.filters'

export async function observeUpgrades(binary: string, cases: readonly UpgradeCase[]): Promise<readonly UpgradeSeen[]> {
  const folder = mkdtempSync(join(tmpdir(), 'proxyground-upgrade-'))
  const guestOf = (index: number) => join(folder, `guest-${index}.wasm`)
  const logOf = (index: number) => join(folder, `access-${index}.log`)
  const ports = await freePorts(cases.length * 2)
  const services = await Promise.all(cases.map((each, index) => openService(each, ports[2 * index] ?? 0)))
  for (const [index, each] of cases.entries()) writeFileSync(guestOf(index), wat(upgradeGuest(each)))
  const bootstrap = {
    static_resources: {
      listeners: cases.map((_, index) => listener(index, ports[2 * index + 1] ?? 0, guestOf(index), logOf(index))),
      clusters: cases.map((_, index) => cluster(index, ports[2 * index] ?? 0)),
    },
  }
  const envoy = await startEnvoy(binary, bootstrap, () => answers(ports.at(-1) ?? 0))
  try {
    await sleep(1500)
    const seen: UpgradeSeen[] = []
    for (const [index, each] of cases.entries()) {
      const before = envoy.logLines().length
      const received = await talk(each, ports[2 * index + 1] ?? 0)
      await sleep(500)
      const lines = envoy.logLines().slice(before - 1)
      const heard = lines.flatMap((line) => / wasm log[^:]*: (.*)$/.exec(line)?.slice(1) ?? []).join(' ')
      const logged = readFileSync(logOf(index), 'utf8').trim().split('\n').at(-1) ?? ''
      const [responseHead, bytes] = parted(received)
      const [requestHead, said] = parted(services[index]?.got() ?? '')
      const served = requestHead.length === 0 ? [] : [...requestHead, said]
      seen.push({ heard, head: responseHead, received: bytes, served, logged })
    }
    return seen
  } finally {
    await envoy.stop()
    for (const { close } of services) close()
  }
}

const varying = /^(date|x-envoy-upstream-service-time|x-request-id|host):/i

/** Lines of the head that do not vary, and the bytes behind it in hex. */
function parted(text: string): readonly [head: readonly string[], bytes: string] {
  const at = text.indexOf('\r\n\r\n')
  const head = text.slice(0, Math.max(at, 0)).split('\r\n')
  const lines = head.filter((line) => line !== '' && !varying.test(line))
  return [lines, Buffer.from(at < 0 ? '' : text.slice(at + 4), 'latin1').toString('hex')]
}

function listener(index: number, port: number, guest: string, log: string): object {
  const wasm = {
    '@type': `${api}.http.wasm.v3.Wasm`,
    config: {
      name: 'a',
      vm_config: { vm_id: `vm${index}`, runtime: 'envoy.wasm.runtime.v8', code: { local: { filename: guest } } },
    },
  }
  const routes = [{ match: { prefix: '/' }, route: { cluster: `s${index}` } }]
  const manager = {
    '@type': `${api}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: `h${index}`,
    upgrade_configs: [{ upgrade_type: 'websocket' }],
    http_filters: [
      { name: 'wasm', typed_config: wasm },
      { name: 'router', typed_config: { '@type': `${api}.http.router.v3.Router` } },
    ],
    route_config: { name: 'routes', virtual_hosts: [{ name: 'vh', domains: ['*'], routes }] },
    access_log: accessLog(
      log,
      '%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %BYTES_RECEIVED% %BYTES_SENT%',
    ),
  }
  const address = { socket_address: { address: '127.0.0.1', port_value: port } }
  return { name: `l${index}`, address, filter_chains: [{ filters: [{ name: 'hcm', typed_config: manager }] }] }
}

const switching = 'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n'
const refusing = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nno'

/** A service for one connection. */
function openService(each: UpgradeCase, port: number): Promise<{ got: () => string; close: () => void }> {
  let got = ''
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.on('error', () => {}))
    let switched = false
    const says = each.says === undefined ? [] : [{ data: Buffer.from(each.says), delay: 0 }]
    const talk = new WebSocketTalk({ echo: true, messages: says })
    const say = (said: readonly Said[]) => {
      for (const { data, end } of said) {
        socket.write(data)
        if (end) socket.end()
      }
    }
    socket.on('data', (data) => {
      got += data.toString('latin1')
      if (switched) say(talk.received(data))
      if (switched || !got.includes('\r\n\r\n')) return
      switched = true
      if (each.service === 'refuses') socket.write(refusing)
      else {
        const head = Buffer.from(`${switching}sec-websocket-accept: ${acceptOf(clientKey)}\r\n\r\n`)
        socket.write(Buffer.concat([head, ...talk.opened().map(({ data }) => data)]))
      }
    })
    socket.on('end', () => socket.end())
  })
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () =>
      resolve({
        got: () => got,
        close: () => {
          server.close()
          for (const socket of sockets) socket.destroy()
        },
      }),
    )
  })
}

const head = [
  'GET /chat HTTP/1.1',
  'host: example.com',
  'connection: Upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  `sec-websocket-key: ${clientKey}`,
  '',
  '',
].join('\r\n')

/** What the client receives. */
function talk({ messages = [] }: UpgradeCase, port: number): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = new Socket({ allowHalfOpen: true })
    const timers: NodeJS.Timeout[] = []
    const frames = [...messages.map((text) => encodeFrame(opcodes.text, Buffer.from(text), 'client')), closeFrame(1000, 'client')] // biome-ignore format: one list
    const begin = () => {
      for (const [index, frame] of frames.entries())
        timers.push(setTimeout(() => socket.writable && socket.write(frame), 300 * (index + 1)))
      timers.push(setTimeout(() => socket.destroy(), 300 * (frames.length + 2)))
    }
    socket.on('data', (data) => {
      if (received === '') begin()
      received += data.toString('latin1')
    })
    socket.on('end', () => socket.end())
    socket.on('error', () => {})
    socket.on('close', () => {
      for (const timer of timers) clearTimeout(timer)
      resolve(received)
    })
    socket.connect(port, '127.0.0.1', () => socket.write(head))
  })
}

import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { maskHeaders, maskLine, type Observed, type ProbeCase } from '../observed.ts'
import { bootstrap } from './bootstrap.ts'
import { freePorts, startEnvoy } from './process.ts'
import { type RawMessage, recordingServer, send } from './raw-http.ts'

/** Runs every case on a real Envoy, one after another, and tells what it showed. */
export async function observeEnvoy(
  binary: string,
  wasm: Uint8Array,
  cases: readonly ProbeCase[],
): Promise<readonly Observed[]> {
  const file = join(tmpdir(), `proxyground-probe-${process.pid}.wasm`)
  writeFileSync(file, wasm)
  const [upstreamPort = 0, authPort = 0, silentPort = 0, refused = 0, ...free] = await freePorts(cases.length + 4)
  const ports = { upstream: upstreamPort, auth: authPort, silent: silentPort, refused }
  const listeners = cases.map((probe, index) => ({ probe, port: free[index] ?? 0 }))
  let current: ProbeCase | undefined
  const upstream = await recordingServer(ports.upstream, (request) => replyOf(current, request))
  const auth = await recordingServer(ports.auth, () => authReply)
  const silent = await recordingServer(ports.silent, () => undefined)
  const last = listeners.at(-1)?.port ?? 0
  const envoy = await startEnvoy(binary, bootstrap(listeners, ports, file), () => answers(last))
  const results: Observed[] = []
  try {
    for (const [index, { probe, port }] of listeners.entries()) {
      current = probe
      upstream.received.length = 0
      auth.received.length = 0
      const client = await ask(probe, port)
      await new Promise((resolve) => setTimeout(resolve, 60))
      const log = probeLines(envoy.logLines(), index)
      results.push({ client, upstream: upstream.received.map(seen), calls: auth.received.map(seen), log })
    }
  } finally {
    await envoy.stop()
    for (const server of [upstream, auth, silent]) server.close()
  }
  return results
}

const authReply = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nx-up: auth\r\ncontent-length: 7\r\n\r\nallowed'

async function answers(port: number): Promise<boolean> {
  const { closed } = await send(port, { head: '', chunks: [], noBody: true, gap: 0, patience: 50 })
  return !closed
}

function probeLines(lines: readonly string[], index: number): readonly string[] {
  const mine = new RegExp(` case${index}:(\\d) (.*)$`)
  return lines.flatMap((line) => {
    const found = mine.exec(line)
    return found === null ? [] : [maskLine(`${found[1]} ${found[2]}`)]
  })
}

function replyOf(probe: ProbeCase | undefined, request: RawMessage): string {
  const reply = probe?.reply ?? {
    status: 200,
    headers: [['content-type', 'text/plain'] as const],
    body: 'upstream says hello',
  }
  const length = reply.status === 204 ? '' : `content-length: ${reply.body.length}\r\n`
  const headers = (reply.headers ?? []).map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `HTTP/1.1 ${reply.status} X\r\n${headers}${length}\r\n${request.start.startsWith('HEAD') ? '' : reply.body}`
}

const seen = ({ start, headers, body }: RawMessage) => ({ start, headers: maskHeaders(headers), body })

async function ask(probe: ProbeCase, port: number): Promise<Observed['client']> {
  const { method, path, headers = [], chunks = [] } = probe.request
  const chunked = chunks.length > 1
  const length: readonly (readonly [string, string])[] = chunked
    ? [['transfer-encoding', 'chunked']]
    : chunks.map((chunk) => ['content-length', String(chunk.length)] as const)
  const lines = [['host', 'example.test'] as const, ...headers, ...length]
  const head = `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
  const parts = chunked ? [...framed, '0\r\n\r\n'] : []
  // A body of one piece leaves with the head: it is there before any callout can answer.
  const whole = chunked ? head : head + chunks.join('')
  const noBody = method === 'HEAD'
  const { message, closed } = await send(port, { head: whole, chunks: parts, noBody, gap: 30, patience: 1500 })
  if (message === undefined) return { kind: closed ? 'reset' : 'hang' }
  const status = Number(message.start.split(' ')[1])
  const complete = status === 204 || status === 304 || message.complete
  return { kind: 'response', status, headers: maskHeaders(message.headers), body: message.body, complete }
}

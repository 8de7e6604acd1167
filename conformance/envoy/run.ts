import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HeaderList } from '../../src/model/http.ts'
import { grpcReplies } from '../grpc-service.ts'
import {
  type Answered,
  configuredOnce,
  maskHeaders,
  maskLine,
  type Observed,
  type ProbeCase,
  serviceNames,
} from '../observed.ts'
import type { Probes } from '../probe-guest.ts'
import { bootstrap } from './bootstrap.ts'
import { grpcServer } from './grpc-server.ts'
import { freePorts, startEnvoy } from './process.ts'
import { type RawMessage, recordingServer, send } from './raw-http.ts'

/**
 * Runs every case on a real Envoy, one after another, and tells what it showed. A case that crashes Envoy has nothing to
 * compare: it is `undefined`, and a new Envoy goes on behind it.
 */
export async function observeEnvoy(
  binary: string,
  probes: Probes,
  cases: readonly ProbeCase[],
): Promise<readonly (Observed | undefined)[]> {
  const results: (Observed | undefined)[] = []
  while (results.length < cases.length) {
    results.push(...(await observeUntilCrash(binary, probes, cases.slice(results.length))))
    if (results.length < cases.length) results.push(undefined)
  }
  return results
}

async function observeUntilCrash(
  binary: string,
  probes: Probes,
  cases: readonly ProbeCase[],
): Promise<readonly Observed[]> {
  const fileOf = (abi: string) => join(tmpdir(), `proxyground-probe-${abi}-${process.pid}.wasm`)
  for (const [abi, wasm] of Object.entries(probes)) writeFileSync(fileOf(abi), wasm)
  const free = [...(await freePorts(cases.length + 1 + serviceNames.length))]
  const port = () => free.pop() ?? 0
  const ports = {
    upstream: port(),
    auth: port(),
    silent: port(),
    refused: port(),
    closing: port(),
    broken: port(),
    grpc: port(),
  }
  const plain = port()
  const listeners = cases.map((probe, index) => ({ probe, port: free[index] ?? 0 }))
  let current: ProbeCase | undefined
  const upstream = await recordingServer(ports.upstream, (request) => replyOf(current, request))
  const auth = await recordingServer(ports.auth, () => [authReply])
  const silent = await recordingServer(ports.silent, () => [])
  const closing = await recordingServer(ports.closing, () => 'close')
  const broken = await recordingServer(ports.broken, () => [brokenReply, 'close'])
  const grpc = await grpcServer(ports.grpc, grpcReplies)
  const envoy = await startEnvoy(binary, bootstrap(listeners, ports, fileOf, plain), () => answers(plain))
  const results: Observed[] = []
  try {
    for (const [index, { probe, port }] of listeners.entries()) {
      current = probe
      upstream.received.length = 0
      auth.received.length = 0
      grpc.received.length = 0
      const client = await ask(probe, port, probe.request.headers ?? [])
      const later: Answered[] = []
      for (const { after, headers = [] } of probe.again ?? []) {
        await new Promise((resolve) => setTimeout(resolve, after))
        later.push(await ask(probe, port, [...(probe.request.headers ?? []), ...headers]))
      }
      await new Promise((resolve) => setTimeout(resolve, probe.settle ?? 60))
      if (envoy.crashed()) return results
      const log = probeLines(envoy.logLines(), index)
      const seenLater = later.length === 0 ? {} : { later }
      results.push({
        client,
        ...seenLater,
        upstream: upstream.received.map(seen),
        calls: auth.received.map(seen),
        ...(grpc.received.length === 0 ? {} : { grpc: grpc.received.map((each) => ({ ...each })) }),
        log,
      })
    }
  } finally {
    await envoy.stop()
    for (const server of [upstream, auth, silent, closing, broken, grpc]) server.close()
  }
  return results
}

const authReply = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nx-up: auth\r\ncontent-length: 7\r\n\r\nallowed'

/** Half of its body, then the connection ends. */
const brokenReply = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n\r\nhalf '

async function answers(port: number): Promise<boolean> {
  const head = 'GET / HTTP/1.1\r\nhost: ready.test\r\n\r\n'
  const { message } = await send(port, { head, chunks: [], noBody: false, gap: 0, patience: 2000 })
  return message?.complete === true
}

function probeLines(lines: readonly string[], index: number): readonly string[] {
  const mine = new RegExp(` case${index}:(\\d) (.*)$`)
  const found = lines.flatMap((line) => {
    const match = mine.exec(line)
    return match === null ? [] : [maskLine(`${match[1]} ${match[2]}`)]
  })
  return configuredOnce(found)
}

function replyOf(probe: ProbeCase | undefined, request: RawMessage): readonly string[] {
  const reply = probe?.reply ?? {
    status: 200,
    headers: [['content-type', 'text/plain'] as const],
    body: 'upstream says hello',
  }
  const head = `HTTP/1.1 ${reply.status} X\r\n${lines(reply.headers ?? [])}`
  const silent = request.start.startsWith('HEAD')
  if (reply.chunks !== undefined) {
    const chunks = silent ? [] : [...framed(reply.chunks), `0\r\n${lines(reply.trailers ?? [])}\r\n`]
    return [`${head}transfer-encoding: chunked\r\n\r\n`, ...chunks]
  }
  const given = (reply.headers ?? []).some(([name]) => name === 'content-length')
  const length = reply.status === 204 || given ? '' : `content-length: ${reply.body.length}\r\n`
  return [`${head}${length}\r\n${silent || reply.status === 304 ? '' : reply.body}`]
}

const lines = (headers: HeaderList): string => headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
const framed = (chunks: readonly string[]): readonly string[] =>
  chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)

const seen = ({ start, headers, body }: RawMessage) => ({ start, headers: maskHeaders(headers), body })

async function ask(probe: ProbeCase, port: number, headers: HeaderList): Promise<Answered> {
  const { method, path, chunks = [], trailers = [] } = probe.request
  const chunked = chunks.length > 1 || trailers.length > 0
  const length: readonly (readonly [string, string])[] = chunked
    ? [['transfer-encoding', 'chunked']]
    : chunks.map((chunk) => ['content-length', String(chunk.length)] as const)
  const host = headers.some(([name]) => name === 'host') ? [] : [['host', 'example.test'] as const]
  const head = `${method} ${path} HTTP/1.1\r\n${lines([...host, ...headers, ...length])}\r\n`
  const parts = chunked ? [...framed(chunks), `0\r\n${lines(trailers)}\r\n`] : []
  // A body of one piece leaves with the head: it is there before any callout can answer.
  const whole = chunked ? head : head + chunks.join('')
  const noBody = method === 'HEAD'
  const { message, closed } = await send(port, { head: whole, chunks: parts, noBody, gap: 30, patience: 1500 })
  if (message === undefined) return { kind: closed ? 'reset' : 'hang' }
  const status = Number(message.start.split(' ')[1])
  const bodiless = status === 204 || status === 304
  const body = bodiless ? '' : message.body
  return {
    kind: 'response',
    status,
    headers: maskHeaders(message.headers),
    body,
    complete: bodiless || message.complete,
  }
}

import type { HeaderList } from '../../src/model/http.ts'
import { grpcReplies } from '../grpc-service.ts'
import { maskLine, type ProbeCase, type ServiceName } from '../observed.ts'
import { brokenReply } from './broken-reply.ts'
import { grpcServer } from './grpc-server.ts'
import { http2Server } from './http2-server.ts'
import { type Pace, realPace } from './pace.ts'
import { freePorts } from './process.ts'
import { type RawMessage, recordingServer } from './raw-http.ts'

/** How long the services wait before they answer, ms. */
export type Delays = { readonly upstream: number; readonly auth: number }

/** The services behind the gateway, for one case at a time. */
export type Services = {
  readonly ports: Readonly<Record<ServiceName, number>>
  /** From now on they answer, and keep what they receive, for this case. */
  begin(probe: ProbeCase, pace?: Pace): void
  received(): {
    readonly upstream: readonly (RawMessage & { readonly trailers?: HeaderList })[]
    readonly auth: readonly RawMessage[]
    readonly grpc: Awaited<ReturnType<typeof grpcServer>>['received']
  }
  close(): void
}

export async function openServices(delays: Delays): Promise<Services> {
  const [
    upstreamPort = 0,
    authPort = 0,
    silentPort = 0,
    refused = 0,
    closingPort = 0,
    brokenPort = 0,
    grpcPort = 0,
    h2Port = 0,
  ] = await freePorts(8)
  let current: ProbeCase | undefined
  let pace = realPace
  const paceNow = () => pace
  const upstream = await recordingServer(
    upstreamPort,
    (request) => brokenReply(replyOf(current, request), current?.faults?.upstream),
    delays.upstream,
    paceNow,
  )
  const allowed = () => brokenReply([authReply], current?.faults?.auth)
  const auth = await recordingServer(authPort, allowed, delays.auth, paceNow)
  const silent = await recordingServer(silentPort, () => [])
  const closing = await recordingServer(closingPort, () => 'close')
  const broken = await recordingServer(brokenPort, () => [halfReply, 'close'], 0, paceNow)
  const grpc = await grpcServer(grpcPort, grpcReplies, () => current?.faults?.grpc)
  const h2 = await http2Server(h2Port, {
    fault: () => current?.faults?.h2,
    reply: () => current?.reply,
    pace: paceNow,
    delay: delays.upstream,
  })
  return {
    ports: {
      upstream: upstreamPort,
      auth: authPort,
      silent: silentPort,
      refused,
      closing: closingPort,
      broken: brokenPort,
      grpc: grpcPort,
      h2: h2Port,
    },
    begin: (probe, wanted = realPace) => {
      current = probe
      pace = wanted
      for (const each of [upstream, auth, grpc, h2]) each.received.length = 0
    },
    received: () => ({
      upstream: [...upstream.received, ...h2.received],
      auth: [...auth.received],
      grpc: grpc.received.map((each) => ({
        ...each,
        headers: each.headers.map(([name, value]) => [name, maskLine(value)] as const),
      })),
    }),
    close: () => {
      for (const server of [upstream, auth, silent, closing, broken, grpc, h2]) server.close()
    },
  }
}

const authReply = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nx-up: auth\r\ncontent-length: 7\r\n\r\nallowed'

/** Half of its body, then the connection ends. */
const halfReply = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n\r\nhalf '

function replyOf(probe: ProbeCase | undefined, request: RawMessage): readonly string[] {
  const reply = probe?.reply ?? {
    status: 200,
    headers: [['content-type', 'text/plain'] as const],
    body: 'upstream says hello',
  }
  const head = `HTTP/1.1 ${reply.status} X\r\n${headerLines(reply.headers ?? [])}`
  const silent = request.start.startsWith('HEAD')
  if (reply.chunks !== undefined) {
    // HEAD is not told how the body would be framed, as by the emulator's services.
    if (silent) return [`${head}\r\n`]
    return [`${head}transfer-encoding: chunked\r\n\r\n`, ...framed(reply.chunks, reply.trailers ?? [])]
  }
  const given = (reply.headers ?? []).some(([name]) => name === 'content-length')
  const length = reply.status === 204 || reply.status === 304 || given ? '' : `content-length: ${reply.body.length}\r\n`
  return [`${head}${length}\r\n${silent || reply.status === 304 ? '' : reply.body}`]
}

export const headerLines = (headers: HeaderList): string =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')

/** The end, with the trailers, leaves with the last chunk. */
export const framed = (chunks: readonly string[], trailers: HeaderList): readonly string[] => {
  const end = `0\r\n${headerLines(trailers)}\r\n`
  const pieces = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
  return [...pieces.slice(0, -1), `${pieces.at(-1) ?? ''}${end}`]
}

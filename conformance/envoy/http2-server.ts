import { createServer, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { HeaderList } from '../../src/model/http.ts'
import type { FaultOf, ProbeCase } from '../observed.ts'
import { objectOf, sendPieces, textsOf } from './http2-client.ts'
import type { Pace } from './pace.ts'
import type { RawMessage } from './raw-http.ts'

/** What it answers without a fault; the emulator's cluster `h2` says the same. */
export const http2Body = 'abcdefg'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

type Received = RawMessage & { readonly trailers: HeaderList }
export type Http2Server = { readonly received: Received[]; readonly close: () => void }

/** What it does for the case that runs: with a reply of the case it answers that and keeps what it received. */
export type Http2Now = {
  readonly fault: () => FaultOf | undefined
  readonly reply: () => ProbeCase['reply']
  readonly pace: () => Pace
  /** Before it answers with a reply of the case, ms. */
  readonly delay: number
}

/** A plain HTTP/2 service. */
export function http2Server(port: number, now: Http2Now): Promise<Http2Server> {
  const sessions = new Set<ServerHttp2Session>()
  const received: Received[] = []
  const server = createServer()
  server.on('session', (session) => {
    sessions.add(session)
    session.on('error', () => undefined)
  })
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, ...[, raw]: unknown[]) => {
    let body = ''
    let trailers: HeaderList = []
    stream.on('error', () => undefined)
    stream.setEncoding('latin1')
    stream.on('data', (data: string) => {
      body += data
    })
    stream.on('trailers', (...[, , list]: unknown[]) => {
      trailers = textsOf(list)
    })
    let aborted = false
    stream.on('aborted', () => {
      aborted = true
    })
    stream.on('end', () => {
      const reply = now.reply()
      if (reply === undefined) return void answer(stream, now.fault())
      if (aborted || stream.rstCode !== 0) return
      const start = `${headers[':method']} ${headers[':path']} HTTP/2`
      const host = headers[':authority'] ?? headers.host
      const plain = textsOf(raw).filter(([name]) => !name.startsWith(':') && name !== 'host')
      const line = host === undefined ? [] : [['host', host] as const]
      received.push({ start, headers: [...line, ...plain], body, complete: true, trailers })
      void answerWith(stream, reply, headers[':method'] === 'HEAD', now)
    })
  })
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () =>
      resolve({
        received,
        close: () => {
          for (const session of sessions) session.destroy()
          server.close()
        },
      }),
    )
  })
}

/** The reply of a case: its body in one piece, or its chunks one by one, then its trailers. */
async function answerWith(
  stream: ServerHttp2Stream,
  reply: NonNullable<ProbeCase['reply']>,
  head: boolean,
  { pace, delay }: Http2Now,
): Promise<void> {
  const now = pace()
  await now.pause(delay)
  if (stream.destroyed) return
  const { status, headers = [], body, chunks, trailers = [] } = reply
  const none = head || status === 204 || status === 304
  const length = chunks === undefined && status !== 204 && status !== 304 ? { 'content-length': body.length } : {}
  const empty = none || (chunks === undefined && body === '')
  const waitForTrailers = !empty && trailers.length > 0
  stream.on('wantTrailers', () => stream.sendTrailers(objectOf(trailers)))
  stream.respond({ ':status': status, ...objectOf(headers), ...length }, { ...optionsOf(empty), waitForTrailers })
  if (empty) return
  if (chunks === undefined) return void stream.end(body)
  await sendPieces(stream, chunks, now)
}

const optionsOf = (endStream: boolean) => ({ sendDate: false, endStream })

async function answer(stream: ServerHttp2Stream, fault: FaultOf | undefined): Promise<void> {
  const inBody = fault?.at === 'body' || fault?.afterBytes !== undefined
  const respond = (status: number, length: number, endStream = false) =>
    stream.respond(
      { ':status': status, 'content-type': 'text/plain', 'content-length': String(length) },
      optionsOf(endStream),
    )
  switch (fault?.kind) {
    case undefined:
      respond(200, http2Body.length)
      return void stream.end(http2Body)
    case 'status':
      return stream.respond({ ':status': fault.status ?? 503, 'content-length': '0' }, optionsOf(true))
    case 'slow': {
      respond(200, http2Body.length)
      const size = fault.bytes ?? http2Body.length
      for (let at = 0; at < http2Body.length; at += size) {
        await pause(30)
        stream.write(http2Body.slice(at, at + size))
      }
      return void stream.end()
    }
    case 'length':
      respond(200, fault.bytes ?? 1)
      return void stream.end(http2Body)
    case 'reset':
    case 'timeout':
    case 'truncate':
      if (inBody || fault.kind === 'truncate') {
        respond(200, http2Body.length)
        if ((fault.afterBytes ?? 0) > 0) stream.write(http2Body.slice(0, fault.afterBytes))
        await pause(30)
      }
      if (fault.kind === 'reset') stream.session?.destroy()
      if (fault.kind === 'truncate') stream.end()
  }
}

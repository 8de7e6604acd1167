import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { FaultOf } from '../observed.ts'

/** What it answers without a fault; the emulator's cluster `h2` says the same. */
export const http2Body = 'abcdefg'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A plain HTTP/2 service that answers every request alike, or with a fault. */
export function http2Server(
  port: number,
  faultNow: () => FaultOf | undefined,
): Promise<{ readonly close: () => void }> {
  const sessions = new Set<ServerHttp2Session>()
  const server = createServer()
  server.on('session', (session) => {
    sessions.add(session)
    session.on('error', () => undefined)
  })
  server.on('stream', (stream) => {
    stream.on('error', () => undefined)
    stream.resume()
    stream.on('end', () => void answer(stream, faultNow()))
  })
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () =>
      resolve({
        close: () => {
          for (const session of sessions) session.destroy()
          server.close()
        },
      }),
    )
  })
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

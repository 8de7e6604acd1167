import { createServer, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { GrpcReply } from '../grpc-service.ts'
import { type FaultOf, maskHeaders, type ReceivedGrpc } from '../observed.ts'

export type GrpcServer = { readonly received: ReceivedGrpc[]; readonly close: () => void }

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const ms = (text = '0'): number => (text.endsWith('ms') ? Number(text.slice(0, -2)) : Number.parseFloat(text) * 1000)

function framed(data: string): Buffer {
  const bytes = Buffer.from(data, 'latin1')
  const head = Buffer.alloc(5)
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** A gRPC service over plain HTTP/2 that answers by a table and keeps what it received. */
export function grpcServer(
  port: number,
  replies: Readonly<Record<string, GrpcReply>>,
  faultNow: () => FaultOf | undefined = () => undefined,
): Promise<GrpcServer> {
  const received: ReceivedGrpc[] = []
  const sessions = new Set<ServerHttp2Session>()
  const server = createServer()
  server.on('session', (session) => {
    sessions.add(session)
    session.on('error', () => undefined)
  })
  server.on(
    'stream',
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, rawHeaders: readonly string[]) => {
      const path = String(headers[':path'])
      const messages: string[] = []
      received.push({ path, headers: maskHeaders(pairsOf(rawHeaders)), messages })
      const fault = faultNow()
      const reply = replies[path.slice(1)] ?? unknownMethod
      if (fault === undefined) serve(stream, reply, messages)
      else serveBroken(stream, reply, fault, messages)
    },
  )
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

const unknownMethod: GrpcReply = { end: 'headers', status: 12, message: 'unknown method' }

function serve(stream: ServerHttp2Stream, reply: GrpcReply, messages: string[]): void {
  let bytes = Buffer.alloc(0)
  let answered = false
  const begin = (endStream: boolean, more: Record<string, string> = {}) => {
    if (stream.headersSent || stream.destroyed) return
    const head = { ':status': reply.http ?? 200, 'content-type': 'application/grpc', ...reply.headers, ...more }
    const waitForTrailers = !endStream && (reply.end ?? 'trailers') === 'trailers'
    const options = { endStream, waitForTrailers, sendDate: false }
    stream.respond(head, options)
    if (waitForTrailers) stream.on('wantTrailers', () => stream.sendTrailers(closing(reply)))
  }
  const answer = async () => {
    if (answered) return
    answered = true
    await pause(ms(reply.delay ?? '25ms'))
    const end = reply.end ?? 'trailers'
    if (stream.destroyed) return
    if (end === 'silent') return
    if (end === 'refuse') return stream.close(2)
    begin(end === 'headers', end === 'headers' ? closing(reply) : {})
    if (end === 'headers') return
    for (const { data, delay } of reply.messages ?? []) {
      await pause(ms(delay))
      if (!stream.destroyed) stream.write(framed(data))
    }
    if (reply.raw !== undefined) stream.write(Buffer.from(reply.raw, 'latin1'))
    if (end === 'hang') return
    if (end === 'reset') {
      await pause(5)
      stream.destroy(new Error('reset'))
    } else stream.end()
  }
  stream.on('data', (data: Buffer) => {
    bytes = Buffer.concat([bytes, data])
    while (bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt32BE(1)) {
      const message = bytes.subarray(5, 5 + bytes.readUInt32BE(1)).toString('latin1')
      bytes = bytes.subarray(5 + message.length)
      messages.push(message)
      if (reply.echo === true) {
        begin(false)
        stream.write(framed(message))
      }
      if (reply.at === 'message') void answer()
    }
  })
  stream.on('end', () => {
    if ((reply.at ?? 'end') === 'end') void answer()
  })
  stream.on('error', () => undefined)
  if (reply.at === 'call') void answer()
}

/** The same with a fault: one answer when the caller has sent everything. */
function serveBroken(stream: ServerHttp2Stream, reply: GrpcReply, fault: FaultOf, messages: string[]): void {
  let bytes = Buffer.alloc(0)
  const content = Buffer.concat((reply.messages ?? []).map(({ data }) => framed(data)))
  const answer = async () => {
    await pause(25)
    const inBody = fault.afterBytes !== undefined
    if (fault.kind === 'timeout' && !inBody) return
    if (fault.kind === 'reset' && !inBody) return void stream.session?.destroy()
    const whole = fault.kind === 'slow'
    const options = { endStream: fault.kind === 'status', waitForTrailers: whole, sendDate: false }
    if (fault.kind === 'status') {
      stream.respond({ ':status': fault.status ?? 503, 'content-length': '0' }, options)
      return
    }
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...reply.headers }, options)
    if (whole) {
      stream.on('wantTrailers', () => stream.sendTrailers(closing(reply)))
      const size = fault.bytes ?? 1
      for (let at = 0; at < content.length; at += size) {
        await pause(15)
        stream.write(content.subarray(at, at + size))
      }
      return void stream.end()
    }
    stream.write(content.subarray(0, fault.afterBytes))
    await pause(5)
    if (fault.kind === 'reset') stream.session?.destroy()
    if (fault.kind === 'truncate') stream.end()
  }
  stream.on('data', (data: Buffer) => {
    bytes = Buffer.concat([bytes, data])
    while (bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt32BE(1)) {
      const message = bytes.subarray(5, 5 + bytes.readUInt32BE(1)).toString('latin1')
      bytes = bytes.subarray(5 + message.length)
      messages.push(message)
    }
  })
  stream.on('end', () => void answer())
  stream.on('error', () => undefined)
}

function closing(reply: GrpcReply): Record<string, string> {
  const status = reply.status ?? 0
  return {
    ...(status === 'none' ? {} : { 'grpc-status': String(status) }),
    ...(reply.message === undefined ? {} : { 'grpc-message': encoded(reply.message) }),
    ...reply.trailers,
  }
}

/** Percent-encoded as gRPC does it. */
const encoded = (text: string): string => text.replace(/[^ -$&-~]/g, encodeURIComponent)

/** Each line of its own: the object that Node makes of them joins names that come twice. */
function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []))
}

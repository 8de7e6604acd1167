import { createConnection, createServer, type Server, type Socket } from 'node:net'
import type { HeaderList } from '../../src/model/http.ts'
import { type Pace, realPace } from './pace.ts'

export type RawMessage = {
  readonly start: string
  readonly headers: HeaderList
  readonly body: string
  readonly complete: boolean
}

/** Reads one HTTP/1.1 message out of bytes (latin1). `undefined` while the head is not complete. */
export function readMessage(all: string, noBody: boolean, ended: boolean): RawMessage | undefined {
  // An interim 100 Continue is not the answer.
  const bytes = all.replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, '')
  const cut = bytes.indexOf('\r\n\r\n')
  if (cut < 0) return undefined
  const [start = '', ...lines] = bytes.slice(0, cut).split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')] as const
  })
  const value = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1]
  const rest = bytes.slice(cut + 4)
  if (noBody) return { start, headers, body: '', complete: true }
  if (value('transfer-encoding') === 'chunked') return { start, headers, ...readChunks(rest) }
  const length = value('content-length')
  if (length !== undefined) {
    return { start, headers, body: rest.slice(0, Number(length)), complete: rest.length >= Number(length) }
  }
  const isResponse = start.startsWith('HTTP/')
  return { start, headers, body: rest, complete: ended || !isResponse }
}

function readChunks(bytes: string): { readonly body: string; readonly complete: boolean } {
  let body = ''
  let at = 0
  for (;;) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return { body, complete: false }
    const size = Number.parseInt(bytes.slice(at, line), 16)
    if (size === 0) return { body, complete: bytes.endsWith('\r\n\r\n') }
    const chunk = bytes.slice(line + 2, line + 2 + size)
    body += chunk
    if (chunk.length < size) return { body, complete: false }
    at = line + 2 + size + 2
  }
}

export type RecordingServer = { readonly received: RawMessage[]; readonly close: () => void }

/** A server that keeps what it received, byte for byte, and answers each complete request with fixed pieces, `delay` ms later. */
export function recordingServer(
  port: number,
  answer: (request: RawMessage) => readonly string[] | 'close',
  delay = 0,
  paceNow: () => Pace = () => realPace,
): Promise<RecordingServer> {
  const received: RawMessage[] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    // Else a piece waits for the word that the one before arrived, and joins the next one.
    socket.setNoDelay(true)
    let bytes = ''
    socket.on('data', (data) => {
      bytes += data.toString('latin1')
      const message = readMessage(bytes, false, false)
      if (message?.complete !== true) return
      bytes = ''
      received.push(message)
      const pieces = answer(message)
      // Not even a timer of nothing: what follows at once has to follow at once.
      const pace = paceNow()
      if (delay === 0) void writeSlowly(socket, pieces, pace)
      else void pace.pause(delay).then(() => writeSlowly(socket, pieces, pace))
    })
    socket.on('error', () => socket.destroy())
  })
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve({ received, close }))
  })
}

async function writeSlowly(socket: Socket, pieces: readonly string[] | 'close', pace: Pace) {
  if (pieces === 'close') return void socket.destroy()
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await pace.pause(30)
    if (piece === 'close') socket.destroy()
    else if (piece === 'reset') socket.resetAndDestroy()
    else if (socket.writable) socket.write(piece, 'latin1')
  }
}

export type Answer = { readonly message?: RawMessage; readonly closed: boolean }
export type Outgoing = {
  readonly head: string
  readonly chunks: readonly string[]
  /** The answer has no body whatever its headers say (HEAD). */
  readonly noBody: boolean
  /** Milliseconds between chunks, so that the gateway does not join them, and until giving up. */
  readonly gap: number
  readonly patience: number
}

/** Sends a request chunk by chunk and reads until it is answered, closed, or patience is over. */
export function send(
  port: number,
  { head, chunks, noBody, gap, patience }: Outgoing,
  pace: Pace = realPace,
): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    let bytes = ''
    let closed = false
    const finish = () => {
      const message = readMessage(bytes, noBody, closed)
      socket.destroy()
      resolve(message === undefined ? { closed } : { message, closed })
    }
    void pace.patience(patience).then(finish)
    socket.setNoDelay(true)
    socket.on('connect', async () => {
      socket.write(head, 'latin1')
      for (const chunk of chunks) {
        await pace.pause(gap)
        if (socket.writable) socket.write(chunk, 'latin1')
      }
    })
    socket.on('data', (data) => {
      bytes += data.toString('latin1')
      if (readMessage(bytes, noBody, false)?.complete === true) finish()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      closed = true
      finish()
    })
  })
}

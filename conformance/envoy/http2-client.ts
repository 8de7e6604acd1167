import { connect, type OutgoingHttpHeaders } from 'node:http2'
import type { HeaderList } from '../../src/model/http.ts'
import { type Answered, maskHeaders, type ProbeCase } from '../observed.ts'
import { EndOfStream } from './end-of-stream.ts'
import type { Pace } from './pace.ts'

/** Repeated names become lists, as Node wants them. */
export function objectOf(headers: HeaderList): OutgoingHttpHeaders {
  const result: Record<string, string[]> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    result[key] = [...(result[key] ?? []), value]
  }
  return Object.fromEntries(Object.entries(result).map(([name, list]) => [name, list.length === 1 ? list[0] : list]))
}

/** Node's list of names and values in turn. */
export function textsOf(raw: unknown): HeaderList {
  const texts = Array.isArray(raw) ? raw.map(String) : []
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? ''] as const] : []))
}

/** The request of a case over HTTP/2 without TLS, and what came back. */
export function askHttp2(probe: ProbeCase, port: number, headers: HeaderList, pace: Pace): Promise<Answered> {
  const { method, path, chunks = [], trailers = [] } = probe.request
  const inPieces = chunks.length > 1 || trailers.length > 0
  const [whole] = inPieces ? [] : chunks
  // The length is told and the pseudo headers stand as by the emulator's client.
  const length = chunks.length === 0 ? {} : { 'content-length': String(chunks.join('').length) }
  const pseudo = { ':authority': 'example.test', ':path': path, ':method': method, ':scheme': 'http' }
  const frames = new EndOfStream()
  const session = connect(`http://127.0.0.1:${port}`, { createConnection: () => frames.watch(port) })
  session.on('error', () => undefined)
  const endStream = chunks.length === 0 && trailers.length === 0
  const options = { endStream, waitForTrailers: trailers.length > 0 }
  const stream = session.request({ ...pseudo, ...objectOf(headers), ...length }, options)
  stream.on('wantTrailers', () => stream.sendTrailers(objectOf(trailers)))
  if (whole !== undefined) stream.end(whole)
  else if (inPieces) void sendPieces(stream, chunks, pace)
  return new Promise((resolve) => {
    let head: HeaderList | undefined
    let end: HeaderList = []
    let body = ''
    const finish = (gaveUp: boolean) => {
      session.destroy()
      if (head === undefined) return resolve({ kind: gaveUp ? 'hang' : 'reset' })
      const status = Number(head.find(([name]) => name === ':status')?.[1])
      const plain = maskHeaders(head.filter(([name]) => !name.startsWith(':')))
      const last = end.length === 0 ? {} : { trailers: maskHeaders(end) }
      // A reset behind the end, as of a request that is not over, takes nothing away; 204 and 304 should have no body.
      const complete = frames.ended || status === 204 || status === 304
      resolve({ kind: 'response', status, headers: plain, body, ...last, complete })
    }
    void pace.patience(probe.patience ?? 1500).then(() => finish(true))
    stream.setEncoding('latin1')
    stream.on('response', (...[, , raw]: unknown[]) => {
      head = textsOf(raw)
    })
    stream.on('trailers', (...[, , raw]: unknown[]) => {
      end = textsOf(raw)
    })
    stream.on('data', (data) => {
      body += data
    })
    stream.on('error', () => undefined)
    stream.on('end', () => finish(false))
    stream.on('close', () => finish(false))
    session.on('close', () => finish(false))
  })
}

type Sink = {
  readonly destroyed: boolean
  readonly write: (piece: string, coding: 'latin1') => unknown
  readonly end: (piece: string, coding: 'latin1') => unknown
}

/** One after the other, the end with the last one. */
export async function sendPieces(sink: Sink, pieces: readonly string[], pace: Pace): Promise<void> {
  if (pieces.length === 0) sink.end('', 'latin1')
  for (const [index, piece] of pieces.entries()) {
    await pace.pause(30)
    if (sink.destroyed) return
    if (index === pieces.length - 1) sink.end(piece, 'latin1')
    else sink.write(piece, 'latin1')
  }
}

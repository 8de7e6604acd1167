/** A service of the emulator on a real port: HTTP/1.1 in, the service's function, its timed answer out. */
import { randomFillSync } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TimedResponse, Upstream, UpstreamRequest } from '../../sandbox/entry/services.ts'

type Pairs = readonly (readonly [string, string])[]

/** Real time and real chance, unlike in a run. */
const context = () => ({ nowMs: Date.now(), random: (count: number) => randomFillSync(new Uint8Array(count)) })

/** Not listening yet. Delays of the answer are waited for; a client that goes away ends them. */
export function httpService(service: Upstream): Server {
  return createServer({ keepAliveTimeout: 5000 }, (message, response) => {
    // A connection that breaks has nobody left to be told.
    serve(service, message, response).catch(() => response.destroy())
  })
}

async function serve(service: Upstream, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  const reply = service(requestOf(message, Buffer.concat(chunks)), context())
  switch (reply.kind) {
    case 'response':
      return answer(reply, response)
    case 'hang':
      return
    case 'reset':
      await sleep(reply.delay / 1e6)
      response.destroy()
      return
    case 'unreachable':
    case 'connect-timeout':
      response.destroy()
  }
}

function requestOf(message: IncomingMessage, body: Uint8Array): UpstreamRequest {
  const headers = pairs(message.rawHeaders)
  return {
    method: message.method ?? 'GET',
    path: message.url ?? '/',
    authority: headers.find(([name]) => name === 'host')?.[1] ?? '',
    scheme: 'http',
    protocol: 'h1',
    headers: headers.filter(([name]) => name !== 'host'),
    body: new Uint8Array(body),
    trailers: pairs(message.rawTrailers),
    peer: `${message.socket.remoteAddress ?? '127.0.0.1'}:${message.socket.remotePort ?? 0}`,
  }
}

/** Node's flat list; names in lower case, as services want them. */
function pairs(raw: readonly string[]): Pairs {
  return Array.from({ length: raw.length / 2 }, (_, at) => [(raw[2 * at] ?? '').toLowerCase(), raw[2 * at + 1] ?? ''])
}

type Reply = Extract<TimedResponse, { kind: 'response' }>

async function answer(reply: Reply, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const wait = (ns: number) => (ns > 0 ? sleep(ns / 1e6, undefined, { signal: gone.signal }) : undefined)
  const [status, ...headers] = reply.headers
  const code = Number(status?.[1])
  await wait(reply.delay)
  response.sendDate = false
  // Node refuses what is no status of HTTP, where other servers write any number.
  const sent = code >= 100 && code <= 999 ? code : 500
  response.writeHead(sent, headers.flat())
  for (const { data, after } of reply.chunks) {
    await wait(after)
    if (!response.write(data)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  if (reply.end === 'hang') return
  if (reply.end !== undefined) response.destroy()
  else response.end()
}

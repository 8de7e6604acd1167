/** A real redis-server for comparison: on a free loopback port, without persistence, ended by its process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const places = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server']

/** Path of the server's program, or `undefined`. */
export const findRedisServer = (): string | undefined =>
  [process.env.PROXYGROUND_REDIS, ...places].find((path) => path !== undefined && existsSync(path))

export type RealServer = {
  /** A connection of its own. */
  connect(): Promise<RealConnection>
  /** Everything that comes back for these bytes and the end of the client's side. */
  allOf(bytes: string): Promise<string>
  stop(): Promise<void>
}

export type RealConnection = {
  /** Sends bytes (a byte string) and waits for so many replies, each as it came; fewer when the server closes. */
  ask(bytes: string, replies: number): Promise<readonly string[]>
  close(): void
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Starts it; `options` are further words of its command line, e.g. `--requirepass secret`. */
export async function startRedis(program: string, options: readonly string[] = []): Promise<RealServer> {
  const port = await freePort()
  const directory = mkdtempSync(join(tmpdir(), 'redis-'))
  const words = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory]
  const child = spawn(program, [...words, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  await ready(child)
  return {
    connect: () => connect(port),
    allOf: (bytes) => allOf(port, bytes),
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill()
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)))
    let said = ''
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString('latin1')
      if (said.includes('Ready to accept connections')) resolve()
    })
  })
}

async function connect(port: number): Promise<RealConnection> {
  const socket = createConnection({ port, host: '127.0.0.1' })
  await new Promise<void>((done, failed) => {
    socket.once('connect', done)
    socket.once('error', failed)
  })
  const inbox = new Inbox(socket)
  return {
    ask: (bytes, replies) => {
      socket.write(Buffer.from(bytes, 'latin1'))
      return inbox.take(replies)
    },
    close: () => socket.destroy(),
  }
}

function allOf(port: number, bytes: string): Promise<string> {
  return new Promise((done, failed) => {
    let all = ''
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.end(Buffer.from(bytes, 'latin1')))
    socket.on('data', (data: Buffer) => {
      all += data.toString('latin1')
    })
    socket.on('error', failed)
    socket.on('close', () => done(all))
  })
}

class Inbox {
  #text = ''
  #closed = false
  #wake: (() => void) | undefined

  constructor(socket: Socket) {
    socket.on('data', (data: Buffer) => {
      this.#text += data.toString('latin1')
      this.#wake?.()
    })
    const closed = (): void => {
      this.#closed = true
      this.#wake?.()
    }
    socket.on('close', closed)
    socket.on('error', closed)
  }

  async take(count: number): Promise<readonly string[]> {
    const replies: string[] = []
    while (replies.length < count) {
      const end = replyEnd(this.#text, 0)
      if (end !== undefined) {
        replies.push(this.#text.slice(0, end))
        this.#text = this.#text.slice(end)
      } else if (this.#closed) break
      else
        await new Promise<void>((wake) => {
          this.#wake = wake
        })
    }
    return replies
  }
}

/** Where the reply that starts at `start` ends; `undefined` when it is not whole yet. */
export function replyEnd(text: string, start: number): number | undefined {
  const line = text.indexOf('\r\n', start)
  if (line < 0) return undefined
  const sign = text[start]
  const length = Number(text.slice(start + 1, line))
  let end = line + 2
  if (sign === '$' || sign === '=')
    return length < 0 ? end : end + length + 2 <= text.length ? end + length + 2 : undefined
  if (sign === undefined || !'*~%>'.includes(sign)) return end
  for (let index = 0; index < (sign === '%' ? 2 * length : length); index++) {
    const next = replyEnd(text, end)
    if (next === undefined) return undefined
    end = next
  }
  return end
}

// A real httpbin on a free loopback port, ended by its process, and the raw words it answers.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Answer, Asked } from './compare.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const host = '127.0.0.1'

async function freePort() {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** One request on a connection of its own; the whole answer as latin1. */
async function ask(port: number, { method, path, headers, body }: Asked): Promise<string> {
  const chunked = headers.some(([name, value]) => name === 'Transfer-Encoding' && value === 'chunked')
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: httpbin.example:8080']
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  if (body !== '' && !chunked) lines.push(`Content-Length: ${body.length}`)
  const payload = chunked ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body
  const socket = connect(port, host)
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${payload}`, 'latin1'))
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => {
    parts.push(part)
    if (complete(Buffer.concat(parts).toString('latin1'), method)) socket.destroy()
  })
  // An answer without a length ends with a short silence.
  socket.setTimeout(300, () => socket.destroy())
  await once(socket, 'close')
  return Buffer.concat(parts).toString('latin1')
}

function complete(answer: string, method: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0 || method === 'HEAD') return false
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(answer.slice(0, end + 2))?.[1]
  if (length !== undefined) return answer.length >= end + 4 + Number(length)
  return answer.endsWith('\r\n0\r\n\r\n')
}

function parse(answer: string): Answer & { readonly body: string } {
  const end = answer.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = answer.slice(0, end).split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(': ')
    return colon < 0 ? [line.replace(/:$/, ''), ''] : [line.slice(0, colon), line.slice(colon + 2)]
  })
  const chunked = headers.some(([name]) => name === 'Transfer-Encoding')
  const rest = answer.slice(end + 4)
  return { status: Number(statusLine.split(' ')[1]), headers, body: chunked ? dechunk(rest) : rest }
}

function dechunk(text: string): string {
  let body = ''
  for (let at = 0; ; ) {
    const line = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, line), 16)
    if (!(size > 0)) return body
    body += text.slice(line + 2, line + 2 + size)
    at = line + 2 + size + 2
  }
}

/** The Python that scripts/setup/httpbin.mjs installed httpbin for, or `undefined`. */
export const installedPython: string | undefined = process.env.PROXYGROUND_HTTPBIN

/** Starts it; what it answers, header names and all, and how to end it. */
export async function startHttpbin(python: string) {
  const port = await freePort()
  const options = ['-k', 'gthread', '--threads', '2', '-b', `${host}:${port}`, 'era:app']
  const server = spawn(join(dirname(python), 'gunicorn'), options, {
    cwd: tmpdir(),
    env: { ...process.env, PYTHONPATH: here, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: 'ignore',
  })
  const stop = async () => {
    server.kill()
    if (server.exitCode === null) await once(server, 'exit')
  }
  const probe = { method: 'GET', path: '/get', headers: [], body: '' }
  for (let tries = 0; ; tries++) {
    try {
      await ask(port, probe)
      return { ask: async (request: Asked) => parse(await ask(port, request)), stop }
    } catch (error) {
      if (tries > 100) {
        await stop()
        throw error
      }
      await sleep(200)
    }
  }
}

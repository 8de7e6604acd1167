#!/usr/bin/env node
// Asks a real httpbin every case and writes what it answered to expected.json. Needs python3 with venv and a package
// index; everything it installs goes to a temporary folder. Run by hand: node conformance/httpbin/record.mjs
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cases } from './cases.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const host = '127.0.0.1'

async function freePort() {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** One request on a connection of its own; the whole answer as latin1. */
async function ask(port, { method, path, headers, body }) {
  const chunked = headers.some(([name, value]) => name === 'Transfer-Encoding' && value === 'chunked')
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: httpbin.example:8080']
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  if (body !== '' && !chunked) lines.push(`Content-Length: ${body.length}`)
  const payload = chunked ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body
  const socket = connect(port, host)
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${payload}`, 'latin1'))
  const parts = []
  socket.on('data', (part) => parts.push(part))
  // gunicorn keeps the connection; a short silence after the last byte ends the case.
  socket.setTimeout(300, () => socket.destroy())
  await once(socket, 'close')
  return Buffer.concat(parts).toString('latin1')
}

function parse(answer) {
  const end = answer.indexOf('\r\n\r\n')
  const [statusLine, ...lines] = answer.slice(0, end).split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(': ')
    return colon < 0 ? [line.replace(/:$/, ''), ''] : [line.slice(0, colon), line.slice(colon + 2)]
  })
  const chunked = headers.some(([name]) => name === 'Transfer-Encoding')
  const rest = answer.slice(end + 4)
  return { status: Number(statusLine.split(' ')[1]), headers, body: chunked ? dechunk(rest) : rest }
}

function dechunk(text) {
  let body = ''
  for (let at = 0; ; ) {
    const line = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, line), 16)
    if (!(size > 0)) return body
    body += text.slice(line + 2, line + 2 + size)
    at = line + 2 + size + 2
  }
}

const folder = mkdtempSync(join(tmpdir(), 'httpbin-'))
let server
try {
  const python = join(folder, 'venv', 'bin', 'python')
  execFileSync('python3', ['-m', 'venv', join(folder, 'venv')], { stdio: 'inherit' })
  execFileSync(python, ['-m', 'pip', '-q', 'install', '--no-deps', '-r', join(here, 'requirements.txt')], {
    stdio: 'inherit',
  })
  const port = await freePort()
  const options = ['-k', 'gthread', '--threads', '2', '-b', `${host}:${port}`, 'era:app']
  server = spawn(join(folder, 'venv', 'bin', 'gunicorn'), options, {
    cwd: folder,
    env: { ...process.env, PYTHONPATH: here, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: 'ignore',
  })
  for (let tries = 0; ; tries++) {
    try {
      await ask(port, cases.get)
      break
    } catch (error) {
      if (tries > 50) throw error
      await sleep(200)
    }
  }
  const answers = []
  for (const [name, request] of Object.entries(cases)) {
    answers.push({ name, request, response: parse(await ask(port, request)) })
  }
  const versions = readFileSync(join(here, 'requirements.txt'), 'utf8').trim().split('\n')
  const header = {
    versions,
    python: execFileSync(python, ['--version']).toString().trim(),
    date: new Date().toISOString().slice(0, 10),
  }
  const rows = answers.map((answer) => `    ${JSON.stringify(answer)}`).join(',\n')
  writeFileSync(
    join(here, 'expected.json'),
    `{\n  "recorded": ${JSON.stringify(header)},\n  "cases": [\n${rows}\n  ]\n}\n`,
  )
  console.log(`${answers.length} answers recorded`)
} finally {
  server?.kill()
  if (server !== undefined && server.exitCode === null) await once(server, 'exit')
  rmSync(folder, { recursive: true, force: true })
}

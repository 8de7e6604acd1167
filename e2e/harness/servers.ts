/**
 * What the suite talks to, on free loopback ports: our server with the built app, and a plain static host that knows no
 * headers and serves the app below a path. Both end with the suite.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startStaticHost } from './static-host.ts'

const serverScript = fileURLToPath(new URL('../../dist/node/server.js', import.meta.url))
const webRoot = fileURLToPath(new URL('../../dist/web/', import.meta.url))

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    server.stdout?.on('data', (data: Buffer) => {
      output += data.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(output)?.[0]
      if (address) resolve(address)
    })
    server.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready: ${output}`)))
  })
}

export default async function startServers(): Promise<() => Promise<void>> {
  if (!existsSync(serverScript)) throw new Error('Nothing is built: run "npm run build" first.')
  const server = spawn(process.execPath, [serverScript, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  process.env.PROXYGROUND_URL = await addressOf(server)
  const staticHost = await startStaticHost(webRoot)
  process.env.PROXYGROUND_STATIC_URL = staticHost.url
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    await staticHost.close()
  }
}

// The built app on a free port, for what looks at it in a browser (benchmarks, pictures).
import { spawn } from 'node:child_process'
import { pathOf } from './paths.mjs'

/** Starts our server; `address` ends in a slash, `stop` ends the process. */
export async function serveApp() {
  const server = spawn(process.execPath, [pathOf('dist/node/server.js'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise((resolve) => {
    server.stdout.on('data', (data) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(data))?.[0]
      if (found) resolve(found)
    })
  })
  return { address, stop: () => server.kill() }
}

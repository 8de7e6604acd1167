/** Starts the server: `node dist/node/server.js [--port N]`. Prints one line with the address when it answers. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { listenOnFreePort } from './listen.ts'

function wantedPort(): number {
  const flag = process.argv.indexOf('--port')
  const text = flag >= 0 ? process.argv[flag + 1] : process.env.PORT
  const port = Number(text ?? 4600)
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port
  console.error(`--port needs a number from 0 to 65535, not ${text}.`)
  process.exit(2)
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** In a clone, the bundle that `npm run toolchain:go` makes; in an installation it is one of the app's files. */
const inClone = existsSync(at('../../scripts/toolchain-go.mjs'))
const toolchains = inClone ? { goToolchain: at('../../.cache/toolchain-go/bundle') } : {}

const app = createApp({ webRoot: at('../web/'), ...toolchains })
const wanted = wantedPort()
const port = await listenOnFreePort(app, wanted)
if (port !== wanted && wanted !== 0) console.log(`Port ${wanted} is busy, so this one is on ${port}.`)
console.log(`Proxyground is ready: http://127.0.0.1:${port}/   (Ctrl+C ends it)`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void app.close().then(() => process.exit(0)))
}

import { spawn } from 'node:child_process'

/** What Go is asked to make: programs for WASI preview 1. */
export const target = { GOOS: 'wasip1', GOARCH: 'wasm' }

/**
 * Runs one Go command and gives its standard output. It has the machine's caches and proxy settings, but neither its
 * GOFLAGS nor another toolchain than the one that was found: the bundle depends on what the key names, and nothing else.
 */
export function runGo(go, args, { cwd, env = {} }) {
  const child = spawn(go.command, args, {
    cwd,
    env: { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local', CGO_ENABLED: '0', ...target, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const parts = { out: [], error: [] }
  child.stdout.on('data', (data) => parts.out.push(data))
  child.stderr.on('data', (data) => parts.error.push(data))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(parts.out).toString('utf8'))
      else {
        const said = Buffer.concat(parts.error).toString('utf8').trim()
        reject(new Error(`go ${args[0]} failed${code === null ? ' (it was ended)' : ''}:\n${said}`))
      }
    })
  })
}

/** How many packages Go builds at once; one core is left to the person who works on this machine. */
export const parallel = (cores) => `-p=${Math.max(1, cores - 1)}`

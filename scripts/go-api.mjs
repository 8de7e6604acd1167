// Public API of the Go SDK: lists what our packages export into sdk/go/api, and compares it with sdk/go/api/reference.txt.
//   node scripts/go-api.mjs            writes the listings
//   node scripts/go-api.mjs --compare  prints what the reference has and we have not, or have otherwise
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pathOf } from './setup/paths.mjs'

const tool = fileURLToPath(new URL('go-api', import.meta.url))
const sdk = fileURLToPath(new URL('../sdk/go', import.meta.url))

let program

/** The lister, built once a process. */
function lister() {
  if (program !== undefined) return program
  const built = `${pathOf('.cache/go-api')}/${process.platform === 'win32' ? 'goapi.exe' : 'goapi'}`
  mkdirSync(dirname(built), { recursive: true })
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local', GOOS: '', GOARCH: '' }
  const run = spawnSync('go', ['build', '-o', built, '.'], { cwd: tool, env, encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr || `go build: ${run.error?.message}`)
  program = built
  return built
}

/** Runs the lister; its output. */
export function goApi(args) {
  const run = spawnSync(lister(), args, { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr || `goapi: ${run.error?.message}`)
  return run.stdout
}

/** Import paths of our public packages. */
export function packages(folder = sdk, path = '') {
  const found = []
  const entries = readdirSync(folder, { withFileTypes: true })
  if (entries.some(({ name }) => name.endsWith('.go') && !name.endsWith('_test.go'))) found.push(path)
  for (const entry of entries) {
    if (!entry.isDirectory() || ['api', 'internal', 'proxyground.dev', 'testdata'].includes(entry.name)) continue
    found.push(...packages(`${folder}/${entry.name}`, path === '' ? entry.name : `${path}/${entry.name}`))
  }
  return found
}

/** Packages of the reference that we have no folder for. */
export function absent() {
  const wanted = readFileSync(`${sdk}/api/reference.txt`, 'utf8').matchAll(/^## (.+)$/gm)
  return [...wanted].map(([, path]) => path).filter((path) => !existsSync(`${sdk}/${path}`))
}

/** One line for each name that a package of the reference has and ours lacks or declares otherwise. */
export function differences(paths) {
  return goApi(['compare', `${sdk}/api/reference.txt`, sdk, ...paths])
    .split('\n')
    .filter((line) => line !== '')
}

/** File of a listing, and its text as it should be. */
export function listing(path) {
  return { file: `${sdk}/api/${path.replaceAll('/', '_')}.txt`, text: goApi(['list', `${sdk}/${path}`]) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--compare')) {
    for (const path of absent()) console.log(`${path}: there is no such package`)
    const known = readFileSync(`${sdk}/api/reference.txt`, 'utf8')
    console.log(differences(packages().filter((path) => known.includes(`## ${path}\n`))).join('\n'))
  } else {
    mkdirSync(`${sdk}/api`, { recursive: true })
    for (const path of packages()) {
      const { file, text } = listing(path)
      writeFileSync(file, text)
    }
  }
}

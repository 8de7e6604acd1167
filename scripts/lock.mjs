// package-lock.json must work on every platform and on our oldest Node. npm leaves out optional packages (the binaries of
// other platforms) that the registry at hand does not have, and then refuses the lock file everywhere else.
//   (no flag) adds what is missing;  --check  fails when something is missing, too new for Node 20.19, or names a registry.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathOf } from './setup/paths.mjs'

const file = pathOf('package-lock.json')
const text = readFileSync(file, 'utf8')
const lock = JSON.parse(text)

const systems = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'win32',
  android: 'android',
  freebsd: 'freebsd',
  openharmony: 'openharmony',
}
const processors = {
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
}
const libraries = { musl: 'musl', gnu: 'glibc', musleabihf: 'musl', gnueabihf: 'glibc' }

/** `@scope/name-linux-x64-musl` says in its name where it runs, as its manifest does. */
function platformOf(name) {
  const words = name.split(/[/-]/)
  const pick = (table) => words.flatMap((word) => (word in table ? [table[word]] : []))
  const [os, cpu, libc] = [pick(systems), pick(processors), pick(libraries)]
  return {
    ...(os.length > 0 && { os }),
    ...(cpu.length > 0 && { cpu }),
    ...(os[0] === 'linux' && libc.length > 0 && { libc }),
  }
}

const missing = []
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const known =
      lock.packages[`node_modules/${name}`]?.version ?? lock.packages[`${path}/node_modules/${name}`]?.version
    // A range cannot be completed without the registry; our binaries are all named exactly.
    if (known === undefined && /^\d/.test(version)) missing.push({ name, version, dev: entry.dev })
  }
}

/** Ranges our dependencies use: `>=20`, `^20.19.0 || >=22.12`, `18 || 20 || >=22`. */
function acceptsOldestNode(range) {
  return range.split('||').some((part) => {
    const [, operator = '', major, minor = '0'] = /^\s*(>=|\^|~|=)?\s*v?(\d+)(?:\.(\d+|x))?/.exec(part) ?? []
    if (major === undefined) return true
    const [wanted, least] = [Number(major), minor === 'x' ? 0 : Number(minor)]
    if (operator === '>=' && wanted < 20) return true
    return wanted === 20 && least <= 19
  })
}

const tooNew = Object.entries(lock.packages).filter(
  ([path, { engines }]) => path !== '' && engines?.node && !acceptsOldestNode(engines.node),
)

const complaints = [
  ...missing.map(({ name, version }) => `${name} ${version} is missing: run "npm run lock"`),
  ...tooNew.map(([path, { version, engines }]) => `${path} ${version} needs Node ${engines.node}; we promise 20.19`),
  ...(text.includes('"resolved"') ? ['it names a registry ("resolved"): see .npmrc'] : []),
]

if (process.argv.includes('--check')) {
  for (const complaint of complaints) console.error(`package-lock.json: ${complaint}`)
  process.exitCode = complaints.length > 0 ? 1 : 0
} else {
  for (const { name, version, dev } of missing)
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev && { dev }), optional: true }
  const { '': project, ...packages } = lock.packages
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: { '': project, ...sorted } }, null, 2)}\n`)
  console.log(`package-lock.json: ${missing.length} packages of other platforms added`)
}

// node bench/hosts/run.mjs: Proxyground, in Chromium and in Node, beside other hosts on the same plugin in Go, start and
// first requests (cold) apart from what a warm process holds. What is missing is taken from its registry into
// .cache/hosts. Not part of any test. `npm run build` comes first.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { delimiter } from 'node:path'
import { pathOf, root } from '../../scripts/setup/paths.mjs'
import { median } from '../median.mjs'
import { inChromium } from './browser.mjs'
import { withKnownImports } from './known-imports.mjs'
import { withStart } from './start-export.mjs'

const count = 10_000
const rounds = 12
/** What comes before is warming up: engines compile what is hot for some rounds. */
const warm = 6
const cache = pathOf('.cache/hosts')
mkdirSync(cache, { recursive: true })

const go = (folder, args, env = {}) =>
  execFileSync('go', ['build', '-mod=mod', '-p', '2', ...args, '.'], {
    cwd: pathOf(`bench/hosts/${folder}`),
    env: { ...process.env, GOTOOLCHAIN: 'local', GOMODCACHE: `${cache}/go`, GOFLAGS: '-modcacherw', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })

go('plugin', ['-buildmode=c-shared', '-o', `${cache}/plugin.wasm`], { GOOS: 'wasip1', GOARCH: 'wasm' })
const plugin = `${cache}/plugin-start.wasm`
writeFileSync(plugin, withStart(readFileSync(`${cache}/plugin.wasm`)))
go('wazero', ['-o', `${cache}/wazero`])

const program = (command, args) => JSON.parse(execFileSync(command, args, { encoding: 'utf8' }))

/** What runs the host in Java, or undefined where there is no Maven or no Java compiler. */
function buildJava() {
  const isThere = (command) => spawnSync(command, ['-version'], { stdio: 'ignore' }).status === 0
  if (!isThere('mvn') || !isThere('javac')) return undefined
  const file = `${cache}/java-classpath.txt`
  const quiet = { stdio: ['ignore', 'inherit', 'inherit'] }
  const pom = ['-f', pathOf('bench/hosts/java/pom.xml'), `-Dmaven.repo.local=${cache}/m2`]
  execFileSync('mvn', ['-q', '-B', ...pom, 'dependency:build-classpath', `-Dmdep.outputFile=${file}`], quiet)
  const libraries = readFileSync(file, 'utf8').trim()
  execFileSync('javac', ['-d', `${cache}/java`, '-cp', libraries, pathOf('bench/hosts/java/Bench.java')], quiet)
  return () =>
    program('java', ['-cp', `${cache}/java${delimiter}${libraries}`, 'Bench', plugin, count, rounds].map(String))
}
const java = buildJava()

/** What runs the host in Rust, or why nothing does. */
function buildWasmtime() {
  const version = (toolchain) => spawnSync('rustc', [...toolchain, '--version'], { encoding: 'utf8' }).stdout ?? ''
  const isNewEnough = (toolchain) => {
    const [, major = 0, minor = 0] = version(toolchain).match(/^rustc (\d+)\.(\d+)/) ?? []
    return Number(major) > 1 || Number(minor) >= 96
  }
  const toolchain = [[], ['+nightly']].find(isNewEnough)
  if (toolchain === undefined) return { missing: 'it asks for Rust 1.96, and there is no such rustc here' }
  // Built elsewhere: cargo writes beside the manifest which versions it took.
  const folder = `${cache}/wasmtime`
  cpSync(pathOf('bench/hosts/wasmtime'), folder, { recursive: true })
  const known = `${cache}/plugin-known-imports.wasm`
  writeFileSync(known, withKnownImports(readFileSync(plugin)))
  const measure = (...times) => program(`${folder}/target/release/wasmtime-host`, [known, ...times].map(String))
  try {
    const quiet = { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] }
    execFileSync('cargo', [...toolchain, 'build', '--release', '--quiet'], quiet)
    measure(1, 0)
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) }
  }
  return { measure: () => measure(count, rounds) }
}
const wasmtime = buildWasmtime()

const own = (record) => {
  const code = `const { measureEmulator } = await import(${JSON.stringify(new URL('dist/node/bench-hosts.js', root).href)})
    const { readFileSync } = await import('node:fs')
    console.log(JSON.stringify(measureEmulator(new Uint8Array(readFileSync(${JSON.stringify(plugin)})), ${count}, ${rounds}, ${record})))`
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }))
}
const inPage = await inChromium(plugin, count, rounds)
const hosts = [
  ...(inPage === undefined
    ? []
    : [
        ['Proxyground, whole, traced, in Chromium', () => inPage(true)],
        ['Proxyground, whole, not traced, in Chromium', () => inPage(false)],
      ]),
  ['Proxyground, whole, traced, in Node', () => own(true)],
  ['Proxyground, whole, not traced, in Node', () => own(false)],
  ['proxy-wasm-go-sdk proxytest (wazero)', () => program(`${cache}/wazero`, [plugin, count, rounds].map(String))],
  ...(wasmtime.measure === undefined ? [] : [['proxy-wasm-host (wasmtime)', wasmtime.measure]]),
  ...(java === undefined ? [] : [['proxy-wasm-java-host (Chicory, compiled)', java]]),
]

console.log(`\n${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}`)
console.log(`${'host'.padEnd(44)} ${'start'.padStart(9)} ${`+ ${count}`.padStart(9)} ${'then/s'.padStart(9)}`)
// In turns, so that a busy moment of the machine meets all of them.
const seen = hosts.map(() => [])
for (let turn = 0; turn < 3; turn++)
  for (const [index, [, measure]] of hosts.entries()) seen[index].push(await measure())
hosts.forEach(([name], index) => {
  const of = (pick) => median(seen[index].map(pick))
  const [start, cold] = [of((each) => each.start), of((each) => each.cold)]
  const steady = of((each) => median(each.steady.slice(warm)))
  const ms = (value) => `${value.toFixed(0)} ms`.padStart(9)
  console.log(`${name.padEnd(44)} ${ms(start)} ${ms(cold)} ${steady.toFixed(0).padStart(9)}`)
})
if (inPage === undefined) console.log('Not measured: the page (there is no Chromium here).')
if (java === undefined)
  console.log('Not compared: io.roastedroot:proxy-wasm-java-host (there is no mvn or javac here).')
if (wasmtime.measure === undefined)
  console.log(`Not compared: the crate proxy-wasm-host (wasmtime): ${wasmtime.missing}.`)

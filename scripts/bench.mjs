// npm run bench: medians of what the project promises about speed, with the machine named. Nothing passes or fails here.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { median } from '../bench/median.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { requireNode } from './setup/node-version.mjs'
import { pathOf } from './setup/paths.mjs'
import { findChromium } from './test/chromium.mjs'
import { downloadOf } from './toolchain-go/budget.mjs'
import { readManifest } from './toolchain-go/bundle.mjs'

requireNode()
ensureInstalled()
const node = (script, ...args) => execFileSync(process.execPath, [pathOf(script), ...args], { encoding: 'utf8' })
if (spawnSync(process.execPath, [pathOf('scripts/build.mjs'), '--if-changed'], { stdio: 'inherit' }).status !== 0)
  process.exit(1)

const chromium = findChromium()
const version = chromium
  ? execFileSync(chromium, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  : 'no Chromium'
console.log(
  `\n${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}, ${version}\n`,
)

const line = (what, value, goal) => console.log(`${what.padEnd(58)} ${value.padStart(14)}   ${goal}`)

if (chromium) {
  const page = JSON.parse(node('bench/run-browser.mjs', chromium))
  line('edit → trace on screen, from the end of the debounce', `${page.edit.toFixed(0)} ms`, 'goal ≤ 250 ms')
  line('  of that, the compiler itself', `${page.compiler.toFixed(0)} ms`, '')
  line('  ratio', `${(page.edit / page.compiler).toFixed(2)} ×`, 'goal ≤ 1.4 ×')
  line('first visit → finished run on screen', `${page.firstVisit.toFixed(0)} ms`, 'goal ≤ 1500 ms')
  line('  transferred before it', `${(page.transferred / 1000).toFixed(0)} kB`, 'goal ≤ 400 kB')
  line('  the first run of the page’s own worker, whole', `${page.firstRun.toFixed(1)} ms`, 'its request: see below')
}

if (chromium && spawnSync(process.execPath, [pathOf('scripts/toolchain-go.mjs'), '--quiet']).status === 0) {
  const go = JSON.parse(node('bench/run-go.mjs', chromium))
  const { beforeFirstRun, everything } = downloadOf(readManifest())
  console.log('Go, the mock plugin of the examples:')
  line('edit → trace on screen, from the end of the debounce', `${go.edit.toFixed(0)} ms`, 'goal ≤ 700 ms')
  line('  of that, the compiler and linker', `${go.compiler.toFixed(0)} ms`, '')
  if (go.native !== undefined) {
    line('  go build of the same edit, here and now', `${go.native.toFixed(0)} ms`, '')
    line('  ratio', `${(go.compiler / go.native).toFixed(2)} ×`, 'goal ≤ 2 ×')
  }
  line('last key → error marked', `${go.marker.toFixed(0)} ms`, 'goal ≤ 100 ms')
  line('first visit ever: an example (its module is served)', `${go.example.toFixed(0)} ms`, 'goal ≤ 4000 ms')
  line('  a program nobody built before', `${go.first.toFixed(0)} ms`, 'goal ≤ 4000 ms')
  line('second visit: the same program', `${go.second.toFixed(0)} ms`, 'goal ≤ 2500 ms')
  line('  a program nobody built before', `${go.changed.toFixed(0)} ms`, 'goal ≤ 2500 ms')
  line('resident memory of the renderer (VmHWM): peak of a first build', `${go.peak.toFixed(0)} MB`, 'goal ≤ 700 MB')
  line('  at its end', `${go.memory.toFixed(0)} MB`, '')
  line('  without what all processes of the browser share', `${go.ownPeak.toFixed(0)} MB`, '')
  line('download: the whole bundle', `${(everything / 1e6).toFixed(1)} MB`, 'goal ≤ 20 MB with --release')
  line('download: before the first run', `${(beforeFirstRun / 1e6).toFixed(1)} MB`, 'goal ≤ 14 MB with --release')
}

/** The first job of a fresh process: as the page's worker does it, and without what that does while it waits. */
for (const [how, title] of [
  ['warm', 'in a worker that warmed itself up while it waited, as the page has it'],
  ['cold', 'in a fresh process, without that'],
]) {
  const first = Array.from({ length: 9 }, () => Number(node('bench/run-emulator.mjs', 'first', how)))
  const parts = Array.from({ length: 9 }, () => JSON.parse(node('bench/run-emulator.mjs', 'parts', how)))
  const part = (name) => `${median(parts.map((each) => each[name])).toFixed(1)} ms`
  console.log(`the default sample, first time ${title}:`)
  line('  the traced request itself', part('request'), how === 'warm' ? 'goal ≤ 5 ms' : '')
  line('  before it: project files', part('load'), '')
  line('  before it: module parsed and compiled', part('prepare'), '')
  line('  before it: gateway and plugin started', part('start'), '')
  line('  after it: trace taken, hashed, decoded', part('read'), '')
  line('  a whole run, explained and reported', `${median(first).toFixed(1)} ms`, '')
}
for (const [upstream, behind] of [
  ['fixed', 'the emulator alone (a fixed reply)'],
  ['httpbin', 'with the httpbin mock behind it'],
]) {
  const pairs = JSON.parse(node('bench/run-emulator.mjs', 'rates', upstream))
  const rate = (name) => (1e6 / median(pairs.map((pair) => pair[name]))).toFixed(0)
  const cost = (recorded, plain) =>
    `${(100 * median(pairs.map((pair) => 1 - pair[plain] / pair[recorded]))).toFixed(1)} %`
  console.log(`AssemblyScript header sample (-O), ${behind}:`)
  line('  requests/s, recorded', rate('recorded'), 'goal ≥ 50000')
  line('  requests/s, not recorded', rate('plain'), '')
  line('  the same, per second of processor time', `${rate('recordedCpu')} / ${rate('plainCpu')}`, '')
  // Median of the ratios of 200 pairs that were measured one right behind the other: a busy machine meets both.
  line('  recording costs', cost('recorded', 'plain'), 'goal < 15 %')
  line('  of processor time', cost('recordedCpu', 'plainCpu'), '')
}
const world = JSON.parse(node('bench/run-world.mjs'))
console.log('behind the gateway, by themselves:')
line('  httpbin answers/s', median(world.httpbin).toFixed(0), 'goal ≥ 20000')
line('  Redis commands/s', median(world.redis).toFixed(0), 'goal ≥ 100000')
if (world.real !== undefined) line('  a redis-server over loopback, one client', world.real.toFixed(0), '')
const many = JSON.parse(node('bench/run-emulator.mjs', 'many', '5000'))
line('one run of 5,000 requests: traced, hashed, explained', `${median(many).toFixed(0)} ms`, '')

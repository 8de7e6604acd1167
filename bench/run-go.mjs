// Go in a real Chromium against our server: first visits in fresh profiles and second ones, to an example whose module comes
// with the bundle and to a program that nobody built before; warm edits and how soon an error is marked; and what the
// machine's own `go build` takes for the same edits in the same minute.
//   node bench/run-go.mjs CHROMIUM        prints one line of JSON
//   node bench/run-go.mjs CHROMIUM warm   without the visits
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { pathOf } from '../scripts/setup/paths.mjs'
import { serveApp } from '../scripts/setup/served-app.mjs'
import { diagnostics, warmEdits } from './go-warm.mjs'
import { median } from './median.mjs'

const profiles = 3
const example = pathOf('src/templates/go-mock-response')
const source = `${example}/plugins/mock/main.go`

const { address, stop } = await serveApp()
const work = mkdtempSync(join(tmpdir(), 'proxyground-bench-'))

/** A link to the example with this value in the header that it adds; 'world' is the example itself. */
function linkTo(value) {
  const folder = join(work, value)
  cpSync(example, folder, { recursive: true })
  writeFileSync(join(folder, 'plugins/mock/main.go'), readFileSync(source, 'utf8').replace('"world"', `"${value}"`))
  const share = [pathOf('dist/node/cli.js'), 'share', folder, '--base', address]
  return execFileSync(process.execPath, share, { encoding: 'utf8' }).trim()
}

/** Does something with a browser that was never used before. */
async function inFreshProfile(act) {
  const profile = mkdtempSync(join(work, 'profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.argv[2],
    viewport: { width: 1440, height: 900 },
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    return await act(context, profile)
  } finally {
    await context.close()
  }
}

/** Opens a project and waits until its run is on the screen: milliseconds since the address was entered. */
async function visit(context, link) {
  const page = await context.newPage()
  await page.goto(link)
  await page.getByRole('treegrid').getByRole('row').first().waitFor({ timeout: 300_000 })
  const shown = await page.evaluate(() => performance.now())
  return { page, shown }
}

/** Waits until the linker has run: a module that was built before is shown while the compiler still wakes. */
async function compilerAwake(page) {
  const deadline = performance.now() + 120_000
  while (performance.now() < deadline) {
    for (const worker of page.workers()) {
      const names = await worker.evaluate(() => performance.getEntriesByType('measure').map(({ name }) => name))
      if (names.includes('go run link')) return
    }
    await page.waitForTimeout(100)
  }
  throw new Error('the Go compiler did not wake')
}

/**
 * Memory of the largest renderer of a profile in MB: page, all its workers, the guest. `now` and `peak` are resident memory
 * (VmRSS, VmHWM), files of the browser that all its processes share included; `own` is what the process has for itself (RssAnon
 * and VmSwap, what Chromium's task manager shows).
 */
function rendererMemory(profile) {
  const listed = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).stdout.split('\n')
  const mine = listed.filter((line) => line.includes('--type=renderer') && line.includes(profile))
  const sizes = mine.map((line) => memoryOf(Number.parseInt(line, 10)))
  return sizes.sort((a, b) => b.peak - a.peak)[0] ?? memoryOf(0)
}

function memoryOf(pid) {
  const file = `/proc/${pid}/status`
  const status = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const field = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1000
  return { pid, now: field('VmRSS'), peak: field('VmHWM'), own: field('RssAnon') + field('VmSwap') }
}

/** Does something and gives the most memory of its own that the profile's largest renderer had meanwhile, as seen every 50 ms. */
async function peakOfOwn(profile, act) {
  let most = 0
  let looked = 0
  let { pid } = rendererMemory(profile)
  const timer = setInterval(() => {
    // A visit may take another process than the one before.
    if (looked % 20 === 0) pid = rendererMemory(profile).pid
    looked += 1
    most = Math.max(most, memoryOf(pid).own)
  }, 50)
  try {
    await act()
  } finally {
    clearInterval(timer)
  }
  return most
}

/** `go build` of the same plugin after the same kind of edit, with the SDK's workspace; undefined without Go here. */
function nativeBuild() {
  if (spawnSync('go', ['version']).status !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'proxyground-bench-go-'))
  try {
    writeFileSync(join(folder, 'go.mod'), 'module wasm-demo-go\n\ngo 1.24.1\n')
    const sdk = pathOf('sdk/go')
    const { Use, Replace = [] } = JSON.parse(execFileSync('go', ['work', 'edit', '-json', `${sdk}/go.work`]))
    const uses = [folder, ...Use.map(({ DiskPath }) => join(sdk, DiskPath))].map((path) => `use ${path}\n`)
    const replaced = Replace.map(
      ({ Old, New }) => `replace ${Old.Path} ${Old.Version ?? ''} => ${join(sdk, New.Path)}\n`,
    )
    writeFileSync(join(folder, 'go.work'), `go 1.24.1\n${uses.join('')}${replaced.join('')}`)
    const env = { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOFLAGS: '', GOWORK: join(folder, 'go.work') }
    const args = [
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-buildmode=c-shared',
      '-ldflags=-w',
      '-o',
      'plugin.wasm',
      '.',
    ]
    const times = []
    for (let count = 0; count < 8; count++) {
      writeFileSync(join(folder, 'main.go'), readFileSync(source, 'utf8').replace('"world"', `"world${count}"`))
      const began = performance.now()
      const { status, stderr } = spawnSync('go', args, { cwd: folder, env, encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      if (count >= 2) times.push(performance.now() - began)
    }
    return median(times)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const pick = (list, name) => median(list.map((item) => item[name]))

/** Visits of one browser: the first ever and a second one, to an example or to a program of one's own. */
async function visits(count, value) {
  return await inFreshProfile(async (context, profile) => {
    let first
    const own = await peakOfOwn(profile, async () => {
      first = await visit(context, linkTo(value))
      await compilerAwake(first.page)
    })
    const { now, peak } = rendererMemory(profile)
    // Builds are laid up when they have stood for three seconds, and V8 writes its code down after two.
    await first.page.waitForTimeout(8000)
    await first.page.close()
    const again = await visit(context, linkTo(value))
    await again.page.close()
    const changed = await visit(context, linkTo(`${value}-${count}`))
    await changed.page.close()
    return { first: first.shown, again: again.shown, changed: changed.shown, memory: now, peak, own }
  })
}

try {
  const examples = []
  const own = []
  for (let count = 0; count < (process.argv[3] === 'warm' ? 0 : profiles); count++) {
    examples.push(await visits(count, 'world'))
    own.push(await visits(count, `own-${count}`))
  }
  const measured = await inFreshProfile(async (context) => {
    const { page } = await visit(context, linkTo('world'))
    await compilerAwake(page)
    return { edits: await warmEdits(page, source), marker: await diagnostics(page) }
  })
  console.log(
    JSON.stringify({
      example: pick(examples, 'first'),
      first: pick(own, 'first'),
      second: pick(own, 'again'),
      changed: pick(own, 'changed'),
      edit: pick(measured.edits, 'trace'),
      compiler: pick(measured.edits, 'compiler'),
      marker: measured.marker,
      memory: pick(own, 'memory'),
      peak: pick(own, 'peak'),
      ownPeak: pick(own, 'own'),
      native: nativeBuild(),
    }),
  )
} finally {
  stop()
  rmSync(work, { recursive: true, force: true })
}

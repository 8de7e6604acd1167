// Go in a real Chromium against our server: the first run ever, the second visit from storage, warm edits; and what the
// machine's own `go build` takes for the same edits in the same minute.
//   node bench/run-go.mjs CHROMIUM   prints one line of JSON
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { pathOf } from '../scripts/setup/paths.mjs'
import { median } from './median.mjs'

/** src/ui/commands/live.ts; the promise counts from its end. */
const debounceMs = 40
const edits = 12
const example = pathOf('src/templates/go-mock-response')
const source = `${example}/plugins/mock/main.go`

const server = spawn(process.execPath, [pathOf('dist/node/server.js'), '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const address = await new Promise((resolve) => {
  server.stdout.on('data', (data) => {
    const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(data))?.[0]
    if (found) resolve(found)
  })
})
const share = [pathOf('dist/node/cli.js'), 'share', example, '--base', address]
const link = execFileSync(process.execPath, share, { encoding: 'utf8' }).trim()
const profile = mkdtempSync(join(tmpdir(), 'proxyground-bench-'))
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.argv[2],
  viewport: { width: 1440, height: 900 },
  args: ['--no-sandbox', '--disable-gpu'],
})

/** Opens the project and waits until its run is on the screen: milliseconds, and bytes of the toolchain on the wire. */
async function visit() {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true })
  await page.goto(link)
  await page.getByRole('treegrid').getByRole('row').first().waitFor({ timeout: 300_000 })
  const shown = await page.evaluate(() => performance.now())
  return { page, shown }
}

/** Types one character into the value of the header that the plugin adds, and waits for the row that shows it. */
async function edit(page, text) {
  await page.evaluate((wanted) => {
    window.edited = new Promise((resolve) => {
      const grid = document.querySelector('[role=treegrid]').parentElement
      let began
      document.addEventListener(
        'keydown',
        () => {
          began ??= performance.now()
        },
        { capture: true, once: true },
      )
      const observer = new MutationObserver(() => {
        if (!grid.textContent.includes(wanted)) return
        observer.disconnect()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
      })
      observer.observe(document.body, { childList: true, subtree: true, characterData: true })
    })
  }, text)
  await page.keyboard.type(text.at(-1))
  const milliseconds = await page.evaluate(() => window.edited)
  const compiler = Number(/built in ([\d.]+) ms/.exec(await page.getByRole('contentinfo').textContent())?.[1])
  return { trace: milliseconds - debounceMs, compiler }
}

/** Resident memory of the largest renderer, in MB: code, tools, SDK and the guest's own module together. */
function rendererMemory() {
  const listed = spawnSync('ps', ['-eo', 'rss=,args='], { encoding: 'utf8' }).stdout.split('\n')
  const mine = listed.filter((line) => line.includes('--type=renderer') && line.includes(profile))
  return Math.max(0, ...mine.map((line) => Number.parseInt(line, 10))) / 1000
}

async function warmEdits(page) {
  const lines = readFileSync(source, 'utf8').split('\n')
  const line = lines.findIndex((text) => text.includes('"world"'))
  await page.getByRole('textbox', { name: 'Editor content' }).focus()
  await page.keyboard.press('ControlOrMeta+Home')
  for (let count = 0; count < line; count++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  for (let count = 0; count < 2; count++) await page.keyboard.press('ArrowLeft')
  let value = 'world'
  const measured = []
  for (let count = 0; count < edits; count++) {
    value += 'abcdefghijklmnopqrstuvwxyz'[count]
    const result = await edit(page, value)
    if (count >= 4) measured.push(result)
  }
  return measured
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

try {
  const first = await visit()
  await first.page.close()
  const second = await visit()
  const measured = await warmEdits(second.page)
  const pick = (name) => median(measured.map((item) => item[name]))
  console.log(
    JSON.stringify({
      first: first.shown,
      second: second.shown,
      edit: pick('trace'),
      compiler: pick('compiler'),
      memory: rendererMemory(),
      native: nativeBuild(),
    }),
  )
} finally {
  await context.close()
  server.kill()
  rmSync(profile, { recursive: true, force: true })
}

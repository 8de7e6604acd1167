import type { Page, Worker } from '@playwright/test'
import { withMemoryUpTo } from '../src/compile-worker/toolchains/go/test-memory.ts'
import { expect, test } from './fixtures.ts'

// What may happen to Go’s toolchain while somebody works: its worker breaks, the network goes, the server has none.
test.use({ viewport: { width: 1600, height: 1300 } })
test.setTimeout(240_000)

const panel = (page: Page) => page.getByRole('region', { name: /^Terminal, problems/ })
const slow = { timeout: 120_000 }
const example = 'Mock response of the documents'

const compileWorkers = (page: Page): Worker[] =>
  page.workers().filter((worker) => worker.url().includes('compile-worker'))

/** Breaks the worker between the next run of Go's compiler and the linker: an error that nobody catches, then no answer ever. */
const breakAfterCompiling = (): void => {
  const measure = performance.measure.bind(performance)
  performance.measure = (name, options) => {
    const noted = measure(name, typeof options === 'string' ? { start: options } : options)
    if (name !== 'go run compile') return noted
    reportError(new Error('the worker breaks here'))
    for (;;);
  }
}

test('a worker that breaks in the middle of a build says so; the last good module runs, and the next build is fine', async ({
  app,
  page,
  watch,
}) => {
  watch.allow(/the worker breaks here/)
  await app.open()
  await app.openExample(example)
  await app.readyToEdit()
  // The module of the example comes with the bundle; once an edit is on the screen the compiler is awake, and builds nothing.
  await app.pasteWord('"hello", "world"', 'world', 'good')
  await expect(app.row(/hello → "good"/)).toBeVisible(slow)
  await expect(app.status).toContainText('built in')
  await page.getByRole('tab', { name: /^Build/ }).click()

  const [worker, ...others] = compileWorkers(page)
  if (worker === undefined || others.length > 0) throw new Error('There must be one compile worker')
  await worker.evaluate(breakAfterCompiling)
  const ended = worker.waitForEvent('close')
  // In one edit: were it typed key by key, the next key would be built by the next worker, and nothing left to see.
  await app.pasteWord('"hello", "good"', 'good', 'lost')
  await ended
  await expect(panel(page)).toContainText('The compile worker broke: Uncaught Error: the worker breaks here.')
  await expect(app.run).toContainText('mock is not built')
  await expect(app.row(/hello → "good"/)).toBeVisible()

  // The composer sends with what is built; there is no worker that could build meanwhile.
  await page.getByRole('textbox', { name: 'URL' }).fill('http://localhost:10000/anything/runs-still')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(app.row('GET /anything/runs-still').first()).toBeVisible()
  await expect(app.row(/hello → "good"/)).toBeVisible()
  expect(compileWorkers(page)).toEqual([])

  await app.pasteWord('"hello", "lost"', 'lost', 'again')
  await expect(app.row(/hello → "again"/)).toBeVisible(slow)
  expect(compileWorkers(page)).toHaveLength(1)
})

test('a browser that was here before compiles without the server’s toolchain', async ({
  app,
  page,
  context,
  watch,
}) => {
  await app.open()
  await app.openExample(example)
  await expect(app.row(/hello → "world"/)).toBeVisible(slow)
  const link = await app.shareLink()
  const needed = [
    'manifest',
    'driver',
    'exports',
    'compile',
    'link',
    'compile-rest',
    'link-rest',
    'objects-core',
    'objects-wrapper',
  ]
  // All is laid up after the first build, which runs behind the module that came with the example.
  const laidUp = () =>
    page.evaluate(async () => {
      const store = await caches.open('proxyground-toolchain-go')
      return (await store.keys()).map(({ url }) => /([a-z-]+?)(?:-[0-9a-f]{16})?\.(?:wasm|pack|json)$/.exec(url)?.[1])
    })
  await expect.poll(laidUp, slow).toEqual(expect.arrayContaining(needed))
  await page.goto('about:blank')
  watch.allow(/ERR_FAILED/)
  // With a route there is no HTTP cache either.
  await context.route('**/toolchains/**', (route) => route.abort())
  await app.open(link)
  await app.readyToEdit()
  await app.changeWord('"hello", "world"', 'world', 'offline')
  await expect(app.row(/hello → "offline"/)).toBeVisible(slow)
})

test('without the server’s toolchain and without a copy, the page says what is missing and keeps working', async ({
  app,
  page,
  context,
  watch,
}) => {
  watch.allow(/ERR_FAILED/)
  await context.route('**/toolchains/**', (route) => route.abort())
  await app.open()
  await page.getByRole('tab', { name: /^Build/ }).click()
  await app.openExample(example)
  await expect(panel(page)).toContainText('the server does not answer, and this browser has no copy yet', slow)
  await context.unroute('**/toolchains/**')
  await app.changeWord('"hello", "world"', 'world', 'online')
  await expect(app.row(/hello → "online"/)).toBeVisible(slow)
})

const large = (functions: number) => `package main

import "github.com/higress-group/proxy-wasm-go-sdk/proxywasm"

func main() {}

func init() { proxywasm.LogInfo(f0("")) }

${Array.from({ length: functions }, (_, index) => `func f${index}(s string) string { for i := range s { if s[i] == ${index % 200} { return s[i:] + "${index}" } }; return s }`).join('\n')}
`

test('a plugin that Go’s compiler has no memory for says so; the last good module runs, and the next build is fine', async ({
  app,
  page,
  context,
}) => {
  // As in a browser that has less to give, so that the program need not be of tens of megabytes.
  await context.route(/\/toolchains\/go\/compile-[0-9a-f]{16}\.wasm$/, async (route) => {
    const response = await route.fetch()
    const body = Buffer.from(withMemoryUpTo(900, await response.body()))
    await route.fulfill({ body, contentType: 'application/wasm' })
  })
  await app.open()
  await app.openExample(example)
  await expect(app.row(/hello → "world"/)).toBeVisible(slow)
  await app.readyToEdit()
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await page.locator('.view-lines').click()
  await page.keyboard.press('Control+a')
  // Pasted: what is typed at once goes through the input method, which takes minutes for so much.
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((text) => navigator.clipboard.writeText(text), large(2500))
  await page.keyboard.press('Control+v')
  await expect(panel(page)).toContainText("Go's cmd/compile ran out of memory on this source: split the plugin", slow)
  await expect(panel(page).getByRole('listitem')).toContainText('plugins/mock')
  await expect(app.verdict()).toHaveText('Build failed')
  await expect(app.row(/hello → "world"/)).toBeVisible()
  await page.keyboard.press('Control+z')
  await app.pasteWord('"hello", "world"', 'world', 'smaller')
  await expect(app.row(/hello → "smaller"/)).toBeVisible(slow)
  await expect(panel(page)).toContainText('No problems')
  // Copies for visits without a network are laid up in a moment: a request under way would outlive the test.
  await context.unrouteAll({ behavior: 'ignoreErrors' })
})

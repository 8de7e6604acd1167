import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

// What may happen to Go’s toolchain while somebody works: its worker breaks, the network goes, the server has none.
test.use({ viewport: { width: 1600, height: 1300 } })
test.setTimeout(240_000)

const panel = (page: Page) => page.getByRole('region', { name: /^Terminal, problems/ })
const slow = { timeout: 120_000 }
const example = 'Mock response of the documents'

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
  const needed = ['manifest', 'driver', 'exports', 'compile', 'link', 'objects-core', 'objects-wrapper']
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

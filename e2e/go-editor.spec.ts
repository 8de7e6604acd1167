import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { type Workbench, workbench } from './workbench.ts'

// The whole program is in view, and the first build fetches and compiles on a machine that does other things too.
test.use({ viewport: { width: 1600, height: 1300 } })
test.setTimeout(240_000)
const slow = { timeout: 120_000 }

async function openGo(app: Workbench): Promise<void> {
  await app.open()
  await app.openExample('Mock response of the documents')
  await expect(app.row(/hello → "world"/)).toBeVisible(slow)
  await app.readyToEdit()
}
const line = (page: Page, text: string | RegExp) => page.locator('.view-line').filter({ hasText: text }).first()

test('while a program that nobody built before is built, its steps stand where the timeline will be', async ({
  app,
  page,
  browser,
  servers,
}) => {
  await openGo(app)
  await app.changeWord('"hello", "world"', 'world', 'first')
  await expect(line(page, '"first"')).toBeVisible()
  const link = await app.shareLink()
  const visitor = await browser.newContext({ baseURL: servers.served })
  const fresh = workbench(await visitor.newPage())
  await fresh.page.goto(link)
  const steps = fresh.run.getByRole('listitem')
  await expect(steps).toHaveText([/Load Go’s compiler/, 'Check the types', 'Compile and link', 'Send the request'])
  await expect(fresh.page.locator('[aria-current=step]')).toHaveCount(1)
  await expect(fresh.verdict()).toHaveText('200 OK', slow)
  await expect(steps).toHaveCount(0)
  await visitor.close()
})

test('F12 on a function of the SDK opens its source to read', async ({ app, page }) => {
  await openGo(app)
  await line(page, 'AddHttpRequestHeader').getByText('AddHttpRequestHeader').click()
  await page.keyboard.press('F12')
  await expect(page.getByRole('tab', { name: 'request.go' })).toHaveAttribute('aria-selected', 'true', slow)
  await expect(line(page, /^func\sAddHttpRequestHeader/)).toBeVisible()
})

test('a name is changed everywhere it stands for the same, and keeps where it would mean something else', async ({
  app,
  page,
}) => {
  await openGo(app)
  await line(page, /func\sonHttpRequestHeaders\(/)
    .getByText('onHttpRequestHeaders')
    .click()
  const rename = async (to: string) => {
    await page.keyboard.press('F2')
    const box = page.locator('.rename-box input')
    await expect(box).toBeVisible()
    await box.fill(to)
    await page.keyboard.press('Enter')
  }
  await rename('parseConfig')
  await expect(page.getByText(/^With that name the plugin does not compile: main\.go:\d+:\d+ /)).toBeVisible(slow)
  await line(page, /func\sonHttpRequestHeaders\(/)
    .getByText('onHttpRequestHeaders')
    .click()
  await rename('onRequest')
  await expect(line(page, /func\sonRequest\(/)).toBeVisible(slow)
  await expect(line(page, /ProcessRequestHeadersBy\(onRequest\)/)).toBeVisible()
  await expect(app.verdict()).toHaveText('200 OK', slow)
})

test('saving formats and imports; a panic is named with its line, and the button goes there', async ({ app, page }) => {
  await openGo(app)
  await line(page, 'proxywasm.AddHttpRequestHeader').click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('var m map[string]int; m[strings.Repeat( "a",2)]=1')
  await expect(page.getByRole('button', { name: /undefined: strings/ }).first()).toBeVisible(slow)
  await page.keyboard.press('Control+s')
  await expect(line(page, /^\s*"strings"$/)).toBeVisible(slow)
  await expect(line(page, /m\[strings\.Repeat\("a",\s2\)\]\s=\s1/)).toBeVisible()
  await expect(app.verdict()).toHaveText('200 OK, with one problem', slow)
  await expect(app.row(/panicked in on_request_headers.*assignment to entry in nil map/)).toBeVisible()
  await app.run.getByRole('button', { name: /^Event \d+$/ }).click()
  await page.getByRole('button', { name: /^Show main\.go:\d+$/ }).click()
  await expect(app.status).toContainText(/Ln 3\d, Col/)
})

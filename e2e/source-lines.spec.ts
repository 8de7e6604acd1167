import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' })

test('a host call leads to the line that made it, by click and by Enter', async ({ app, page }) => {
  await app.open()
  await app.readyToEdit()
  await app.row(/add_header_map_value.*x-seen-by/).click()
  await inspector(page).getByRole('button', { name: 'plugin.ts:11' }).click()
  await expect(app.status).toContainText('Ln 11,')
  await app.row(/add_header_map_value.*world/).click()
  await expect(inspector(page)).toContainText('plugin.ts:6')
  await app.timeline.press('Enter')
  await expect(app.status).toContainText('Ln 6,')
})

test('a callback leads to its handler', async ({ app, page }) => {
  await app.open()
  await app.readyToEdit()
  await app.row('proxy_on_response_headers').click()
  await expect(inspector(page)).toContainText('plugin.ts:10')
  await app.timeline.press('Enter')
  await expect(app.status).toContainText('Ln 10,')
})

test('a trap says once what happened, names its line, and its stack leads there', async ({ app, page }) => {
  await app.open()
  await app.readyToEdit()
  await app.changeWord('return HeaderAction.Continue', 'Continue', 'Continue + unreachable()')
  await expect(app.verdict()).toHaveText(/503, hello trapped/, { timeout: 60_000 })
  await app.run.getByRole('button', { name: /^Event \d+$/ }).click()
  await expect(inspector(page).getByText(/hello trapped in on_request_headers: unreachable/)).toHaveCount(1)
  await expect(inspector(page)).toContainText('At plugin.ts:7')
  await inspector(page).getByRole('list').getByRole('button', { name: 'plugin.ts:7' }).click()
  await expect(app.status).toContainText('Ln 7,')
})

test('beside the source stands what its lines did, and leads to the timeline', async ({ app, page }) => {
  await app.open()
  await app.openExample('Ask an auth service')
  await app.readyToEdit()
  const line = (text: string) => page.locator('.view-line').filter({ hasText: text })
  const read = line("GetHttpRequestHeader('authorization')")
  await expect(read).toContainText('"Bearer good"', { timeout: 60_000 })
  const [box, editor] = [await read.boundingBox(), await page.locator('.monaco-host').boundingBox()]
  await page.mouse.click((editor?.x ?? 0) + 10, (box?.y ?? 0) + 10)
  await expect(inspector(page)).toContainText('proxy_get_header_map_value')
  await app.row('proxy_continue_stream').click()
  await expect(line('ResumeHttpRequest()')).toContainText('resumes')
  await page.keyboard.press('F1')
  await page.getByRole('dialog').getByRole('combobox').fill('Values of the run')
  await page.keyboard.press('Enter')
  await expect(line('ResumeHttpRequest()')).not.toContainText('resumes')
})

test('a host call of a Go plugin leads to its line, and its stack names the SDK’s functions on the way', async ({
  app,
  page,
}) => {
  await app.open()
  await app.openExample('External authorization')
  await app.row(/proxy_http_call/).click()
  await expect(inspector(page)).toContainText('main.go:80', { timeout: 60_000 })
  await inspector(page).getByRole('tab', { name: 'Stack' }).click()
  const stack = inspector(page).getByRole('list', { name: 'Stack, innermost first' })
  await expect(stack).toContainText('main.ask')
  await expect(stack).toContainText('proxywasm.DispatchHttpCall')
  await stack
    .getByRole('button', { name: /main\.go:\d+/ })
    .first()
    .click()
  await expect(app.status).toContainText('Ln 80,')
})

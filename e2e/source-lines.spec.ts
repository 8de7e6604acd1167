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

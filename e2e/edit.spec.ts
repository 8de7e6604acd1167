import { expect, test } from './fixtures.ts'

test('the first visit shows a finished run of the default sample', async ({ app }) => {
  await app.open()
  await expect(app.verdict()).toHaveText('200 OK')
  await expect(app.row('add_header_map_value').filter({ hasText: 'world' })).toBeVisible()
})

test('an edit is compiled and run by itself: the new header is in the response and on the timeline', async ({
  app,
}) => {
  await app.open()
  await app.readyToEdit()
  await app.changeWord('x-seen-by', 'hello', 'tester')
  await expect(app.row(/x-seen-by → "tester"/)).toBeVisible()
  await app.look('Response')
  await expect(app.run).toContainText('x-seen-by')
  await expect(app.run).toContainText('tester')
})

test("a mistake is marked with the compiler's words, the last good run stays, and the fix runs", async ({
  app,
  page,
}) => {
  await app.open()
  await app.readyToEdit()
  await app.changeWord('x-seen-by', 'responseHeaders', 'responseHaeders')
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await expect(page.getByRole('region', { name: /^Terminal, problems/ })).toContainText('responseHaeders')
  await expect(app.row(/x-seen-by → "hello"/)).toBeVisible()
  await app.changeWord('x-seen-by', 'responseHaeders', 'responseHeaders')
  await expect(page.getByRole('region', { name: /^Terminal, problems/ })).toContainText('No problems')
  await expect(app.verdict()).toHaveText('200 OK')
})

test('a reload and a second tab lose nothing of what was typed', async ({ app, page, context }) => {
  await app.open()
  await app.readyToEdit()
  await app.changeWord('x-seen-by', 'hello', 'kept')
  await expect(app.row(/x-seen-by → "kept"/)).toBeVisible()
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('Saved in this browser')
  await page.reload()
  await expect(app.row(/x-seen-by → "kept"/)).toBeVisible()
  const second = await context.newPage()
  await second.goto('/')
  await expect(second.getByText(/x-seen-by → "kept"/)).toBeVisible()
})

test('a callback that never ends is stopped and named; the page lives and the next run is fine', async ({ app }) => {
  await app.open()
  await app.readyToEdit()
  await app.changeWord('x-seen-by', 'this', 'while (count < 9999) {} this')
  await expect(app.verdict()).toHaveText('Stopped after 5 s')
  await expect(app.run).toContainText('on_response_headers')
  await app.changeWord('9999', '9999', '0')
  await expect(app.verdict()).toHaveText('200 OK')
})

test('everything is there in Chinese', async ({ app, page }) => {
  await app.open()
  await page.getByRole('button', { name: 'Language' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/)
  await expect(page.getByRole('button', { name: '示例' })).toBeVisible()
})

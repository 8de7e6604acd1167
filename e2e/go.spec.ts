import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

// The whole program is in view, and the first build fetches and compiles on a machine that does other things too.
test.use({ viewport: { width: 1600, height: 1300 } })
test.setTimeout(240_000)

const panel = (page: Page) => page.getByRole('region', { name: /^Terminal, problems/ })
const slow = { timeout: 120_000 }

test('the Go example compiles in the tab and runs; an edit shows the new header', async ({ app }) => {
  await app.open()
  await app.openExample('Mock response of the documents')
  await expect(app.run).toContainText('mock', slow)
  await expect(app.row(/hello → "world"/)).toBeVisible(slow)
  await expect(app.verdict()).toHaveText('200 OK')
  await app.readyToEdit()
  await app.changeWord('"hello", "world"', 'world', 'there')
  await expect(app.row(/hello → "there"/)).toBeVisible(slow)
})

test('a type error shows at its line in the compiler’s words, the last good module stays, and the fix runs', async ({
  app,
  page,
}) => {
  await app.open()
  await app.openExample('Mock response of the documents')
  await expect(app.run).toContainText('mock', slow)
  await expect(app.row(/hello → "world"/)).toBeVisible(slow)
  await app.readyToEdit()
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await app.changeWord('return types.HeaderContinue', 'HeaderContinue', 'HeaderContinua')
  await expect(panel(page)).toContainText('undefined: types.HeaderContinua', slow)
  await expect(panel(page)).toContainText('plugins/mock/main.go:38')
  await expect(app.verdict()).toHaveText('Build failed')
  await expect(app.row(/hello → "world"/)).toBeVisible()
  await app.changeWord('return types.HeaderContinua', 'HeaderContinua', 'HeaderContinue')
  await expect(panel(page)).toContainText('No problems', slow)
  await expect(app.verdict()).toHaveText('200 OK', slow)
})

test('a missing import is added by the repair that the editor offers, and by the one in the list of problems', async ({
  app,
  page,
}) => {
  await app.open()
  await app.openExample('Mock response of the documents')
  await expect(app.run).toContainText('mock', slow)
  await expect(app.row(/hello → "world"/)).toBeVisible(slow)
  await app.readyToEdit()
  await app.changeWord('AddHttpRequestHeader("hello"', 'hello', 'x-')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('println(strings.ToUpper("logged by go"))')
  const problem = page.getByRole('button', { name: /undefined: strings/ }).first()
  await expect(problem).toBeVisible(slow)
  await problem.click()
  await page.keyboard.press('Control+.')
  await expect(page.getByRole('listbox').getByText('Import strings')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.locator('.view-line').filter({ hasText: /^\s*"strings"$/ })).toBeVisible()
  await expect(app.row(/LOGGED BY GO/)).toBeVisible(slow)

  await page.keyboard.press('Control+z')
  await page.getByRole('tab', { name: /^Problems/ }).click()
  const entry = panel(page).getByRole('listitem').filter({ hasText: 'undefined: strings' })
  await entry.getByRole('button', { name: /undefined: strings/ }).focus(slow)
  await page.keyboard.press('Tab')
  await expect(entry.getByRole('button', { name: 'Import strings' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panel(page)).toContainText('No problems', slow)
  await expect(page.locator('.view-line').filter({ hasText: /^\s*"strings"$/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(entry).toBeVisible(slow)
})

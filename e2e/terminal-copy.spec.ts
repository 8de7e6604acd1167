import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const screen = (page: Page) => page.locator('.xterm-screen')
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

/** Selects a line of the terminal that begins like this: a triple click takes the whole line. */
async function selectLine(page: Page, text: RegExp): Promise<void> {
  await page
    .locator('.xterm-rows > div')
    .filter({ hasText: text })
    .first()
    .click({ clickCount: 3, position: { x: 20, y: 8 }, force: true })
}

for (const keys of ['Control+c', 'Control+Shift+C'])
  test(`${keys} copies what is selected in the terminal, and the command line stays as it is`, async ({
    app,
    page,
  }) => {
    await app.open()
    await screen(page).click()
    await page.keyboard.type('echo one two; echo half')
    await page.keyboard.press('Enter')
    await expect(page.locator('.xterm-rows > div').filter({ hasText: /^one two/ })).toBeVisible()
    await page.keyboard.type('echo kept')
    await selectLine(page, /^one two/)
    await page.keyboard.press(keys)
    await expect.poll(async () => (await clipboard(page)).trim()).toMatch(/one two$/)
    await page.keyboard.press('Enter')
    await expect(page.locator('.xterm-rows > div').filter({ hasText: /^kept/ })).toBeVisible()
  })

test('Ctrl+Shift+C without a selection does not interrupt, Ctrl+C does', async ({ app, page }) => {
  await app.open()
  await screen(page).click()
  await page.keyboard.type('echo kept')
  await page.keyboard.press('Control+Shift+C')
  await expect(page.locator('.xterm-rows')).not.toContainText('^C')
  await page.keyboard.press('Control+c')
  await expect(page.locator('.xterm-rows')).toContainText('^C')
})

test('a long output stays whole in the scrollback, and what is not a command says so', async ({ app, page }) => {
  await app.open()
  await screen(page).click()
  await page.keyboard.type('curl -s localhost:12345/stream/40; nonsense --flag')
  await page.keyboard.press('Enter')
  await expect(page.locator('.xterm-rows')).toContainText('nonsense')
  await page.keyboard.press('Shift+PageUp')
  await expect(page.locator('.xterm-rows')).toContainText(/"id":\s?3\d/)
})

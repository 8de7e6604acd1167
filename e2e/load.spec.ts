import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { Workbench } from './workbench.ts'

/** An example whose run has several requests. */
async function openSeveral(app: Workbench): Promise<void> {
  await app.open()
  await app.openExample('Shared counter')
  await expect(app.run).toContainText('counter')
}

const strips = (page: Page) => page.getByRole('listbox', { name: 'Requests of the run' })

test('a run of several requests is seen from afar, and each opens again in rows', async ({ app, page }) => {
  await openSeveral(app)
  await app.run.getByRole('button', { name: /^All \d+$/ }).click()
  const first = strips(page).getByRole('option').first()
  await expect(first).toHaveAccessibleName(/GET .*, 200/)
  await expect(app.verdict()).toHaveText(/^\d+ requests$/)
  await strips(page).press('Home')
  await strips(page).press('Enter')
  await expect(app.row('GET').first()).toBeVisible()
})

test('Ctrl and the wheel, and − and +, move away and closer', async ({ app, page }) => {
  await openSeveral(app)
  await app.timeline.hover()
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, 120)
  await page.keyboard.up('Control')
  await expect(strips(page)).toBeFocused()
  await page.keyboard.press('+')
  await expect(app.timeline).toBeFocused()
  await page.keyboard.press('-')
  await expect(strips(page)).toBeFocused()
})

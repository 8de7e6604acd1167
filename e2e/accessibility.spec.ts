import type { Page } from '@playwright/test'
import { faintTexts } from './contrast.ts'
import { expect, test } from './fixtures.ts'

/** In both themes of what is on the screen now; the editor takes a theme over a little later than the page. */
async function expectNoFaintText(page: Page, what: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await expect.poll(() => page.evaluate(faintTexts), `${what}, ${theme}`).toEqual([])
  }
}

test('every text stands out from what is behind it, in both themes (WCAG 1.4.3)', async ({ app, page }) => {
  await app.open()
  await app.readyToEdit()
  await app.row('add_header_map_value').first().click()
  await expectNoFaintText(page, 'Timeline')
  for (const side of ['Response', 'Upstream', 'Logs', 'State', 'Tests']) {
    await app.look(side)
    await expectNoFaintText(page, side)
  }
  await page.getByRole('button', { name: 'Examples', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoFaintText(page, 'examples')
})

test('so do those of a run seen from afar, of Redis commands and of a TCP connection', async ({ app, page }) => {
  test.setTimeout(240_000)
  await app.open()
  await app.openExample('Shared counter')
  await app.run.getByRole('button', { name: /^All \d+$/ }).click()
  await expect(page.getByRole('listbox', { name: 'Requests of the run' }).getByRole('option').first()).toBeVisible()
  await expectNoFaintText(page, 'strips')
  await app.openExample('Guard a TCP service')
  await expect(app.row('"GET na"')).toBeVisible({ timeout: 120_000 })
  await app.row('"GET na"').click()
  await expectNoFaintText(page, 'TCP')
  for (const side of ['Received', 'Upstream']) {
    await app.look(side)
    await expectNoFaintText(page, side)
  }
  await app.look('Timeline')
  await app.openExample('Limit requests per minute with Redis')
  await expect(app.row(/incr \d+, outbound/)).toBeVisible({ timeout: 120_000 })
  await app.row(/incr \d+, outbound/).click()
  await expectNoFaintText(page, 'Redis')
})

test('Tab goes through the whole page in reading order, every stop has a name, and none holds the keyboard', async ({
  app,
  page,
}) => {
  await app.open()
  await app.readyToEdit()
  await page.evaluate(() => document.body.focus())
  const stops: string[] = []
  for (let presses = 0; presses < 90; presses++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const { activeElement: element } = document
      if (element === null || element === document.body) return undefined
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null
      const name =
        element.getAttribute('aria-label') ??
        (labels !== null && labels.length > 0 ? labels[0]?.textContent : undefined) ??
        element.getAttribute('title') ??
        element.textContent
      const region = element.closest('header, nav, [role=region], section, footer, main')
      const inEditor = element.closest('.monaco-editor') !== null
      return {
        name: (name ?? '').trim().slice(0, 40),
        region: region?.getAttribute('aria-label') ?? region?.tagName,
        inEditor,
      }
    })
    if (stop === undefined) break
    expect(stop.name, `stop ${presses + 1} has a name`).not.toBe('')
    stops.push(stop.name)
    // The editor takes Tab as a character until Ctrl+M says otherwise (ui/README.md, Keyboard).
    if (stop.inEditor) await page.keyboard.press('Control+m')
  }
  const place = (name: RegExp) => stops.findIndex((stop) => name.test(stop))
  const wanted = [
    /^Examples/,
    /^Run/,
    /^plugins\/hello\/plugin\.ts/,
    /^Editor content/,
    /^Terminal/,
    /^URL/,
    /^Timeline of/,
  ]
  const order = wanted.map(place)
  expect(stops.length, 'Tab came round').toBeLessThan(90)
  expect(order, stops.join('\n')).not.toContain(-1)
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

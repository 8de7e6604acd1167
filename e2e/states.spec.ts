import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

async function newProject(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Examples', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'New empty project' }).click()
}

/** Drops a file on the page, as from the desktop. */
async function drop(page: Page, name: string, bytes: readonly number[]): Promise<void> {
  await page.evaluate(
    ([file, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(content)], file))
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    },
    [name, bytes] as const,
  )
}

test('an empty project runs straight through, says how to read it, and offers the ways to a first plugin', async ({
  app,
  page,
}) => {
  await app.open()
  await newProject(page)
  await expect(app.verdict()).toHaveText('200 OK, straight through')
  await expect(app.run).toContainText('How to read this')
  await expect(page.getByRole('heading', { name: /Put a plugin/ })).toBeVisible()
})

test('a module that does not load is said first, with the host’s own words behind it', async ({ app, page }) => {
  await app.open()
  await newProject(page)
  await expect(app.verdict()).toHaveText('200 OK, straight through')
  await drop(page, 'bare.wasm', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
  await expect(app.verdict()).toHaveText('bare did not load')
  await app.run.getByRole('button', { name: 'Show why' }).click()
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText(
    'Missing or unknown Proxy-Wasm ABI version',
  )
})

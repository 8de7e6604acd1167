import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const timeline = (page: Page) => page.getByRole('treegrid')
const row = (page: Page, text: string | RegExp) => timeline(page).getByRole('row', { name: text }).first()
const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' })
const verdict = (page: Page) => page.getByRole('status').getByRole('heading')

test('every callback of the first run is on the screen with its action', async ({ page }) => {
  await page.goto('/')
  await expect(verdict(page)).toHaveText('200 OK')
  await expect(row(page, /hello, proxy_on_request_headers.*, Continue/)).toBeVisible()
  await expect(row(page, /hello, proxy_add_header_map_value hello → "world"/)).toBeVisible()
  await expect(row(page, /httpbin, GET \/get reaches httpbin/)).toBeVisible()
  await expect(row(page, /hello, proxy_on_response_headers.*, Continue/)).toBeVisible()
})

test('the keyboard leads from the timeline into an event and what it changed', async ({ page }) => {
  await page.goto('/')
  await expect(row(page, /proxy_add_header_map_value hello/)).toBeVisible()
  await timeline(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press(']')
  await expect(inspector(page)).toContainText('proxy_on_request_headers')
  await page.keyboard.press('ArrowRight')
  await expect(inspector(page)).toContainText('proxy_add_header_map_value')
  await expect(inspector(page)).toContainText('RequestHeaders (0)')
  await expect(inspector(page).getByText('added hello world')).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.getByRole('table')).toContainText('proxy_add_header_map_value')
  await page.keyboard.press('Escape')
  await expect(inspector(page)).toBeHidden()
})

test('the memory behind the pointers of a host call is one press away', async ({ app, page }) => {
  await app.open()
  await app.readyToEdit()
  await row(page, /proxy_add_header_map_value hello/).click()
  await inspector(page).getByRole('tab', { name: 'Memory' }).click()
  await expect(inspector(page)).toContainText(/value: 5 B at 0x[0-9a-f]+/)
  await expect(inspector(page).locator('.hex').last()).toContainText('world')
})

test('a request that hangs says who holds it and what could have resumed it', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Examples' }).click()
  await page.getByText('Paused and never resumed').click()
  await expect(verdict(page)).toHaveText('Hang, no response', { timeout: 30_000 })
  const panel = page.getByRole('region', { name: 'This request never ends' })
  await expect(panel).toContainText('stopped it in on_request_headers')
  await expect(panel).toContainText('HTTP callout to')
  await expect(row(page, /still held, and nothing is left that could resume it, Hang/)).toBeVisible()
})

test('curl in the terminal gets what Send gets', async ({ page }) => {
  await page.goto('/')
  await expect(verdict(page)).toHaveText('200 OK')
  await page.getByRole('textbox', { name: 'URL' }).fill('http://localhost:10000/json')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('tab', { name: /Response/ }).click()
  const response = page.locator('.region-run .pane')
  await expect(response).toContainText('Sample Slide Show')
  const sent = (await response.textContent()) ?? ''
  const terminal = page.getByRole('textbox', { name: 'Terminal' })
  await terminal.focus()
  await page.keyboard.type('curl -i localhost:10000/json')
  await page.keyboard.press('Enter')
  await expect(page.locator('.xterm-accessibility')).toContainText('Sample Slide Show')
  const masked = (text: string) => text.replace(/date[A-Z][a-z]{2}, [^G]*GMT/g, '')
  expect(masked((await response.textContent()) ?? '')).toBe(masked(sent))
})

test('text from a header cannot act on the terminal', async ({ page }) => {
  await page.goto('/')
  await expect(verdict(page)).toHaveText('200 OK')
  await page.getByRole('textbox', { name: 'Terminal' }).focus()
  await page.keyboard.type("curl -s 'localhost:10000/base64/G1szMW1yZWQ='")
  await page.keyboard.press('Enter')
  await page.keyboard.type('echo done')
  await page.keyboard.press('Enter')
  await expect(page.locator('.xterm-accessibility')).toContainText('done')
})

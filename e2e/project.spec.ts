import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** The editor has loaded; its text area takes the keys. */
async function openEditor(page: Page) {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: '200 OK' })).toBeVisible()
  const editor = page.locator('.monaco-editor .view-lines')
  await expect(editor).toContainText('HttpContext')
  return editor
}

/** Puts the caret behind a text in the editor, by its own search. */
async function caretBehind(page: Page, text: string) {
  await page.locator('.monaco-editor .view-lines').click()
  await page.keyboard.press('Control+f')
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
}

test('a second tab with the same project asks before it writes', async ({ page, context }) => {
  await openEditor(page)
  await caretBehind(page, "'x-seen-by', 'hello")
  await page.keyboard.type(' one')
  await expect(page.locator('.region-run')).toContainText('hello one')
  const second = await context.newPage()
  await second.goto('/')
  await expect(second.getByRole('heading', { name: 'This project is open in another tab' })).toBeVisible()
  await second.getByRole('button', { name: 'Go on here' }).click()
  await expect(second.locator('.region-editor')).toContainText('hello one')
  await expect(page.getByRole('heading', { name: 'This project is open in another tab' })).toBeVisible()
  await page.getByRole('button', { name: 'Go on with a copy' }).click()
  await expect(page.locator('.region-editor')).toContainText('hello one')
})

test('a module dropped on the page becomes a plugin and runs', async ({ page }) => {
  await openEditor(page)
  const wasm = readFileSync(new URL('../src/templates/generated/hello-header/hello.wasm', import.meta.url)).toString(
    'base64',
  )
  const data = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer()
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    transfer.items.add(new File([bytes], 'mine.wasm', { type: 'application/wasm' }))
    return transfer
  }, wasm)
  await page.dispatchEvent('body', 'drop', { dataTransfer: data })
  await expect(page.getByRole('navigation', { name: 'Files' })).toContainText('mine')
  await expect(page.getByRole('status').filter({ hasText: 'mine is now a plugin' })).toBeVisible()
  await expect(page.locator('.region-run')).toContainText('mine')
})

test('a mistake in YAML is told at its line, with the nearest key', async ({ page }) => {
  await openEditor(page)
  await page.getByRole('button', { name: 'proxyground.yaml', exact: true }).click()
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('version')
  await page.locator('.monaco-editor .view-lines').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\ngatewya: {}')
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('gateway')
})

test('the language can be switched, and what is open stays', async ({ page }) => {
  await openEditor(page)
  await page.getByRole('button', { name: 'proxyground.yaml', exact: true }).click()
  await page.getByRole('button', { name: 'Language' }).click()
  await expect(page.getByRole('button', { name: /^运行/ })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(page.getByRole('banner').getByRole('button', { name: '你好，请求头' })).toBeVisible()
  await expect(page.getByRole('tab', { name: 'proxyground.yaml' })).toHaveAttribute('aria-selected', 'true')
})

test('Chinese texts that cannot be loaded leave the frame in English, and say so', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/)
  await page.route(/chinese/, (route) => route.abort())
  await openEditor(page)
  await page.getByRole('button', { name: 'Language' }).click()
  await expect(page.getByText('The Chinese texts could not be loaded.')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

/** The palette's list comes when this is called. */
async function holdPaletteList(page: Page): Promise<() => void> {
  let letCome = () => {}
  const mayCome = new Promise<void>((resolve) => {
    letCome = resolve
  })
  await page.route('**/PaletteList-*.js', async (route) => {
    await mayCome
    await route.continue()
  })
  return letCome
}

test('Enter that is pressed before the palette has its list chooses what was typed', async ({ page }) => {
  const letListCome = await holdPaletteList(page)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: '200 OK' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dark theme')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', 'dark')
  letListCome()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('the palette finds commands, also those typed before its list has come, and ? shows all keys', async ({
  page,
}) => {
  const letListCome = await holdPaletteList(page)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: '200 OK' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dark')
  letListCome()
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type(' theme')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('heading', { name: 'All keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'All keys' })).toBeHidden()
})

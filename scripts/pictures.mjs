// npm run pictures: the pictures of the READMEs, made anew from the built app in a real Chromium (npm run build first).
import { chromium } from '@playwright/test'
import { pathOf } from './setup/paths.mjs'
import { serveApp } from './setup/served-app.mjs'
import { ensureChromium } from './test/chromium.mjs'

const executablePath = ensureChromium()
if (executablePath === undefined) process.exit(1)
const { address, stop } = await serveApp()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })

/** The Go plugin that asks an auth service: the call that holds the request, beside the line that makes it. */
async function take(name, { locale, colorScheme, examples, find }) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale, colorScheme })
  await page.goto(address)
  await page.getByRole('treegrid').getByRole('row').first().waitFor()
  await page.getByRole('button', { name: examples, exact: true }).click()
  await page.getByPlaceholder(find).fill('go-ext-auth')
  await page.keyboard.press('Enter')
  await page
    .getByRole('treegrid')
    .getByRole('row')
    .filter({ hasText: /http_call.*POST/ })
    .click()
  await page.locator('.view-line').filter({ hasText: 'ResumeHttpRequest()' }).first().waitFor()
  // The toolchain has come, the plugin's module is known, and the notes stand beside the source.
  await page.getByRole('contentinfo').filter({ hasText: /go1\./ }).waitFor({ timeout: 120_000 })
  await page.locator('.line-note').first().waitFor()
  await page.screenshot({ path: pathOf(`docs/pictures/${name}.png`) })
  await page.close()
}

const english = { locale: 'en-US', examples: 'Examples', find: 'Find an example' }
await take('workbench-light', { ...english, colorScheme: 'light' })
await take('workbench-dark', { ...english, colorScheme: 'dark' })
await take('workbench-zh', { locale: 'zh-CN', examples: '示例', find: '查找示例', colorScheme: 'light' })
await browser.close()
stop()

import { expect, test } from './fixtures.ts'

test('the page is isolated and closed: policy, COOP, COEP, no sniffing', async ({ page }) => {
  const response = await page.goto('/')
  const headers = response?.headers() ?? {}
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('the page draws itself from compressed files that are cached for long', async ({ page }) => {
  const scripts: Record<string, string>[] = []
  page.on('response', (response) => {
    if (response.url().includes('/assets/')) scripts.push(response.headers())
  })
  await page.goto('/')
  await expect(page.locator('#root > *').first()).toBeVisible()
  expect(scripts.length).toBeGreaterThan(0)
  for (const headers of scripts) expect(headers['cache-control']).toContain('immutable')
  expect(scripts.some((headers) => headers['content-encoding'] === 'br')).toBe(true)
})

test('an inline script does not run in the page, by header or by meta', async ({ page, servers, watch }) => {
  watch.allow(/script-src|inline script/i)
  for (const url of [servers.served, servers.staticHost]) {
    await page.goto(url)
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
      return 'ran' in window
    })
    expect(ran, url).toBe(false)
  }
})

test('the app draws itself on a static host without headers, below a path', async ({ page, servers }) => {
  await page.goto(servers.staticHost)
  await expect(page.locator('#root > *').first()).toBeVisible()
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
})

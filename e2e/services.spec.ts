import { makeLink } from '../src/model/share/link.ts'
import { expect, test } from './fixtures.ts'

test('a service that is a function of the project answers in the tab', async ({ app }) => {
  const link = makeLink({
    'proxyground.yaml':
      'version: 1\ntitle: A handler\ngateway:\n  clusters: { own: { kind: handler, file: services/own.ts } }\n' +
      '  routes: [{ name: r, prefix: /, cluster: own }]\nplugins: [{ name: p, language: wat }]\n',
    'services/own.ts':
      'export default (request: { path: string }) => ({ status: 201, body: "asked for " + request.path })\n',
    'plugins/p/plugin.wat':
      '(module (memory (export "memory") 1) (func (export "proxy_abi_version_0_2_1"))\n' +
      ' (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024)))\n',
    'scenarios/ask.yaml':
      'steps:\n  - request: { url: "http://example.com:10000/made/here" }\n    expect: { status: 201 }\n',
  })
  await app.open(`/${link.ok ? link.value.hash : ''}`)
  await app.look('Response')
  await expect(app.run).toContainText('asked for /made/here', { timeout: 90_000 })
})

test('a picture of httpbin comes when it is asked for', async ({ app, page }) => {
  await app.open()
  await page.locator('.xterm-screen').click()
  await page.keyboard.type('curl -sI localhost:12345/image/png')
  await page.keyboard.press('Enter')
  await expect(page.locator('.xterm-rows')).toContainText('content-length: 8090')
})

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

test('a WebSocket shows each message on its way', async ({ app }) => {
  const link = makeLink({
    'proxyground.yaml':
      'version: 1\ntitle: Chat\ngateway:\n  clusters: { chat: { kind: websocket } }\n' +
      '  routes: [{ name: r, prefix: /, cluster: chat }]\nplugins: [{ name: p, language: wat }]\n',
    'plugins/p/plugin.wat':
      '(module (memory (export "memory") 1) (func (export "proxy_abi_version_0_2_1"))\n' +
      ' (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))\n' +
      ' (func (export "proxy_on_request_body") (param i32 i32 i32) (result i32) (i32.const 0)))\n',
    'scenarios/talk.yaml': 'steps:\n  - request: { url: "http://example.com:10000/", messages: [how are you?] }\n',
  })
  await app.open(`/${link.ok ? link.value.hash : ''}`)
  await expect(app.verdict()).toHaveText('101 Switching Protocols', { timeout: 90_000 })
  // From the client, on to the service, back, and to the client.
  await expect(app.row('"how are you?"')).toHaveCount(4)
  await expect(app.row('proxy_on_request_body').first()).toBeVisible()
  await expect(app.row('goodbye, status 1000').first()).toBeVisible()
})

test('a picture of httpbin comes when it is asked for', async ({ app, page }) => {
  await app.open()
  await page.locator('.xterm-screen').click()
  await page.keyboard.type('curl -sI localhost:12345/image/png')
  await page.keyboard.press('Enter')
  await expect(page.locator('.xterm-rows')).toContainText('content-length: 8090')
})

test.describe('the services as a form', () => {
  test('a fault is added, and the run beside it shows what it does', async ({ app, page }) => {
    await app.open()
    await app.readyToEdit()
    await page.getByRole('navigation').getByRole('button', { name: 'httpbin', exact: true }).click()
    await expect(page.getByText('Always there.')).toBeVisible()
    await page.getByRole('button', { name: 'Add a fault' }).click()
    await expect(app.row('httpbin works')).toContainText('2 s')
    await page.getByLabel('Fault 1', { exact: true }).selectOption('status')
    await page.getByLabel('Status', { exact: true }).fill('429')
    await expect(app.verdict()).toHaveText('429 Too Many Requests')
    await page.getByRole('button', { name: 'Remove fault 1' }).click()
    await expect(app.verdict()).toHaveText('200 OK')
  })

  test('a name is read part by part, and what was probably meant is one press away', async ({ app, page }) => {
    await app.open()
    await app.readyToEdit()
    await page.getByRole('navigation').getByRole('button', { name: 'httpbin', exact: true }).click()
    await page.getByRole('button', { name: 'Add a service' }).click()
    await page.getByLabel('Name of the new cluster').fill('outbound|8080||auth.static')
    await expect(page.getByLabel('How the name reads')).toContainText('name of the service')
    await page.getByRole('button', { name: 'Use outbound|80||auth.static' }).click()
    await page.getByLabel('What it is').last().selectOption('handler')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Create it' }).click()
    await expect(page.getByRole('tab', { name: 'auth.ts' })).toHaveAttribute('aria-selected', 'true')
    await page.getByRole('navigation').getByRole('button', { name: 'proxyground.yaml', exact: true }).click()
    await expect(page.locator('.view-lines')).toContainText(
      'outbound|80||auth.static: { kind: handler, file: services/auth.ts }',
    )
  })

  test('a service is renamed where it is used, and the notice takes it back', async ({ app, page }) => {
    await app.open()
    await app.openExample('Ask an auth service')
    await expect(app.verdict()).toBeVisible()
    const names = page.getByRole('navigation').getByRole('button', { name: 'auth.dns' })
    await names.click()
    await page.getByLabel('Name of the cluster').fill('outbound|80||door.dns')
    await page.keyboard.press('Enter')
    await expect(page.getByText('outbound|80||auth.dns is now outbound|80||door.dns')).toBeVisible()
    await expect(app.verdict()).not.toHaveText('200 OK')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(names).toBeVisible()
    await expect(app.verdict()).toHaveText('200 OK')
  })
})

test('a scenario that begins with a fault shows its first request', async ({ app, page }) => {
  await app.open()
  await app.openExample('Open the circuit after failures')
  await expect(page.getByRole('button', { name: /step 2 of/ })).toBeVisible()
  await expect(app.row('reaches httpbin')).toBeVisible()
})

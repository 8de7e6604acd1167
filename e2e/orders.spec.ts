import { makeLink } from '../src/model/share/link.ts'
import { expect, test } from './fixtures.ts'

/** Counts in its own memory, which another worker does not see. */
const counter = `import { HeaderAction, HttpContext, registerHttpContext } from '@proxyground/sdk'
export * from '@proxyground/sdk/proxy'

let seen: i32 = 0

class Counting extends HttpContext {
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    seen++
    this.reply(200, 'request ' + seen.toString())
    return HeaderAction.StopIteration
  }
}

registerHttpContext((id, root) => new Counting(id, root))
`

function project(workers: number, scenario: string): string {
  const link = makeLink({
    'proxyground.yaml': `version: 1\ntitle: Counting in memory\ngateway: { workers: ${workers} }\nplugins: [{ name: counter, language: assemblyscript }]\n`,
    'plugins/counter/plugin.ts': counter,
    'scenarios/three.yaml': scenario,
  })
  if (!link.ok) throw new Error('the project does not fit into a link')
  return `/${link.value.hash}`
}

const three = `name: the third request is the second of its worker
steps:
  - request: { url: http://127.0.0.1:10000/get, times: 2 }
  - request: { url: http://127.0.0.1:10000/get }
    expect: { body: request 2 }
`

test('a plugin that counts in memory is found by other orders, shown, and kept in the scenario', async ({
  page,
  app,
}) => {
  await app.open(project(2, three))
  await app.look('Tests')
  const orders = app.run.getByRole('region', { name: 'Other orders' })
  await expect(orders).toBeVisible()
  await expect(app.run).toContainText('All expectations hold')
  await orders.getByRole('combobox', { name: 'Number of orders' }).selectOption('20 orders')
  await orders.getByRole('button', { name: 'Try other orders' }).click()
  await expect(orders.getByRole('status')).toContainText(/\d+ of 20 end as usual/, { timeout: 30_000 })
  const order = orders.getByRole('listitem').filter({ hasText: 'body is not as expected' }).first()
  await expect(order).toContainText(/Step 2 ends with 200 "request (1|3)", usually 200 "request 2"/)
  await expect(order).toContainText(/when .* goes to the next worker/)

  await order.getByRole('button', { name: 'Show this run' }).click()
  await expect(app.timeline).toBeVisible()
  await expect(app.run.getByRole('status').first()).toContainText('in another order')

  await app.look('Tests')
  await expect(app.run).toContainText('1 expectation does not hold')
  await order.getByRole('button', { name: 'Keep in the scenario' }).click()
  await expect(order.getByRole('button', { name: 'Kept' })).toBeDisabled()
  await expect(page.getByText(/scenarios\/three.yaml now runs in this order/)).toBeVisible()
  await page.getByRole('banner').getByRole('button', { name: /^Run/ }).click()
  await expect(app.run).toContainText('1 expectation does not hold')
  // The link carries the order: who opens it sees what was seen here.
  const link = await app.shareLink()
  await page.goto('about:blank')
  await app.open(link)
  await app.look('Tests')
  await expect(app.run).toContainText('1 expectation does not hold')
})

test('where nothing can come in another order, that is said; the palette tries them too', async ({ page, app }) => {
  await app.open(project(1, 'name: one\nsteps: [{ request: { url: "http://127.0.0.1:10000/get" } }]\n'))
  await app.look('Tests')
  const orders = app.run.getByRole('region', { name: 'Other orders' })
  await expect(orders.getByRole('button', { name: 'Try other orders' })).toBeEnabled()
  await page.keyboard.press('F1')
  await page.getByRole('dialog').getByRole('option', { name: 'Try other orders' }).click()
  await expect(orders.getByRole('status')).toContainText('Nothing in this scenario can come in another order')
})

import { expect, test } from './fixtures.ts'

test.setTimeout(240_000)
const slow = { timeout: 120_000 }

test('a TCP connection shows its bytes on their way, and what each side got', async ({ app }) => {
  await app.open()
  await app.openExample('Guard a TCP service')
  await expect(app.verdict()).toHaveText('The connection ended on both sides', slow)
  await expect(app.row('"GET na"')).toContainText('data 6 B')
  await expect(app.row('"GET name\\n"').first()).toBeVisible()
  await app.look('Received')
  await expect(app.run).toContainText('> GET name')
  await app.look('Upstream')
  await expect(app.run).toContainText('TCP service')
  await expect(app.run.getByText('GET name').first()).toBeVisible()
})

test('a Redis command stands in its lane, and Upstream shows what came back', async ({ app, page }) => {
  await app.open()
  await app.openExample('Limit requests per minute with Redis')
  await expect(app.row(/incr \d+, outbound/).first()).toBeVisible(slow)
  await expect(app.row(/\(integer\) 1/).first()).toBeVisible()
  await app.look('Upstream')
  await expect(app.run.getByText('On the wire').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /redis.*Redis/ }).first()).toBeVisible()
})

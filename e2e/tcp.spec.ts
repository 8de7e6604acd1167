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
  // The last of the thirteen steps has counted anew: at the first command of the first request there was no key yet.
  await app.look('Timeline')
  await app
    .row(/incr \d+, outbound/)
    .first()
    .click()
  await app.look('State')
  await expect(app.run).toContainText('There are no keys at this moment')
  await app.run.getByRole('button', { name: 'At the end' }).click()
  await expect(app.run.getByRole('row').filter({ hasText: 'redis.dns' }).first()).toContainText('string')
})

import { expect, test } from './fixtures.ts'

test('a pause that nothing resumes is explained: who holds it, in which callback', async ({ app }) => {
  await app.open()
  await app.openExample('Paused and never resumed')
  await expect(app.verdict()).toContainText('Hang, no response')
  await expect(app.run).toContainText('proxy_on_request_headers')
  await expect(app.run).toContainText(/nothing|resume/i)
})

test('an example opens with its own finished run, and its scenarios pass', async ({ app }) => {
  await app.open()
  await app.openExample('Two plugins in a chain')
  await expect(app.verdict()).toHaveText(/200 OK/)
  await app.look('Tests')
  await expect(app.run.getByRole('tab', { name: /^Tests/ })).toBeVisible()
})

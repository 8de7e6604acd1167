import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from './fixtures.ts'
import { workbench } from './workbench.ts'

const cli = fileURLToPath(new URL('../dist/node/cli.js', import.meta.url))

test('a link opened in a fresh profile gives the same trace hash, and so does the command line', async ({
  app,
  browser,
}) => {
  await app.open()
  await app.readyToEdit()
  await app.changeWord('x-seen-by', 'hello', 'shared')
  await expect(app.row(/x-seen-by → "shared"/)).toBeVisible()
  const hash = await app.traceHash()
  const link = await app.shareLink()

  const elsewhere = await browser.newContext()
  try {
    const other = workbench(await elsewhere.newPage())
    await other.open(link)
    await expect(other.row(/x-seen-by → "shared"/)).toBeVisible()
    expect(await other.traceHash()).toBe(hash)
  } finally {
    await elsewhere.close()
  }

  // The scenario still expects the old header, so the command says 1: an expectation failed.
  const run = spawnSync(process.execPath, [cli, 'run', link, '--format', 'json'], { encoding: 'utf8' })
  expect(run.status).toBe(1)
  const report = JSON.parse(run.stdout)
  expect(report.scenarios.map((scenario: { traceHash: string }) => scenario.traceHash)).toContain(hash)
})

test('a link becomes a folder that passes its own scenarios', async ({ app }) => {
  await app.open()
  const link = await app.shareLink()
  const folder = mkdtempSync(join(tmpdir(), 'proxyground-'))
  try {
    execFileSync(process.execPath, [cli, 'open', link, join(folder, 'project')])
    const output = execFileSync(process.execPath, [cli, 'test', join(folder, 'project')], { encoding: 'utf8' })
    expect(output).toMatch(/passed/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a broken link is a clear message, and the work stays', async ({ page, app }) => {
  await page.goto('/#v1.this-is-not-a-project')
  const message = page.getByRole('dialog')
  await expect(message).toContainText('This link cannot be opened')
  await message.getByRole('button', { name: 'Stay here' }).click()
  await expect(app.verdict()).toHaveText('200 OK')
})

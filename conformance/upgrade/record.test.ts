import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { upgradeCases } from './cases.ts'
import { observeUpgrades } from './envoy.ts'

// Set by `npm run conformance:record`.
const binary = process.env.PROXYGROUND_ENVOY
const version = process.env.PROXYGROUND_ENVOY_VERSION ?? '1.40'

test.skipIf(binary === undefined)(`records what upgrades are on Envoy ${version}`, { timeout: 120_000 }, async () => {
  const seen = await observeUpgrades(binary ?? '', upgradeCases)
  expect(seen).toHaveLength(upgradeCases.length)
  const byName = Object.fromEntries(upgradeCases.map(({ name }, index) => [name, seen[index]]))
  const file = new URL(`../expected/upgrade-${version}.json`, import.meta.url)
  writeFileSync(file, `${JSON.stringify(byName, null, 2)}\n`)
})

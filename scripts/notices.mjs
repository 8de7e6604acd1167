// THIRD_PARTY_NOTICES: the licence texts of every package we ship or run with, from the lock file and node_modules.
//   (no flag) writes the file;  --check  fails when it is not current or a licence is not one we may use.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { goNotices } from './notices-go.mjs'
import { pathOf } from './setup/paths.mjs'

const file = pathOf('THIRD_PARTY_NOTICES')
const allowed = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'OFL-1.1',
  'BlueOak-1.0.0',
  'Unlicense',
  'Zlib',
  'CC0-1.0',
  'Apache-2.0 WITH LLVM-exception',
])

const { packages } = JSON.parse(readFileSync(pathOf('package-lock.json'), 'utf8'))
const shipped = Object.entries(packages).filter(
  ([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.optional,
)

const licenceOf = (manifest) =>
  typeof manifest.license === 'string'
    ? manifest.license
    : (manifest.license?.type ?? manifest.licenses?.[0]?.type ?? 'unknown')

const isAllowed = (expression) =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => allowed.has(part.trim())))

/** Licence and notice files, as the package has them. */
function texts(folder) {
  const names = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice|third.?party.?notices)([._-].*)?$/i.test(name))
    .sort()
  return names
    .filter((name) => !/\.(js|ts|json)$/.test(name))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8').replace(/\r\n/g, '\n').trim())
}

const refused = []
const sections = []
for (const [path, entry] of shipped.sort(([a], [b]) => (a < b ? -1 : 1))) {
  const folder = pathOf(path)
  if (!existsSync(folder)) throw new Error(`${path} is in package-lock.json and not installed: run npm ci`)
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const licence = licenceOf(manifest)
  if (!isAllowed(licence)) refused.push(`${manifest.name} ${entry.version}: ${licence}`)
  const body = texts(folder)
  const text =
    body.length > 0 ? body.join('\n\n') : `(The package has no licence file of its own; its manifest says ${licence}.)`
  sections.push(`${'='.repeat(80)}\n${manifest.name} ${entry.version} (${licence})\n${'='.repeat(80)}\n\n${text}\n`)
}

const rule = '='.repeat(80)
const httpbin = readFileSync(pathOf('src/sandbox/upstream/httpbin/extras/LICENSE.httpbin'), 'utf8').trim()
sections.push(`${rule}\nhttpbin (ISC): its pictures and pages, which our httpbin gives out\n${rule}\n\n${httpbin}\n`)

const go = goNotices()
if (go.missing.length > 0) {
  console.error(`Go modules without a notice: ${go.missing.join(', ')}\nRun "node scripts/notices-go.mjs" where Go is.`)
  process.exitCode = 1
}

const content = `Proxyground is licensed under the Apache License 2.0 (see LICENSE). It ships with, or runs with, the software below.
This file is written by "npm run notices"; ${sections.length} packages, then Go and the Go modules that plugins are built with.

${sections.join('\n')}
${go.text}`

if (refused.length > 0) {
  console.error(`These licences are not ones we may use:\n  ${refused.join('\n  ')}`)
  process.exitCode = 1
} else if (!process.argv.includes('--check')) {
  writeFileSync(file, content)
  console.log(`THIRD_PARTY_NOTICES: ${sections.length} packages, ${Math.round(content.length / 1000)} kB`)
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
  console.error('THIRD_PARTY_NOTICES is not current: run "npm run notices" and commit it.')
  process.exitCode = 1
}

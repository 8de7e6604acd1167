// Licence texts of Go and of the Go modules that plugins are linked with: sdk/go/THIRD_PARTY_NOTICES, a part of the
// whole file (scripts/notices.mjs). Written where Go is; that it names the modules of go.sum is checked everywhere.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathOf } from './setup/paths.mjs'

const sdk = pathOf('sdk/go')
const file = `${sdk}/THIRD_PARTY_NOTICES`
const rule = '='.repeat(80)

function go(args) {
  const env = { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: '' }
  const run = spawnSync('go', args, { cwd: sdk, env, encoding: 'utf8', maxBuffer: 64e6 })
  if (run.status !== 0) throw new Error(run.stderr || `go: ${run.error?.message}`)
  return run.stdout.trim()
}

/** By their own words: modules have no field for it. */
function licenceOf(text) {
  if (/Redistribution and use in source and binary forms/.test(text)) return 'BSD-3-Clause'
  if (/Permission is hereby granted, free of charge/.test(text))
    return /Apache License/.test(text) ? 'MIT AND Apache-2.0' : 'MIT'
  return /Apache License/.test(text) ? 'Apache-2.0' : undefined
}

/** Modules whose packages are in the bundle: `path version folder`. */
function modules() {
  const mains = go(['list', '-m', '-f', '{{if .Main}}{{.Path}}/...{{end}}', 'all']).split('\n').filter(Boolean)
  const form = '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}'
  const lines = go(['list', '-deps', '-f', form, ...mains])
    .split('\n')
    .filter(Boolean)
  return [...new Set(lines)].sort().map((line) => line.split(' '))
}

function section(name, version, folder) {
  const names = readdirSync(folder).filter((each) => /^(licen[cs]e|notice|copying|patents)([._-].*)?$/i.test(each))
  const text = names
    .sort()
    .map((each) => readFileSync(`${folder}/${each}`, 'utf8').replace(/\r\n/g, '\n').trim())
    .join('\n\n')
  const licence = licenceOf(text)
  if (licence === undefined) throw new Error(`${name} ${version}: its licence is not one we know`)
  return `${rule}\n${name} ${version} (${licence})\n${rule}\n\n${text}\n`
}

export function writeGoNotices() {
  const own = section('Go', '1.24 or newer: compiler, linker and standard library', go(['env', 'GOROOT']))
  writeFileSync(file, [own, ...modules().map((each) => section(...each))].join('\n'))
}

/** The text, and modules of go.sum files (other than tests of dependencies) that it lacks. */
export function goNotices() {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const requires = readdirSync(sdk, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('go.mod'))
    .flatMap((path) => [
      ...readFileSync(`${sdk}/${path}`, 'utf8').matchAll(/^(?:require )?\s*(\S+\.\S+\/\S+) (v\S+)/gm),
    ])
    .map(([, path, version]) => `${path} ${version}`)
    .filter((each) => !each.endsWith(' v0.0.0'))
  return { text, missing: [...new Set(requires)].filter((each) => !text.includes(`\n${each} (`)) }
}

if (process.argv[1] === pathOf('scripts/notices-go.mjs')) writeGoNotices()

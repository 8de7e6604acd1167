// The driver as the compile worker meets it: the wasip1 program under the WASI shim, asked over the protocol. And its
// own Go tests. Without Go on the machine nothing of this can be made, and the run says so.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDriver } from '../../../src/compile-worker/toolchains/go/driver.ts'
import { findGo, prepare, source } from './testing.mjs'

const go = findGo()
if (go === undefined) console.warn('No Go ≥ 1.24 on this machine: the Go driver is not tested in this run.')

/** A folder's files by path, as a pack holds them. */
function packOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name)
      return [relative(folder, path), new Uint8Array(readFileSync(path))]
    }),
  )
}

describe.skipIf(go === undefined)('the Go driver', () => {
  let parts
  let driver
  let module

  beforeAll(() => {
    parts = prepare(go)
    module = new WebAssembly.Module(readFileSync(parts.wasm))
    driver = createDriver(module, packOf(join(parts.bundle, 'pkg')), packOf(join(parts.bundle, 'docs')))
  }, 600_000)

  const ask = (op, sources, more = {}) => driver.ask({ op, sdk: 'higress', sources, ...more })
  const words = ({ diagnostics }) => diagnostics.map((d) => `${d.file}:${d.line}:${d.column} ${d.code} ${d.message}`)

  test('passes its Go tests', () => {
    const args = ['test', '-p', '1', '-vet=off', '-overlay', parts.overlay, './...']
    const env = { ...process.env, GOWORK: 'off', GOFLAGS: '-buildvcs=false', PROXYGROUND_GO_BUNDLE: parts.bundle }
    const { status, stdout, stderr } = spawnSync('go', args, { cwd: source, env, encoding: 'utf8' })
    expect(`${stdout}\n${stderr}`).not.toMatch(/FAIL/)
    expect(status).toBe(0)
  }, 600_000)

  test('plans a plugin of two packages with an embedded file', () => {
    const plan = ask('plan', {
      'go.mod': 'module wasm-demo-go\n\ngo 1.24\n',
      'main.go': 'package main\n\nimport "wasm-demo-go/page"\n\nfunc main() { println(page.Text) }\n',
      'page/page.go': 'package page\n\nimport _ "embed"\n\n//go:embed a.txt\nvar Text string\n',
      'page/a.txt': '你好',
      'page/page_test.go': 'package page\n\nimport "testing"\n',
    })
    expect(plan).toMatchObject({ kind: 'plan', notes: [], warnings: [] })
    expect(plan.packages).toEqual([
      {
        importPath: 'wasm-demo-go/page',
        files: ['page/page.go'],
        generated: [],
        imports: [{ importPath: 'embed', from: 'bundle' }],
        importMap: {},
        flags: ['-p', 'wasm-demo-go/page', '-lang=go1.24', '-complete'],
        embed: { patterns: { 'a.txt': ['a.txt'] }, files: { 'a.txt': 'page/a.txt' } },
      },
      {
        importPath: 'main',
        files: ['main.go'],
        generated: [],
        imports: [{ importPath: 'wasm-demo-go/page', from: 'plugin' }],
        importMap: {},
        flags: ['-p', 'main', '-lang=go1.24', '-complete'],
      },
    ])
    expect(plan.link.imports).toEqual(['embed', 'runtime'])
    expect(plan.link.modinfo).toContain('build\\t-buildmode=c-shared\\n')
  })

  test('checks a plugin and says at which UTF-16 column, with the import to add', () => {
    const answer = ask('check', { 'main.go': 'package main\n\nfunc main() {\n\t_ = "😀中"; strings.ToUpper("a")\n}\n' })
    expect(answer.kind).toBe('rejected')
    expect(words(answer)).toEqual(['main.go:4:13 UndeclaredName undefined: strings'])
    expect(answer.diagnostics[0].fixes).toEqual([
      {
        kind: 'add-import',
        subject: 'strings',
        edits: [{ file: 'main.go', line: 1, column: 13, endLine: 1, endColumn: 13, text: '\n\nimport "strings"' }],
      },
    ])
  })

  test('answers a request that it does not understand', () => {
    expect(driver.ask({ op: 'dance' })).toEqual({ kind: 'internal', message: 'unknown operation "dance"' })
    expect(driver.ask({ op: 'plan', sources: 5 })).toMatchObject({ kind: 'internal' })
    expect(driver.ask({ op: 'reset' })).toEqual({ kind: 'nothing' })
    expect(ask('plan', { 'main.go': 'package main\nfunc main() {}\n' }).kind).toBe('plan')
  })
})

// The driver as the compile worker meets it: the wasip1 program under the WASI shim, asked over the protocol. And its
// own Go tests. Without Go on the machine nothing of this can be made, and the run says so.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createDriver } from '../../../src/compile-worker/toolchains/go/driver.ts'
import { loadMessages } from '../../../src/text/catalogue.ts'
import { diagnosticMessage } from '../../../src/text/diagnostic-words.ts'
import { createText } from '../../../src/text/text.ts'
import { findGo, prepare, source } from './testing.mjs'

// The first question to a fresh instance takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

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

  test('formats a file, and puts its imports in order', () => {
    const sources = { 'main.go': 'package main\nimport "os"\nfunc main() {\nprintln( strings.ToUpper("中") )}\n' }
    expect(ask('format', sources, { file: 'main.go' })).toEqual({
      kind: 'text',
      text: 'package main\n\nimport "os"\n\nfunc main() {\n\tprintln(strings.ToUpper("中"))\n}\n',
    })
    expect(ask('imports', sources, { file: 'main.go' })).toEqual({
      kind: 'text',
      text: 'package main\n\nimport "strings"\n\nfunc main() {\n\tprintln(strings.ToUpper("中"))\n}\n',
    })
    expect(ask('format', { 'main.go': 'package main\nfunc {' }, { file: 'main.go' }).kind).toBe('rejected')
    expect(ask('format', {}, { file: 'main.go' }).kind).toBe('internal')
  })

  test('what it says in its own words stands in the catalogues too', async () => {
    const main = 'package main\n\nfunc main() {}\n'
    const importing = (path) => ({ 'main.go': `package main\n\nimport _ "${path}"\n\nfunc main() {}\n` })
    const sdk = 'github.com/higress-group/proxy-wasm-go-sdk'
    const programs = {
      'GO-MODULE': importing('github.com/a/b/c'),
      'GO-PACKAGE': importing(`${sdk}/nope`),
      'GO-STD': importing('stringz'),
      'GO-FOLDER': importing('wasm-demo-go/a'),
      'GO-CGO': { 'main.go': main, 'c.go': 'package main\n\nimport "C"\n' },
      'GO-FOREIGN': { 'main.go': main, 'a.s': '' },
      'GO-NOFILES': {},
      'GO-NAMES': { 'a.go': main, 'b.go': 'package b\n' },
      'GO-NOTMAIN': { 'a.go': 'package plugin\n' },
      'GO-NOMODULE': { 'main.go': main, 'go.mod': 'go 1.24\n' },
      'GO-OUTSIDE': { 'main.go': main, 'go.mod': 'module a\ngo 1.24\nreplace b.org/c => ../c\n' },
      'GO-VERSION': { 'main.go': main, 'go.mod': 'module a\ngo 1.99\n' },
      'GO-SDKS': {
        'main.go': `package main\n\nimport _ "${sdk}/proxywasm"\nimport _ "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"\n\nfunc main() {}\n`,
      },
      'GO-DEPTH': { 'main.go': `package main\n\nvar x = ${'('.repeat(500)}1${')'.repeat(500)}\n\nfunc main() {}\n` },
      'GO-MAIN': {
        'main.go': `package main\n\nimport "${sdk}/proxywasm"\n\nfunc main() { proxywasm.SetVMContext(nil) }\n`,
      },
    }
    const [english, chinese] = await Promise.all(['en', 'zh'].map(async (l) => createText(l, await loadMessages(l))))
    for (const [code, sources] of Object.entries(programs)) {
      const said = ask('check', sources).diagnostics.filter((d) => d.code === code)
      expect(said, code).toHaveLength(1)
      expect(said[0].message).toBe(english(`diagnostic.${code}`, said[0].about))
      expect(diagnosticMessage(said[0], chinese, 'zh')).toMatch(/[一-鿿]/)
    }
  })

  const plugin = {
    'main.go': [
      'package main',
      '',
      'import "strings"',
      '',
      '// greet says hello.',
      'func greet(name string, times int) string { return strings.Repeat(name, times) }',
      '',
      'func main() {',
      '\t_ = "😀"; _ = greet("a", 1)',
      '}',
      '',
    ].join('\n'),
  }

  test('completes behind a dot, with UTF-16 columns', () => {
    const sources = { 'main.go': 'package main\n\nimport "strings"\n\nfunc main() {\n\t_ = "😀"; strings.Rep\n}\n' }
    const answer = ask('complete', sources, { at: { file: 'main.go', line: 6, column: 23 } })
    expect(answer.kind).toBe('complete')
    expect(answer.replace).toEqual({ file: 'main.go', line: 6, column: 20, endLine: 6, endColumn: 23 })
    expect(answer.items[0]).toMatchObject({
      label: 'Repeat',
      kind: 'function',
      detail: '(s string, count int) string',
      insert: `Repeat(\${1:s}, \${2:count})$0`,
      snippet: true,
    })
    expect(answer.items[0].documentation).toMatch(/^Repeat returns a new string/)
  })

  test('explains a name, leads to its declaration, tells a signature', () => {
    const greet = { at: { file: 'main.go', line: 9, column: 20 } }
    expect(ask('hover', plugin, greet)).toEqual({
      kind: 'hover',
      range: { file: 'main.go', line: 9, column: 16, endLine: 9, endColumn: 21 },
      code: 'func greet(name string, times int) string',
      documentation: 'greet says hello.',
    })
    expect(ask('definition', plugin, greet)).toEqual({
      kind: 'definition',
      range: { file: 'main.go', line: 6, column: 6, endLine: 6, endColumn: 11 },
    })
    expect(ask('definition', plugin, { at: { file: 'main.go', line: 6, column: 62 } })).toMatchObject({
      kind: 'definition-outside',
      importPath: 'strings',
      range: { file: 'strings.go' },
    })
    expect(ask('signature', plugin, { at: { file: 'main.go', line: 9, column: 27 } })).toEqual({
      kind: 'signature',
      label: 'greet(name string, times int) string',
      parameters: ['name string', 'times int'],
      active: 1,
      documentation: 'greet says hello.',
    })
    expect(ask('hover', plugin, { at: { file: 'main.go', line: 2, column: 1 } })).toEqual({ kind: 'nothing' })
    expect(ask('hover', plugin, { at: { file: 'other.go', line: 2, column: 1 } })).toEqual({ kind: 'nothing' })
  })

  test('finds references, renames and outlines over the protocol', () => {
    const plugin = {
      'go.mod': 'module demo\n\ngo 1.24\n',
      'main.go': 'package main\n\nimport "demo/kit"\n\nvar 大 = kit.Limit\n\nfunc main() { println(大, kit.Limit) }\n',
      'kit/kit.go': 'package kit\n\nconst Limit = 10\n',
    }
    const limit = { at: { file: 'main.go', line: 5, column: 14 } }
    const at = (file, line, column, length = 5) => ({ file, line, column, endLine: line, endColumn: column + length })
    const places = [at('kit/kit.go', 3, 7), at('main.go', 5, 13), at('main.go', 7, 30)]
    expect(ask('references', plugin, limit)).toEqual({
      kind: 'references',
      name: 'Limit',
      places: places.map((place, index) => ({ ...place, declares: index === 0 })),
    })
    expect(ask('rename', plugin, { ...limit, to: 'Most' })).toEqual({
      kind: 'renamed',
      edits: places.map((place) => ({ ...place, text: 'Most' })),
    })
    expect(ask('rename', plugin, { ...limit, to: 'most' })).toMatchObject({
      kind: 'not-renamed',
      reason: 'does-not-compile',
    })
    expect(ask('check', plugin)).toEqual({ kind: 'checked', diagnostics: [] })
    expect(ask('outline', plugin, { file: 'kit/kit.go' })).toEqual({
      kind: 'outline',
      items: [
        {
          label: 'Limit',
          kind: 'constant',
          detail: '',
          range: at('kit/kit.go', 3, 1, 16),
          name: at('kit/kit.go', 3, 7),
          children: [],
        },
      ],
    })
    expect(ask('outline', plugin, { file: 'go.mod' })).toEqual({ kind: 'nothing' })
  })

  const examples = fileURLToPath(new URL('../../../src/templates/', import.meta.url))
  const plugins = readdirSync(examples)
    .filter((name) => name.startsWith('go-'))
    .flatMap((name) => readdirSync(join(examples, name, 'plugins')).map((plugin) => join(name, 'plugins', plugin)))

  test.each(plugins)('finds nothing wrong with the example %s', (folder) => {
    const sources = Object.fromEntries(
      [...packOf(join(examples, folder))].map(([name, content]) => [name, new TextDecoder().decode(content)]),
    )
    const sdk = folder.includes('tinygo') ? 'tinygo' : 'higress'
    expect(ask('check', sources, { sdk })).toEqual({ kind: 'checked', diagnostics: [] })
    expect(ask('plan', sources, { sdk })).toMatchObject({ kind: 'plan', warnings: [] })
    for (const file of Object.keys(sources).filter((name) => name.endsWith('.go'))) {
      expect(ask('imports', sources, { sdk, file })).toEqual({ kind: 'text', text: sources[file] })
    }
  })

  const functions = (count) =>
    Array.from({ length: count }, (_, i) => `func f${i}(a int) int { return a + ${i} }\n`).join('')
  const nested = (open, close, count) =>
    `package main\n\nvar x = ${open.repeat(count)}1${close.repeat(count)}\n\nfunc main() {}\n`
  const hostile = {
    'as many functions as are vetted': { 'main.go': `package main\n\n${functions(1200)}\nfunc main() {}\n` },
    'the same with errors': {
      'main.go': `package main\n\nimport "errors"\n\n${functions(1200)}\nvar _ = errors.As\n\nfunc main() {}\n`,
    },
    '5,000 functions': { 'main.go': `package main\n\n${functions(5000)}\nfunc main() {}\n` },
    '2 MB of comments': { 'main.go': `package main\n${'// a long comment\n'.repeat(120_000)}func main() {}\n` },
    'one line of 2 MB': { 'main.go': `package main; var s = "${'中'.repeat(700_000)}"; func main() {}` },
    'brackets without end': { 'main.go': nested('(', '', 200_000) },
    'brackets in brackets': { 'main.go': nested('(', ')', 100_000) },
    'functions in functions': { 'main.go': nested('func() int { return ', '}()', 5000) },
    'operators without end': { 'main.go': nested('-', '', 100_000) },
    'a sum without end': { 'main.go': nested('1+', '', 100_000) },
    'members without end': { 'main.go': `package main\nvar x = a${'.a'.repeat(50_000)}\nfunc main() {}\n` },
    'pointers to pointers': { 'main.go': `package main\nvar x ${'*'.repeat(100_000)}int\nfunc main() {}\n` },
    'else if without end': { 'main.go': `package main\nfunc main() { ${'if true {} else '.repeat(20_000)}{} }\n` },
    'NUL bytes': { 'main.go': 'package main\n\0\0func main() {}\0' },
    'half a surrogate': { 'main.go': 'package main\n// \ud800\nfunc main() { _ = "\udfff" }\n' },
    'a byte order mark in the middle': { 'main.go': 'package main\n\ufefffunc main() {}\n' },
    'paths that lead outside': {
      '../main.go': 'package main',
      '/etc/a.go': 'x',
      'a//b.go': '',
      'a/./b.go': '',
      '': '',
      '.': '',
    },
    'a file that is a folder too': { 'main.go': 'package main\nfunc main() {}', 'main.go/a.go': 'package a' },
    'an absurd go.mod': {
      'main.go': 'package main\nfunc main() {}',
      'go.mod': 'module \0\ngo 99.99.99\nreplace a => ../../..\n(((',
    },
    'a go.mod of 2 MB': {
      'main.go': 'package main\nfunc main() {}',
      'go.mod': `module a\n${'require a v1\n'.repeat(160_000)}`,
    },
    'an import path of 1 MB': { 'main.go': `package main\nimport _ "${'a/'.repeat(500_000)}b"\nfunc main() {}` },
    'embedding by a wild pattern': {
      'main.go': `package main\nimport _ "embed"\n//go:embed ${'*/'.repeat(2000)}*\nvar s string\nfunc main() {}`,
    },
    'no file': {},
  }

  test.each(Object.entries(hostile))(
    'answers hostile input: %s',
    (_, sources) => {
      for (const op of ['plan', 'check']) {
        const answer = ask(op, sources)
        expect(['plan', 'checked', 'rejected'], JSON.stringify(answer).slice(0, 500)).toContain(answer.kind)
      }
      for (const op of ['complete', 'hover', 'definition', 'signature']) {
        const answer = ask(op, sources, { at: { file: 'main.go', line: 3, column: 9 } })
        expect([op, 'definition-outside', 'nothing'], JSON.stringify(answer).slice(0, 500)).toContain(answer.kind)
      }
      for (const op of ['format', 'imports']) {
        const answer = ask(op, { 'main.go': '', ...sources }, { file: 'main.go' })
        expect(['text', 'rejected'], JSON.stringify(answer).slice(0, 500)).toContain(answer.kind)
      }
      expect(ask('check', plugin)).toEqual({ kind: 'checked', diagnostics: [] })
    },
    120_000,
  )

  test('answers a request that it does not understand', () => {
    expect(driver.ask({ op: 'dance' })).toEqual({ kind: 'internal', message: 'unknown operation "dance"' })
    expect(driver.ask({ op: 'plan', sources: 5 })).toMatchObject({ kind: 'internal' })
    expect(driver.ask({ op: 'reset' })).toEqual({ kind: 'nothing' })
    expect(ask('plan', { 'main.go': 'package main\nfunc main() {}\n' }).kind).toBe('plan')
  })
})

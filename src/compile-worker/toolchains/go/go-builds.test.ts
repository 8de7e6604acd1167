import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compilePlugin } from '../../node.ts'
import { bundleFolder } from '../../node-bundle.ts'

const built = existsSync(`${bundleFolder()}/manifest.json`)
if (!built)
  console.warn('The Go toolchain is not built (npm run toolchain:go): compiling Go is not tested in this run.')

const compile = (sources: Readonly<Record<string, string>>, mode: 'debug' | 'release' | 'check' = 'debug') =>
  compilePlugin({ plugin: 'p', language: 'go', sdk: 'higress', sources, mode })

const hello = (body = '') => `package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {}

func init() { proxywasm.SetVMContext(&vm{}) }

type vm struct{ types.DefaultVMContext }

${body}
`

const exportsOf = (wasm: Uint8Array) =>
  WebAssembly.Module.exports(new WebAssembly.Module(wasm.slice())).map(({ name }) => name)

describe.skipIf(!built)('Go in the tab', { timeout: 180_000 }, () => {
  test('a plugin becomes a module with the callbacks and the ABI marker of its SDK', async () => {
    const result = await compile({ 'main.go': hello() })
    if (result.kind !== 'ok') throw new Error(JSON.stringify(result))
    const names = exportsOf(result.wasm)
    expect(names).toContain('_initialize')
    expect(names).toContain('proxy_abi_version_0_2_100')
    expect(names).toContain('proxy_on_request_headers')
    expect(result.warnings).toEqual([])
  })

  test('equal sources give equal bytes, and a release build is smaller', async () => {
    const first = await compile({ 'main.go': hello('func init() { println(1) }') })
    const other = await compile({ 'main.go': hello('func init() { println(2) }') })
    const again = await compile({ 'main.go': hello('func init() { println(1) }') })
    const release = await compile({ 'main.go': hello('func init() { println(1) }') }, 'release')
    if (first.kind !== 'ok' || again.kind !== 'ok' || other.kind !== 'ok' || release.kind !== 'ok') {
      throw new Error(JSON.stringify([first.kind, again.kind, other.kind, release.kind]))
    }
    expect(again.hash).toBe(first.hash)
    expect(other.hash).not.toBe(first.hash)
    expect(release.wasm.length).toBeLessThan(first.wasm.length)
  })

  test('several packages and an embedded file build together; an edit of one is seen', async () => {
    const sources = (text: string) => ({
      'go.mod': 'module example.org/plugin\n\ngo 1.24\n',
      'main.go': hello('func init() { println(page.Text, page.Twice(2)) }').replace(
        'import (',
        'import (\n\t"example.org/plugin/page"',
      ),
      'page/page.go':
        'package page\n\nimport _ "embed"\n\n//go:embed a.txt\nvar Text string\n\nfunc Twice(n int) int { return 2 * n }\n',
      'page/a.txt': text,
      'page/page_test.go': 'package page\n\nthis is not Go, and not built\n',
    })
    const first = await compile(sources('你好'))
    const second = await compile(sources('再见'))
    if (first.kind !== 'ok' || second.kind !== 'ok') throw new Error(JSON.stringify([first, second]))
    expect(new TextDecoder().decode(first.wasm)).toContain('你好')
    expect(new TextDecoder().decode(second.wasm)).toContain('再见')
  })

  test.each([
    ['a syntax error', 'func f() {', 'main.go', /syntax error|expected/],
    [
      'a type error behind a tab and Chinese text',
      'func f() int {\n\treturn len("中文") + "x"\n}',
      'main.go',
      /mismatched/,
    ],
    ['an unknown name', 'var 数 = nope', 'main.go', /undefined: nope/],
  ])('%s is told at its place, by the build and by the check', async (_, body, file, message) => {
    const sources = { 'main.go': hello(body) }
    const result = await compile(sources)
    const checked = await compile(sources, 'check')
    if (result.kind !== 'rejected' || checked.kind !== 'rejected') throw new Error(JSON.stringify([result, checked]))
    const [error] = result.errors
    expect(error?.file).toBe(file)
    expect(error?.message).toMatch(message)
    const [place] = checked.errors
    expect([place?.line, place?.column]).toEqual([error?.line, error?.column])
  })

  test.each([
    ['a package that is in no bundle', 'import "example.org/nowhere"', /example\.org\/nowhere/],
    ['cgo', 'import "C"', /C|cgo/],
    ['an internal package', 'import "internal/abi"', /internal/],
  ])('%s is refused in words, at the import', async (_, line, message) => {
    const result = await compile({ 'main.go': `package main\n\n${line}\n\nfunc main() {}\n` })
    if (result.kind !== 'rejected') throw new Error(JSON.stringify(result))
    expect(result.errors[0]).toMatchObject({ file: 'main.go', line: 3 })
    expect(result.errors[0]?.message).toMatch(message)
  })

  test.each([
    [
      'go:linkname without unsafe',
      { 'main.go': hello('//go:linkname now runtime.nanotime\nfunc now() int64') },
      { file: 'main.go', line: 14, message: '//go:linkname only allowed in Go files that import "unsafe"' },
      { file: 'main.go', line: 15, message: 'missing function body' },
    ],
    [
      'packages that import each other',
      {
        'go.mod': 'module own\n\ngo 1.24\n',
        'main.go': 'package main\n\nimport _ "own/a"\n\nfunc main() {}\n',
        'a/a.go': 'package a\n\nimport _ "own/b"\n',
        'b/b.go': 'package b\n\nimport _ "own/a"\n',
      },
      { file: 'b/b.go', line: 3, message: 'import cycle not allowed\n\town/a\n\timports own/b\n\timports own/a' },
    ],
    [
      'cgo, a missing module and an internal package in one file, all at once',
      {
        'main.go':
          'package main\n\nimport (\n\t"C"\n\t_ "example.org/none"\n\t_ "internal/abi"\n)\n\nfunc main() { C.f() }\n',
      },
      { file: 'main.go', line: 4, message: 'import "C": cgo does not exist for wasm; write the function in Go' },
      { file: 'main.go', line: 5, code: 'GO-MODULE' },
      { file: 'main.go', line: 6, message: 'use of internal package internal/abi not allowed' },
    ],
  ])('%s: every error at its place, and the next build is fine', async (_, sources, ...errors) => {
    const result = await compile(sources)
    if (result.kind !== 'rejected') throw new Error(JSON.stringify(result.kind))
    expect(result.errors).toMatchObject(errors)
    expect((await compile({ 'main.go': hello() })).kind).toBe('ok')
  })

  test('a name of the runtime that go:linkname may not reach is refused by the linker, in its words', async () => {
    const pulled = hello('//go:linkname secret runtime.mallocinit\nfunc secret()\n\nfunc init() { secret() }')
    const result = await compile({ 'main.go': pulled.replace('import (', 'import (\n\t_ "unsafe"') })
    if (result.kind !== 'rejected') throw new Error(JSON.stringify(result.kind))
    expect(result.output).toContain('invalid reference to runtime.mallocinit')
    expect(result.errors[0]?.message).toContain('invalid reference to runtime.mallocinit')
    expect((await compile({ 'main.go': hello() })).kind).toBe('ok')
  })

  test('5,000 generated functions compile, and the next small plugin too', async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `func f${n}(a int) int { return a*${n} + ${n % 7} }`).join('\n')
    const result = await compile({ 'main.go': hello(), 'many.go': `package main\n\n${many}\n` })
    expect(result.kind).toBe('ok')
    expect((await compile({ 'main.go': hello() })).kind).toBe('ok')
  })

  test('2 MB of source and a source beyond the limit get an answer', async () => {
    const text = (size: number) => `package main\n\nvar text = "${'a'.repeat(size)}"\n`
    expect((await compile({ 'main.go': hello(), 'text.go': text(2_000_000) })).kind).toBe('ok')
    const refused = await compile({ 'main.go': hello(), 'text.go': text(5_000_000) })
    if (refused.kind !== 'rejected') throw new Error(JSON.stringify(refused.kind))
    expect(refused.errors[0]?.code).toBe('PG002')
  })

  test('a generic function that calls itself with ever larger types is an error at its place', async () => {
    const endless = 'func g[T any](n T) { g[[1]T]([1]T{n}) }\nfunc init() { g(1) }'
    const result = await compile({ 'main.go': hello(endless) })
    if (result.kind !== 'rejected') throw new Error(JSON.stringify(result.kind))
    expect(result.errors[0]).toMatchObject({ file: 'main.go', line: 14 })
    expect(result.errors[0]?.message).toMatch(/instantiation cycle/)
  })
})

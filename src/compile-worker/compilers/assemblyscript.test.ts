import { describe, expect, test } from 'vitest'
import { compilePlugin } from '../node.ts'

const HELLO = `import { HeaderAction, HttpContext, registerHttpContext } from '@proxyground/sdk'
export * from '@proxyground/sdk/proxy'

class Hello extends HttpContext {
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.requestHeaders.add('hello', 'world')
    return HeaderAction.Continue
  }
}
registerHttpContext((id, root) => new Hello(id, root))
`

function build(sources: Record<string, string>, mode: 'debug' | 'release' | 'check' = 'check') {
  return compilePlugin({ plugin: 'p', language: 'assemblyscript', mode, sources })
}

async function errorsOf(text: string) {
  const result = await build({ 'plugin.ts': text })
  return result.kind === 'rejected' ? result.errors : []
}

function shape(wasm: Uint8Array) {
  const module = new WebAssembly.Module(Uint8Array.from(wasm))
  return {
    imports: WebAssembly.Module.imports(module).map(({ module: from, name }) => `${from}.${name}`),
    exports: WebAssembly.Module.exports(module).map(({ name }) => name),
  }
}

describe('a plugin on our SDK', { timeout: 60_000 }, () => {
  test('becomes a module that exports callbacks, allocator and marker and imports host functions only', async () => {
    const result = await build({ 'plugin.ts': HELLO }, 'debug')
    if (result.kind !== 'ok') throw new Error(JSON.stringify(result))
    const { imports, exports } = shape(result.wasm)
    expect(imports.filter((name) => !name.startsWith('env.proxy_'))).toEqual([])
    expect(exports).toEqual(
      expect.arrayContaining([
        '_initialize',
        'memory',
        'malloc',
        'proxy_abi_version_0_2_1',
        'proxy_on_request_headers',
      ]),
    )
    expect(JSON.parse(result.sourceMap)).toMatchObject({ version: 3, sources: expect.arrayContaining(['plugin.ts']) })
    expect(result.warnings).toEqual([])
  })

  test('gives equal bytes for equal sources, and a smaller module without a map in release', async () => {
    const debug = await build({ 'plugin.ts': HELLO }, 'debug')
    const again = await build({ 'plugin.ts': HELLO }, 'debug')
    const release = await build({ 'plugin.ts': HELLO }, 'release')
    if (debug.kind !== 'ok' || again.kind !== 'ok' || release.kind !== 'ok') throw new Error('not built')
    expect(again.hash).toBe(debug.hash)
    expect(debug.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(release.sourceMap).toBe('')
    expect(release.wasm.length).toBeLessThan(debug.wasm.length)
  })

  test('may be several files that import each other', async () => {
    const result = await build({
      'plugin.ts': HELLO.replace("'hello', 'world'", 'NAME, value()').concat(
        "import { NAME } from './names'\nimport { value } from './deep/value'\n",
      ),
      'names.ts': "export const NAME = 'hello'\n",
      'deep/value.ts': "import { NAME } from '../names'\nexport function value(): string { return NAME + '!' }\n",
    })
    expect(result).toMatchObject({ kind: 'ok', warnings: [] })
  })

  test('is warned of an import that no gateway has, where it is used', async () => {
    const text = HELLO.replace('    this.req', "    console.log('hi')\n    this.req")
    expect(await build({ 'plugin.ts': text }, 'debug')).toMatchObject({
      kind: 'ok',
      warnings: [{ code: 'PG005', line: 6, column: 5, message: expect.stringMatching(/env\.console\.log.*logInfo/) }],
    })
  })

  test('is warned when it exports no callbacks', async () => {
    const result = await build({ 'plugin.ts': HELLO.replace(/export \*.*\n/, '') })
    expect(result).toMatchObject({ kind: 'ok', warnings: [{ code: 'PG004', file: 'plugin.ts', severity: 'warning' }] })
  })
})

describe('what is wrong with a source', { timeout: 60_000 }, () => {
  const cases: readonly (readonly [
    string,
    string,
    { code: string; line: number; column: number; endColumn?: number },
  ])[] = [
    [
      'a syntax error',
      'export function f(): void {\n  let = 1\n}\n',
      { code: 'TS1003', line: 2, column: 3, endColumn: 6 },
    ],
    [
      'a missing closing brace',
      'export function f(): void {\n',
      { code: 'TS1126', line: 1, column: 28, endColumn: 29 },
    ],
    [
      'an error after Chinese text',
      "// 你好\nexport const a: i32 = '世界' + b\n",
      { code: 'TS2304', line: 2, column: 30 },
    ],
    ['an error after tabs', '\t\texport const a: i32 = c\n', { code: 'TS2304', line: 1, column: 25 }],
    [
      'an error after CRLF lines',
      'const a = 1\r\nexport const b: i32 = c\r\n',
      { code: 'TS2304', line: 2, column: 23 },
    ],
    ['a type error', 'export const a: i32 = "x"\n', { code: 'TS2322', line: 1, column: 23 }],
    ['a missing import', "import { a } from './gone'\nexport const b = a\n", { code: 'TS6054', line: 1, column: 19 }],
    [
      'a package that is not there',
      "import { a } from 'lodash'\nexport const b = a\n",
      { code: 'TS6054', line: 1, column: 19 },
    ],
    [
      'a closure',
      'export function f(): i32 {\n  let a = 1\n  let g = (): i32 => a\n  return g()\n}\n',
      { code: 'AS100', line: 3, column: 22 },
    ],
  ]
  test.each(cases)('%s is reported at its place', async (_, text, expected) => {
    const errors = await errorsOf(text)
    expect(errors).toContainEqual(expect.objectContaining({ ...expected, file: 'plugin.ts', severity: 'error' }))
  })

  test("the compiler's own words are kept", async () => {
    const result = await build({ 'plugin.ts': 'export const a: i32 = c\n' })
    expect(result).toMatchObject({ kind: 'rejected', output: expect.stringContaining("Cannot find name 'c'") })
  })

  test('a missing entry file is said', async () => {
    expect(await build({ 'a.ts': '', 'b.ts': '' })).toMatchObject({ kind: 'rejected', errors: [{ code: 'PG001' }] })
  })

  test('a source of 2 MB is refused at once, and the next build is fine', async () => {
    const huge = await build({ 'plugin.ts': HELLO, 'data.ts': `export const data = '${'x'.repeat(2_000_000)}'` })
    expect(huge).toMatchObject({ kind: 'rejected', errors: [{ code: 'PG002', file: 'data.ts' }] })
    expect(await build({ 'plugin.ts': HELLO })).toMatchObject({ kind: 'ok' })
  })
})

describe('a source that breaks asc itself', { timeout: 60_000 }, () => {
  test.each([
    ['in its parser', `export const a = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`],
    [
      'in its code generator, where it would end the process',
      `export function f(a: i32): i32 { return a${' + a'.repeat(20_000)} }\n`,
    ],
  ])('%s is a result, and the next build is fine', async (_, text) => {
    const result = await build({ 'plugin.ts': text })
    expect(result).toMatchObject({
      kind: 'rejected',
      errors: [{ code: 'PG003', file: 'plugin.ts', severity: 'error' }],
    })
    expect(await build({ 'plugin.ts': HELLO })).toMatchObject({ kind: 'ok' })
  })

  test('a comment that names the SDK is no import of it', async () => {
    const text = "// like import { a } from '@proxyground/sdk'\nexport function f(): void {}\n"
    expect(await build({ 'plugin.ts': text })).toMatchObject({ kind: 'ok', warnings: [] })
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { compilePlugin } from '../../src/compile-worker/node.ts'
import { bundleFolder } from '../../src/compile-worker/node-bundle.ts'

const bundleMissing = !existsSync(`${bundleFolder()}/manifest.json`)
if (bundleMissing)
  console.warn('The Go toolchain is not built (npm run toolchain:go): the tab is not tested in this run.')

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const httpCall = read('src/templates/go-http-call/plugins/call/main.go')
const limiter = read('src/templates/go-redis-limiter/plugins/limiter/main.go')

const check = (text: string) =>
  compilePlugin({ plugin: 'p', language: 'go', sdk: 'higress', sources: { 'main.go': text }, mode: 'check' })

async function errors(text: string) {
  const result = await check(text)
  if (result.kind !== 'rejected') throw new Error(JSON.stringify(result))
  return result.errors
}

const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length

/** The tab's compiler on programs as the documents print them (workflows.md W7, W8), and on all that wasm-go has. */
describe.skipIf(bundleMissing)('programs of the documents in the tab', { timeout: 300_000 }, () => {
  beforeAll(() => check(httpCall), 300_000)

  test('W7 as printed lacks the brace that ends parseConfig: one error, at the next function', async () => {
    const printed = httpCall.replace('\treturn nil\n}\n\nfunc onHttp', '\treturn nil\n\nfunc onHttp')
    expect(await errors(printed)).toMatchObject([
      {
        file: 'main.go',
        line: lineOf(printed, 'func onHttpRequestHeaders'),
        column: 6,
        message: 'syntax error: unexpected name onHttpRequestHeaders, expected (',
      },
    ])
  })

  test('W8 as printed does not import strings: the error is where it is used, and its repair imports it', async () => {
    const printed = limiter.replace('\t"strings"\n', '')
    const [error, ...more] = await errors(printed)
    expect(more).toEqual([])
    expect(error).toMatchObject({
      file: 'main.go',
      line: lineOf(printed, 'strings.HasSuffix'),
      column: 6,
      message: 'undefined: strings',
      fixes: [{ kind: 'add-import', subject: 'strings', edits: [{ file: 'main.go', text: '\t"strings"\n' }] }],
    })
  })

  test.each(['core', 'services', 'mcp', 'mcp-filter', 'minimal', 'plain'])('%s has no error there', async (guest) => {
    const result = await check(read(`conformance/guests/wasm-go/${guest}.go`))
    expect(result.kind === 'ok' ? result.warnings : result).toEqual([])
  })
})

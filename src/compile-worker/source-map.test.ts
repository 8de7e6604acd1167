import { expect, test } from 'vitest'
import { compilePlugin } from './node.ts'
import { locateStack, openSourceMap } from './source-map.ts'

const SOURCE = `// ä comment with wide letters
export function fail(zero: i32): i32 {
  return div(1, zero)
}
function div(a: i32, b: i32): i32 {
  return a / b
}
export function index(): i32 {
  const list = [1, 2]
  return list[9]
}
`

async function trapOffsets(name: string) {
  const result = await compilePlugin({
    plugin: 'p',
    language: 'assemblyscript',
    mode: 'debug',
    sources: { 'plugin.ts': SOURCE },
  })
  if (result.kind !== 'ok') throw new Error(JSON.stringify(result))
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(result.wasm))
  const start = instance.exports._initialize
  if (typeof start === 'function') start()
  const run = instance.exports[name]
  const resolver = openSourceMap(result.sourceMap)
  if (typeof run !== 'function' || resolver === undefined) throw new Error('not built')
  try {
    run(0)
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? '') : ''
    return {
      resolver,
      offsets: [...stack.matchAll(/:0x([0-9a-f]+)/g)].map((found) => Number.parseInt(found[1] ?? '', 16)),
    }
  }
  throw new Error('no trap')
}

test('an offset of a trap leads to its file and line', { timeout: 30_000 }, async () => {
  const { resolver, offsets } = await trapOffsets('fail')
  expect(resolver.locate(offsets[0] ?? 0)).toMatchObject({ file: 'plugin.ts', line: 6, library: false })
  expect(resolver.locate(offsets[1] ?? 0)).toMatchObject({ file: 'plugin.ts', line: 3 })
})

test('a trap inside the library leads to the line of the plugin that called it', { timeout: 30_000 }, async () => {
  const { resolver, offsets } = await trapOffsets('index')
  expect(resolver.locate(offsets[0] ?? 0)).toMatchObject({ library: true })
  const frames = offsets.map((offset) => ({ name: '', offset }))
  expect(locateStack(resolver, frames, () => SOURCE)).toMatchObject({ file: 'plugin.ts', line: 10 })
})

test.each(['', 'nonsense', '{}', '{"version":3}'])('no map is made of %j', (text) => {
  expect(openSourceMap(text)?.locate(1)).toBeUndefined()
})

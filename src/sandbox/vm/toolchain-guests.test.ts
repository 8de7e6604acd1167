import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { renderTrace } from '../trace/render.ts'
import { openTrace } from '../trace/view.ts'
import { prepareModule } from './prepare.ts'
import { TestBuffer, TestMap, type World, world } from './test-world.ts'

const guests = fileURLToPath(new URL('../../../conformance/guests/', import.meta.url))

type Built = { readonly wasm: Uint8Array } | { readonly skip: string }

function build(folder: string, command: string, args: readonly string[], env: Readonly<Record<string, string>>): Built {
  const directory = mkdtempSync(join(tmpdir(), 'guest-'))
  try {
    const out = join(directory, 'plugin.wasm')
    const run = spawnSync(command, [...args, '-o', out, ...(command === 'go' ? ['.'] : ['plugin.rs'])], {
      cwd: join(guests, folder),
      env: { ...process.env, ...env },
      encoding: 'utf8',
    })
    if (run.error !== undefined) return { skip: `${command} is not on this machine` }
    if (run.status !== 0) return { skip: `${command} cannot build it: ${run.stderr.slice(0, 300)}` }
    return { wasm: new Uint8Array(readFileSync(out)) }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** 0 if the tool is missing. */
function version(command: string, args: readonly string[], pattern: RegExp): number {
  return Number(pattern.exec(spawnSync(command, args, { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0)
}

const goMinor = version('go', ['version'], /go1\.(\d+)/)
const go: Built =
  goMinor < 24
    ? { skip: 'Go 1.24 or newer is not on this machine' }
    : build('go-raw', 'go', ['build', '-buildmode=c-shared'], {
        GOOS: 'wasip1',
        GOARCH: 'wasm',
        GOFLAGS: '-mod=mod',
        GOPROXY: 'off',
        GOTOOLCHAIN: 'local',
      })
const rust = build(
  'rust-raw',
  'rustc',
  [
    '--edition',
    '2024',
    '--target',
    'wasm32-unknown-unknown',
    '--crate-type',
    'cdylib',
    '-C',
    'panic=abort',
    '-C',
    'opt-level=2',
  ],
  { RUSTC_BOOTSTRAP: '1' },
)

function reason(built: Built): string {
  return 'skip' in built ? ` (skipped: ${built.skip})` : ''
}

function wasmOf(built: Built): Uint8Array {
  if ('skip' in built) throw new Error(built.skip)
  return built.wasm
}

test.runIf(goMinor >= 24)('Go is on this machine and builds the guest', () => {
  expect(go).not.toHaveProperty('skip')
})

describe.skipIf('skip' in go)(`a Go c-shared plugin meets the 13 rows of higress.md 1.1${reason(go)}`, () => {
  const start = (): World => {
    const made = world(wasmOf(go), { configuration: '{"a":1}' })
    made.host.maps.set(
      0,
      new TestMap([
        [':authority', 'example.com'],
        [':path', '/'],
      ]),
    )
    made.host.attributes.set('route_name', { kind: 'string', value: 'httpbin' })
    return made
  }

  test('rows 1 and 2: it is a reactor whose WASI imports all link, with its own marker', () => {
    const prepared = prepareModule(wasmOf(go), { family: 'higress' })
    expect(
      prepared.ok && [prepared.value.abi, prepared.value.language, prepared.value.exports.has('_initialize')],
    ).toEqual(['0_2_100', 'go', true])
  })

  test('rows 4 to 6 and 8: it starts, reads its configuration, finds four bytes of log level, and logs', () => {
    expect(start().logs()).toEqual(['error: init 0', 'info: [nil] plugin start successfully with {"a":1}'])
  })

  test('rows 3, 7, 9, 10, 11: headers, stored properties, routes; sleeping ends and moves the clock', () => {
    const made = start()
    const before = made.environment.clock.nowNs()
    expect(made.stream.requestHeaders(2, false)).toEqual({ kind: 'returned', value: 4, replied: false })
    expect(made.logs().at(-1)).toBe('info: [req-1] example.com httpbin  slept true')
    expect(made.host.maps.get(0)?.get('x-go')).toBe('hello')
    expect(made.environment.clock.nowNs() - before).toBeGreaterThan(3_000_000n)
  })

  test('row 12: a callout response acts on the stream it belongs to', () => {
    const made = start()
    made.stream.requestHeaders(2, true)
    made.root.httpCallResponse(4, { headers: [[':status', '200']], body: new Uint8Array(), trailers: [] })
    expect(made.host.effects).toEqual(['continue requested 0', 'continue 0'])
  })

  test('row 13: log, done and delete end the stream', () => {
    const made = start()
    made.stream.requestHeaders(2, true)
    made.stream.log()
    made.stream.finish()
    expect(made.logs().at(-1)).toBe('info: [req-1] stream done')
    expect(made.vm.failed).toBe(false)
  })

  test('a panic prints piece by piece, then traps with Go names', () => {
    const made = start()
    made.stream.requestHeaders(2, true)
    expect(made.stream.responseHeaders(1, true)).toEqual({ kind: 'failed' })
    expect(
      made
        .logs()
        .filter((line) => line.startsWith('error: '))
        .slice(1, 3),
    ).toEqual(['error: panic: ', 'error: a panic in Go'])
    const trap = made.events().find((each) => each.type === 'trap')
    expect(
      trap?.type === 'trap' && [trap.kind, trap.frames.some(({ name }) => name === 'main.onResponseHeaders')],
    ).toEqual(['unreachable', true])
  })

  test('two runs have the same trace, hash included', () => {
    const run = () => {
      const made = start()
      made.stream.requestHeaders(2, true)
      made.stream.log()
      return made.recorder.data()
    }
    const [one, two] = [run(), run()]
    expect(renderTrace(openTrace(one))).toBe(renderTrace(openTrace(two)))
    expect(one.hash).toBe(two.hash)
  })
})

describe.skipIf('skip' in rust)(`a Rust plugin${reason(rust)}`, () => {
  test('loads, logs, adds a header and replies', () => {
    const made = world(wasmOf(rust))
    made.host.maps.set(0, new TestMap([[':path', '/']]))
    made.host.buffers.set(0, new TestBuffer('body'))
    expect(made.vm.module.language).toBe('rust')
    expect(made.logs()).toEqual(['info: started'])
    expect(made.stream.requestHeaders(1, false)).toMatchObject({ kind: 'returned', value: 0 })
    expect(made.stream.requestBody(4, true)).toEqual({ kind: 'returned', value: 1, replied: true })
    expect(made.host.maps.get(0)?.get('x-rust')).toBe('hello')
    expect(made.host.replies[0]).toMatchObject({ status: 403, details: 'denied' })
  })
})

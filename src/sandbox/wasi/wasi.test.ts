import { describe, expect, test } from 'vitest'
import { type Call, outside, outValue, runCalls } from '../vm/test-calls.ts'
import { clockStart, tryWorld, wat } from '../vm/test-world.ts'
import { wasiFunctions } from './registry.ts'

const out = 256

/** Two pieces at 64: "hel" and "lo\n". */
const pieces = new Uint8Array([16, 0, 0, 0, 3, 0, 0, 0, 19, 0, 0, 0, 3, 0, 0, 0])
const data = { 16: 'hello\n', 64: pieces }

describe('standard output and error are log lines', () => {
  test.each([
    [1, 'info: hello'],
    [2, 'error: hello'],
  ])('descriptor %i: all pieces are one entry without the last line break', (fd, line) => {
    const ran = runCalls([['fd_write', fd, 64, 2, out]], { data })
    expect(ran.logs()).toEqual([line])
    expect(outValue(ran.hostCalls[0], 'written')).toBe(6)
  })

  test.each([
    ['another descriptor', [3, 64, 2, out], 'badf'],
    ['pieces out of bounds', [1, outside, 2, out], 'fault'],
    ['a piece that points outside', [1, 16, 2, out], 'fault'],
    ['a huge count', [1, 64, -1, out], 'fault'],
    ['a result address out of bounds', [1, 64, 2, outside], 'fault'],
    ['nothing', [1, 64, 0, out], 'success'],
  ] as const)('%s', (_name, args, status) => {
    const ran = runCalls([['fd_write', ...args]], { data })
    expect(ran.statuses).toEqual([status])
    if (status === 'success') expect(ran.logs()).toEqual([])
  })
})

describe('every function answers as in proxy-wasm-host.md 10', () => {
  const table: readonly (readonly [Call, string])[] = [
    [['fd_read', 0, 64, 1, out], 'nosys'],
    [['fd_seek', 1, 0n, 0, out], 'success'],
    [['fd_close', 9], 'success'],
    [['fd_fdstat_get', 1, out], 'success'],
    [['fd_fdstat_get', 0, out], 'badf'],
    [['fd_fdstat_get', 1, outside], 'success'],
    [['fd_fdstat_set_flags', 1, 4], 'nosys'],
    [['fd_fdstat_set_rights', 1, 0n, 0n], 'success'],
    [['fd_fdstat_set_rights', 4, 0n, 0n], 'badf'],
    [['fd_advise', 9, 0n, 0n, 0], 'success'],
    [['fd_filestat_get', 1, out], 'badf'],
    [['fd_tell', 1, out], 'success'],
    [['fd_tell', 0, out], 'badf'],
    [['fd_readdir', 3, 0, 0, 0n, out], 'exist'],
    [['fd_renumber', 1, 2], 'notsup'],
    [['fd_renumber', 3, 2], 'badf'],
    [['fd_prestat_get', 3, out], 'badf'],
    [['fd_prestat_dir_name', 3, 0, 0], 'nosys'],
    [['path_open', 3, 0, 0, 0, 0, 0n, 0n, 0, out], 'noent'],
    [['path_link', 3], 'notsup'],
    [['path_readlink', 3, 0, 0, 0, 0, out], 'notsup'],
    [['sock_accept', 3, 0, out], 'notsup'],
    [['args_sizes_get', out, out + 4], 'success'],
    [['args_get', 0, 0], 'success'],
    [['clock_res_get', 0, out], 'success'],
    [['clock_res_get', 2, out], 'notsup'],
    [['clock_time_get', 2, 0n, out], 'notsup'],
    [['random_get', out, 8], 'success'],
    [['random_get', out, 65537], 'inval'],
    [['random_get', outside, 8], 'fault'],
    [['random_get', outside, 0], 'success'],
    [['sched_yield'], 'success'],
  ]
  test.each(table.map(([call, status]) => [call.join(' '), status, call] as const))(
    '%s answers %s',
    (_name, status, call) => {
      expect(runCalls([call]).statuses).toEqual([status])
    },
  )
})

test('every preview-1 name links under both module names with its standard type', () => {
  expect(wasiFunctions.size).toBe(45)
  const imports = (module: string) =>
    [...wasiFunctions.values()].map(({ name, type }) => {
      const result = type.results.length === 0 ? '' : '(result i32)'
      return `(import "${module}" "${name}" (func (param ${type.params.join(' ')}) ${result}))`
    })
  for (const module of ['wasi_snapshot_preview1', 'wasi_unstable']) {
    const text = `(module ${imports(module).join('\n')} (memory (export "memory") 1)
      (func (export "proxy_abi_version_0_2_1"))
      (func (export "malloc") (param i32) (result i32) (i32.const 0)))`
    expect(tryWorld(wat(text)).failure.message).toBe('')
  }
})

describe('time', () => {
  test('each reading of the clock moves it by a microsecond', () => {
    const ran = runCalls([
      ['clock_time_get', 0, 0n, out],
      ['clock_time_get', 1, 0n, out],
      ['proxy_get_current_time_nanoseconds', out],
    ])
    expect(ran.hostCalls.map((each) => outValue(each, 'time'))).toEqual([
      clockStart + 1000n,
      clockStart + 2000n,
      clockStart + 3000n,
    ])
  })

  const subscription = (timeout: bigint, absolute: boolean, tag = 0) => {
    const bytes = new Uint8Array(48)
    const view = new DataView(bytes.buffer)
    view.setUint8(8, tag)
    view.setBigUint64(24, timeout, true)
    view.setUint16(40, absolute ? 1 : 0, true)
    return bytes
  }
  test.each([
    ['relative', subscription(5_000_000n, false), 5_000_000n],
    ['absolute', subscription(clockStart + 7n, true), 7n],
    ['in the past', subscription(1n, true), 0n],
    ['for ever, woken after a day', subscription(2n ** 64n - 1n, false), 86_400_000_000_000n],
    ['not a clock', subscription(5n, false, 1), 0n],
  ])('poll_oneoff sleeps: %s', (_name, bytes, slept) => {
    const ran = runCalls([['poll_oneoff', 512, 1024, 1, out]], { data: { 512: bytes } })
    expect(ran.statuses).toEqual(['success'])
    expect(outValue(ran.hostCalls[0], 'written')).toBe(0)
    expect(ran.environment.clock.nowNs()).toBe(clockStart + slept)
  })
})

test('the environment is what the plugin configures', () => {
  const ran = runCalls(
    [
      ['environ_sizes_get', out, out + 4],
      ['environ_get', 512, 600],
    ],
    {
      environmentVariables: [
        ['A', '1'],
        ['NAME', 'ü'],
      ],
    },
  )
  expect(outValue(ran.hostCalls[0], 'count')).toBe(2)
  expect(outValue(ran.hostCalls[0], 'size')).toBe(4 + 8)
})

describe('while _initialize runs', () => {
  test.each(['fd_write', 'clock_time_get', 'environ_get', 'random_get', 'poll_oneoff', 'proxy_log', 'path_link'])(
    '%s may be called',
    (fn) => {
      expect(runCalls([[fn]], { at: '_initialize' }).hostCalls).toHaveLength(1)
    },
  )

  test.each([
    'sched_yield',
    'fd_close',
    'fd_read',
    'fd_seek',
    'path_open',
    'proc_exit',
    'proxy_get_property',
    'proxy_done',
  ])('%s traps as restricted', (fn) => {
    expect(() => runCalls([[fn]], { at: '_initialize' })).toThrow(
      'Failed to initialize Wasm code {"code":"start-failed"}',
    )
  })
})

test('proc_exit returns to the guest', () => {
  const ran = runCalls([['proc_exit', 1], ['sched_yield']])
  expect(ran.hostCalls.map((each) => each.fn)).toEqual(['proc_exit', 'sched_yield'])
})

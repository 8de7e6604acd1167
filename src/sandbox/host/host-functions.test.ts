import { describe, expect, test } from 'vitest'
import { encodePairs } from '../abi/pairs.ts'
import { guestText, outside, outValue, runCalls } from '../vm/test-calls.ts'
import { TestBuffer, TestMap, tryWorld, type World } from '../vm/test-world.ts'

const name = 16
const value = 64
const out = 256
const headers = (world: World) =>
  world.host.maps.set(
    0,
    new TestMap([
      [':path', '/'],
      ['a', '1'],
      ['a', '2'],
    ]),
  )

describe('every call judges its enum before memory, and memory before everything else', () => {
  test.each([
    ['proxy_log', [6, 0, 0], 'BadArgument'],
    ['proxy_log', [6, outside, 9], 'BadArgument'],
    ['proxy_log', [2, outside, 9], 'InvalidMemoryAccess'],
    ['proxy_log', [2, 0, -1], 'InvalidMemoryAccess'],
    ['proxy_log', [2, outside, 0], 'InvalidMemoryAccess'],
    ['proxy_get_header_map_value', [8, name, 1, out, out + 4], 'BadArgument'],
    ['proxy_get_header_map_value', [0, outside, 1, out, out + 4], 'InvalidMemoryAccess'],
    ['proxy_get_header_map_value', [0, name, 1, outside, out], 'InvalidMemoryAccess'],
    ['proxy_get_header_map_value', [0, name, 1, out, outside], 'InvalidMemoryAccess'],
    ['proxy_get_header_map_pairs', [9, out, out + 4], 'BadArgument'],
    ['proxy_get_header_map_pairs', [0, outside, out], 'InvalidMemoryAccess'],
    ['proxy_add_header_map_value', [0, name, 1, outside, 1], 'InvalidMemoryAccess'],
    ['proxy_set_header_map_pairs', [0, 0, -1], 'InvalidMemoryAccess'],
    ['proxy_get_buffer_bytes', [10, 0, 9, out, out + 4], 'BadArgument'],
    ['proxy_set_buffer_bytes', [0, 0, 0, outside, 1], 'InvalidMemoryAccess'],
    ['proxy_get_property', [outside, 1, out, out + 4], 'InvalidMemoryAccess'],
    ['proxy_set_property', [name, 1, outside, 1], 'InvalidMemoryAccess'],
    ['proxy_continue_stream', [4], 'BadArgument'],
    ['proxy_continue_stream', [3], 'Unimplemented'],
    ['proxy_send_local_response', [200, 0, 0, outside, 1, 0, 0, -1], 'InvalidMemoryAccess'],
    ['proxy_get_shared_data', [outside, 1, out, out + 4, out + 8], 'InvalidMemoryAccess'],
    ['proxy_define_metric', [3, name, 1, out], 'BadArgument'],
    ['proxy_define_metric', [0, name, 1, outside], 'InvalidMemoryAccess'],
    ['proxy_http_call', [name, 1, 0, 0, 0, 0, 0, 0, 1000, outside], 'InvalidMemoryAccess'],
    ['proxy_get_current_time_nanoseconds', [outside], 'InvalidMemoryAccess'],
    ['proxy_call_foreign_function', [outside, 4, 0, 0, 0, 0], 'InvalidMemoryAccess'],
    ['proxy_grpc_cancel', [4], 'BadArgument'],
    ['proxy_redis_init', [name, 1, 0, 0, 0, 0, 0], 'BadArgument'],
    ['proxy_redis_init', [outside, 1, 0, 0, 0, 0, 0], 'InvalidMemoryAccess'],
    ['proxy_redis_call', [name, 1, outside, 1, out], 'InvalidMemoryAccess'],
    ['proxy_redis_call', [name, 1, 0, 0, outside], 'InvalidMemoryAccess'],
    ['proxy_inject_encoded_data_to_filter_chain', [outside, 1, 0], 'InvalidMemoryAccess'],
    ['proxy_set_upstream_override_host', [outside, 1], 'InvalidMemoryAccess'],
    ['proxy_get_upstream_hosts', [outside, out], 'InvalidMemoryAccess'],
    ['proxy_set_effective_context', [999], 'BadArgument'],
    ['proxy_set_effective_context', [0], 'Ok'],
    ['proxy_done', [], 'NotFound'],
  ] as const)('%s%j answers %s', (fn, args, status) => {
    const ran = runCalls([[fn, ...args]], { data: { [name]: 'a' } }, headers)
    expect(ran.statuses).toEqual([status])
    if (status !== 'Ok') expect(ran.hostCalls[0]?.reason).toBeDefined()
  })
})

describe('maps', () => {
  const read = (key: string, prepare: (world: World) => void = headers) =>
    runCalls([['proxy_get_header_map_value', 0, name, key.length, out, out + 4]], { data: { [name]: key } }, prepare)

  test('the first of several values is read', () => {
    const ran = read('a')
    expect([ran.statuses, outValue(ran.hostCalls[0], 'value')]).toEqual([['Ok'], '1'])
  })

  test('a missing key is NotFound, a missing map BadArgument with the phase, in on_log NotFound', () => {
    expect(read('b').hostCalls[0]?.reason).toEqual({ code: 'unknown-name', name: 'b' })
    expect(read('a', () => {}).hostCalls[0]).toMatchObject({
      status: 'BadArgument',
      reason: { code: 'map-unavailable', map: 'RequestHeaders', phase: 'request_headers' },
    })
    const inLog = runCalls(
      [['proxy_get_header_map_value', 1, name, 1, out, out + 4]],
      { at: 'proxy_on_log' },
      (world) => {
        world.host.inLog = true
      },
    )
    expect(inLog.statuses).toEqual(['NotFound'])
  })

  test('in 0.1.0 a missing key is Ok and empty', () => {
    const ran = runCalls(
      [['proxy_get_header_map_value', 0, name, 1, out, out + 4]],
      { abi: '0_1_0', data: { [name]: 'q' } },
      headers,
    )
    expect([ran.statuses, outValue(ran.hostCalls[0], 'value')]).toEqual([['Ok'], ''])
  })

  test('pairs keep order and duplicates; a map that is not there is Ok and empty', () => {
    const ran = runCalls(
      [
        ['proxy_get_header_map_pairs', 0, out, out + 4],
        ['proxy_get_header_map_pairs', 2, out, out + 4],
      ],
      {},
      headers,
    )
    expect(ran.statuses).toEqual(['Ok', 'Ok'])
    expect(outValue(ran.hostCalls[0], 'pairs')).toEqual([
      [':path', '/'],
      ['a', '1'],
      ['a', '2'],
    ])
    expect(outValue(ran.hostCalls[1], 'pairs')).toEqual([])
  })

  test('writes reach the map; in on_log they are refused', () => {
    const calls = [
      ['proxy_add_header_map_value', 0, name, 1, value, 1],
      ['proxy_replace_header_map_value', 0, name + 1, 1, value, 1],
      ['proxy_remove_header_map_value', 0, name + 2, 1],
      ['proxy_get_header_map_size', 0, out],
    ] as const
    const data = { [name]: 'xya', [value]: 'v' }
    const ran = runCalls(calls, { data }, headers)
    expect(ran.statuses).toEqual(['Ok', 'Ok', 'Ok', 'Ok'])
    expect(ran.host.maps.get(0)?.pairs()).toEqual([
      [':path', '/'],
      ['x', 'v'],
      ['y', 'v'],
    ])
    expect(outValue(ran.hostCalls[3], 'size')).toBe(10)
    const inLog = runCalls(calls, { data, at: 'proxy_on_log' }, (world) => {
      headers(world)
      world.host.inLog = true
    })
    expect(inLog.statuses).toEqual(['BadArgument', 'BadArgument', 'BadArgument', 'BadArgument'])
    expect(inLog.hostCalls[0]?.reason).toEqual({ code: 'map-read-only', map: 'RequestHeaders' })
  })

  test('all pairs are replaced at once; bytes that cannot be parsed empty the map and say so', () => {
    const pairs = encodePairs([['b', 'x']])
    const set = (size: number) =>
      runCalls([['proxy_set_header_map_pairs', 0, value, size]], { data: { [value]: pairs } }, headers)
    expect(set(pairs.length).host.maps.get(0)?.pairs()).toEqual([['b', 'x']])
    const broken = set(pairs.length - 1)
    expect(broken.host.maps.get(0)?.pairs()).toEqual([])
    expect(broken.hostCalls[0]).toMatchObject({ status: 'Ok', reason: { code: 'unparsable-pairs' } })
  })

  test('bytes above 0x7f pass unchanged', () => {
    const ran = read('a', (world) => world.host.maps.set(0, new TestMap([['a', '\xff\x80']])))
    const arg = ran.hostCalls[0]?.out[0]
    expect(arg?.kind === 'bytes' && [...arg.value]).toEqual([0xff, 0x80])
  })
})

describe('buffers (proxy-wasm-host.md 2.3)', () => {
  test.each([
    [0, 3, 'hel'],
    [2, 3, 'llo'],
    [0, 0xffffffff, 'hello'],
    [5, 0xffffffff, ''],
    [3, 0x7fffffff, 'lo'],
    [99, 1, ''],
    [0, 0, ''],
  ])('get from %i at most %i gives %j', (start, max, text) => {
    const ran = runCalls([['proxy_get_buffer_bytes', 0, start, max | 0, out, out + 4]], {}, (world) =>
      world.host.buffers.set(0, new TestBuffer('hello')),
    )
    expect([ran.statuses, outValue(ran.hostCalls[0], 'bytes')]).toEqual([['Ok'], text])
  })

  test.each([
    ['prepends', 0, 0, 'Ok', 'NEWhello'],
    ['replaces the first two', 0, 2, 'Ok', 'NEWllo'],
    ['replaces everything', 0, 5, 'Ok', 'NEW'],
    ['replaces everything, as SDKs write it', 0, 0x7fffffff, 'Ok', 'NEW'],
    ['appends at the end', 5, 0, 'Ok', 'helloNEW'],
    ['appends far behind the end, whatever the size', 1000, 7, 'Ok', 'helloNEW'],
    ['refuses the middle', 2, 1, 'BadArgument', 'hello'],
  ])('set %s', (_name, start, size, status, text) => {
    const ran = runCalls(
      [['proxy_set_buffer_bytes', 0, start, size, value, 3]],
      { data: { [value]: 'NEW' } },
      (world) => world.host.buffers.set(0, new TestBuffer('hello')),
    )
    expect([ran.statuses, ran.host.buffers.get(0)?.text]).toEqual([[status], text])
  })

  test('an absent body reads as empty and cannot be set; a read-only one says so', () => {
    const ran = runCalls([
      ['proxy_get_buffer_bytes', 1, 0, 9, out, out + 4],
      ['proxy_get_buffer_status', 1, out, out + 4],
      ['proxy_set_buffer_bytes', 1, 0, 0, value, 1],
      ['proxy_set_buffer_bytes', 6, 0, 0, value, 1],
      ['proxy_get_buffer_bytes', 4, 0, 9, out, out + 4],
      ['proxy_get_buffer_bytes', 7, 0, 9, out, out + 4],
    ])
    expect(ran.statuses).toEqual(['Ok', 'Ok', 'BadArgument', 'BadArgument', 'NotFound', 'NotFound'])
    expect(ran.hostCalls[2]?.reason).toEqual({
      code: 'buffer-unavailable',
      buffer: 'ResponseBody',
      phase: 'request_headers',
    })
    expect(ran.hostCalls[3]?.reason).toEqual({ code: 'buffer-read-only', buffer: 'VmConfiguration' })
  })

  test('the plugin configuration is readable in on_configure, the VM configuration always', () => {
    const calls = [
      ['proxy_get_buffer_bytes', 7, 0, 0x7fffffff, out, out + 4],
      ['proxy_get_buffer_bytes', 6, 0, 99, out, out + 4],
    ] as const
    const ran = runCalls(calls, { at: 'proxy_on_configure', configuration: '{"a":1}', vmConfiguration: 'vm' })
    expect(ran.hostCalls.map((each) => outValue(each, 'bytes'))).toEqual(['{"a":1}', 'vm'])
  })
})

describe('properties', () => {
  const get = (path: string, prepare: (world: World) => void) =>
    runCalls([['proxy_get_property', name, path.length, out, out + 4]], { data: { [name]: path } }, prepare)

  test.each([
    ['a text', { kind: 'string', value: 'GET' }, 'Ok', [...new TextEncoder().encode('GET')]],
    ['a number, eight bytes', { kind: 'int', value: -2n }, 'Ok', [254, 255, 255, 255, 255, 255, 255, 255]],
    ['a truth value, one byte', { kind: 'bool', value: true }, 'Ok', [1]],
    ['an empty map, a block', { kind: 'map', value: [] }, 'Ok', [0, 0, 0, 0]],
    ['a map', { kind: 'map', value: [['a', 'b']] }, 'Ok', [...encodePairs([['a', 'b']])]],
    ['null', { kind: 'null' }, 'SerializationFailure', undefined],
    ['a tree', { kind: 'tree' }, 'SerializationFailure', undefined],
    ['nothing', { kind: 'missing' }, 'NotFound', undefined],
  ] as const)('%s', (_name, attribute, status, bytes) => {
    const ran = get('request\0x', (world) => world.host.attributes.set('request.x', attribute))
    expect(ran.statuses).toEqual([status])
    const arg = ran.hostCalls[0]?.out[0]
    expect(arg?.kind === 'bytes' ? [...arg.value] : undefined).toEqual(bytes)
  })

  test('a NUL at the end is allowed, an empty path is not', () => {
    const set = (world: World) => world.host.attributes.set('a.b', { kind: 'string', value: 'x' })
    expect(get('a\0b\0', set).statuses).toEqual(['Ok'])
    expect(get('', set).statuses).toEqual(['SerializationFailure'])
    expect(get('a.b\0c', set).hostCalls[0]?.reason).toEqual({ code: 'unknown-property', path: 'a.b.c' })
  })

  test('setting works on a stream and answers NotFound on a root', () => {
    const call = ['proxy_set_property', name, 1, value, 2] as const
    const data = { [name]: 'k', [value]: 'vv' }
    expect(runCalls([call], { data }).host.attributes.get('k')).toMatchObject({ kind: 'bytes' })
    expect(runCalls([call], { data, at: 'proxy_on_tick' }).hostCalls[0]).toMatchObject({
      status: 'NotFound',
      reason: { code: 'no-stream' },
    })
  })

  test('plugin_vm_memory is eight bytes on Higress', () => {
    const ran = get('plugin_vm_memory', () => {})
    const arg = ran.hostCalls[0]?.out[0]
    expect(arg?.kind === 'bytes' && new DataView(arg.value.buffer).getBigUint64(0, true)).toBe(131072n)
  })
})

describe('effects wait for the end of the guest call', () => {
  test('in the order in which they were asked for', () => {
    const ran = runCalls(
      [
        ['proxy_continue_stream', 1],
        ['proxy_send_local_response', 403, name, 10, value, 3, 0, 0, -1],
        ['proxy_close_stream', 0],
        ['proxy_continue_stream', 2],
      ],
      { data: { [name]: 'my details', [value]: 'no!' }, result: 1 },
    )
    expect(ran.host.effects).toEqual(['continue requested 1', 'continue 1', 'reply 403', 'close 0'])
    expect(ran.host.replies[0]).toMatchObject({ status: 403, details: 'my_details', headers: [], grpcStatus: -1 })
  })

  test('the return of that callback says that a reply was sent, the next one does not', () => {
    const text = guestText([['proxy_send_local_response', 200, 0, 0, 0, 0, 0, 0, -1]], {
      more: '(func (export "proxy_on_request_body") (param i32 i32 i32) (result i32) (i32.const 1))',
    })
    const { world } = tryWorld(text)
    expect(world?.stream.requestHeaders(1, false)).toEqual({ kind: 'returned', value: 0, replied: true })
    expect(world?.stream.requestBody(1, false)).toEqual({ kind: 'returned', value: 1, replied: false })
    expect(world?.stream.responseBody(1, false)).toEqual({ kind: 'absent' })
  })
})

describe('callouts', () => {
  const request = encodePairs([
    [':path', '/'],
    [':method', 'GET'],
    ['HOST', 'up'],
  ])
  const at = 512
  const dispatch = (cluster: string, pairs: Uint8Array, timeout = 1000) =>
    runCalls([['proxy_http_call', name, cluster.length, at, pairs.length, value, 2, 0, 0, timeout, out]], {
      data: { [name]: cluster, [at]: pairs, [value]: 'hi' },
    })

  test('a good one starts with token 4, then 8; names are lower-cased and host is the authority', () => {
    const call = ['proxy_http_call', name, 5, at, request.length, value, 2, 0, 0, 1000, out] as const
    const ran = runCalls([call, call], { data: { [name]: 'known', [at]: request, [value]: 'hi' } })
    expect(ran.hostCalls.map((each) => outValue(each, 'token'))).toEqual([4, 8])
    expect(ran.rootHost.calls[0]).toMatchObject({
      token: 4,
      request: {
        cluster: 'known',
        timeoutMs: 1000,
        headers: [
          [':path', '/'],
          [':method', 'GET'],
          [':authority', 'up'],
        ],
      },
    })
  })

  test.each([
    ['an unknown cluster', 'nope', request, 1000, { code: 'unknown-cluster', cluster: 'nope', known: ['known'] }],
    [
      'no path',
      'known',
      encodePairs([
        [':method', 'GET'],
        ['host', 'a'],
      ]),
      1,
      { code: 'missing-pseudo-header', header: ':path' },
    ],
    [
      'no method',
      'known',
      encodePairs([
        [':path', '/'],
        ['host', 'a'],
      ]),
      1,
      { code: 'missing-pseudo-header', header: ':method' },
    ],
    [
      'no authority',
      'known',
      encodePairs([
        [':path', '/'],
        [':method', 'A'],
      ]),
      1,
      { code: 'missing-pseudo-header', header: ':authority' },
    ],
    ['no headers', 'known', new Uint8Array(), 1, { code: 'missing-pseudo-header', header: ':path' }],
    ['garbage', 'known', new Uint8Array([255, 255, 255, 127]), 1, { code: 'unparsable-pairs' }],
    ['a negative timeout', 'nope', request, -1, { code: 'timeout-too-large', value: 4294967295 }],
  ])('%s is BadArgument, says why and writes token 0', (_name, cluster, pairs, timeout, reason) => {
    const ran = dispatch(cluster, pairs, timeout)
    expect(ran.hostCalls[0]).toMatchObject({ status: 'BadArgument', reason })
    expect(outValue(ran.hostCalls[0], 'token')).toBe(0)
    expect(ran.rootHost.calls).toEqual([])
  })

  test('the response is readable inside its callback only, also with a stream as effective context', () => {
    const made = runCalls(
      [
        ['proxy_set_effective_context', 2],
        ['proxy_get_header_map_value', 6, name, 7, out, out + 4],
        ['proxy_get_buffer_bytes', 4, 0, 99, out, out + 4],
        ['proxy_add_header_map_value', 6, name, 7, name, 1],
        ['proxy_continue_stream', 0],
      ],
      { at: 'proxy_on_http_call_response', data: { [name]: ':status' } },
    )
    made.stream.requestHeaders(0, true)
    made.root.httpCallResponse(4, {
      headers: [[':status', '200']],
      body: new TextEncoder().encode('yes'),
      trailers: [],
    })
    const calls = made.events().flatMap((each) => (each.type === 'host.call' ? [each] : []))
    expect(calls.map((each) => each.status)).toEqual(['Ok', 'Ok', 'Ok', 'BadArgument', 'Ok'])
    expect([outValue(calls[1], 'value'), outValue(calls[2], 'bytes')]).toEqual(['200', 'yes'])
    expect(made.host.effects).toEqual(['continue requested 0', 'continue 0'])
  })
})

describe('shared data and metrics', () => {
  test('a stale cas is CasMismatch; a cas for a new key is taken', () => {
    const ran = runCalls(
      [
        ['proxy_get_shared_data', name, 1, out, out + 4, out + 8],
        ['proxy_set_shared_data', name, 1, value, 1, 77],
        ['proxy_set_shared_data', name, 1, value, 2, 5],
        ['proxy_get_shared_data', name, 1, out, out + 4, out + 8],
      ],
      { data: { [name]: 'k', [value]: 'vw' } },
    )
    expect(ran.statuses).toEqual(['NotFound', 'Ok', 'CasMismatch', 'Ok'])
    expect([outValue(ran.hostCalls[3], 'value'), outValue(ran.hostCalls[3], 'cas')]).toEqual(['v', 1])
  })

  test('numbers, kinds and edges of metrics are as seen on Envoy', () => {
    const ran = runCalls(
      [
        ['proxy_define_metric', 0, name, 1, out],
        ['proxy_define_metric', 1, name + 1, 1, out],
        ['proxy_define_metric', 2, name + 2, 1, out],
        ['proxy_define_metric', 0, name, 1, out],
        ['proxy_increment_metric', 4, 5n],
        ['proxy_increment_metric', 4, -2n],
        ['proxy_increment_metric', 4, 0n],
        ['proxy_record_metric', 8, 10n],
        ['proxy_get_metric', 4, out],
        ['proxy_increment_metric', 5, -5n],
        ['proxy_get_metric', 5, out],
        ['proxy_increment_metric', 6, 1n],
        ['proxy_get_metric', 6, out],
        ['proxy_record_metric', 6, 1n],
        ['proxy_increment_metric', 9999, 1n],
        ['proxy_record_metric', 9999, 1n],
        ['proxy_get_metric', 400, out],
      ],
      { data: { [name]: 'cgh' } },
    )
    expect(ran.hostCalls.slice(0, 4).map((each) => outValue(each, 'id'))).toEqual([4, 5, 6, 8])
    expect(ran.statuses.slice(4)).toEqual([
      'Ok',
      'BadArgument',
      'BadArgument',
      'Ok',
      'Ok',
      'Ok',
      'Ok',
      'BadArgument',
      'BadArgument',
      'Ok',
      'BadArgument',
      'NotFound',
      'NotFound',
    ])
    expect([outValue(ran.hostCalls[8], 'value'), outValue(ran.hostCalls[10], 'value')]).toEqual([15n, -5n])
  })
})

describe('foreign functions', () => {
  const foreign = (fn: string, family: 'higress' | 'envoy' = 'higress') =>
    runCalls([['proxy_call_foreign_function', name, fn.length, 0, 0, out, out + 4]], { family, data: { [name]: fn } })

  test('get_log_level is four bytes on Higress and unknown on Envoy', () => {
    const arg = foreign('get_log_level').hostCalls[0]?.out[0]
    expect(arg?.kind === 'bytes' && [...arg.value]).toEqual([2, 0, 0, 0])
    expect(foreign('get_log_level', 'envoy').hostCalls[0]).toMatchObject({ status: 'NotFound' })
  })

  test('an unknown name is NotFound', () => {
    expect(foreign('nope').hostCalls[0]).toMatchObject({
      status: 'NotFound',
      reason: { code: 'unknown-name', name: 'nope' },
    })
  })

  test('clear_route_cache acts on a stream; without one it is Ok and does nothing', () => {
    expect(foreign('clear_route_cache').host.effects).toEqual(['clear route cache'])
    const ran = runCalls([['proxy_call_foreign_function', name, 17, 0, 0, 0, 0]], {
      at: 'proxy_on_tick',
      data: { [name]: 'clear_route_cache' },
    })
    expect(ran.statuses).toEqual(['Ok'])
  })
})

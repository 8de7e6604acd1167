import { describe, expect, test } from 'vitest'
import { TestMap, tryWorld, type WorldOptions, world } from '../../src/sandbox/vm/test-world.ts'
import { buildGuest, goMissing } from './build-guest.ts'

describe.skipIf(goMissing)(
  'proxywasm of the Higress SDK: configuration, headers, properties, local reply',
  { timeout: 120_000 },
  () => {
    const wasm = goMissing === undefined ? buildGuest('headers') : new Uint8Array()
    const start = (configuration: string, options: WorldOptions = {}) => {
      const made = world(wasm, { configuration, logLevel: 'debug', ...options })
      made.host.maps.set(
        0,
        new TestMap([
          [':authority', 'a'],
          ['x-secret', Buffer.from('空 ü').toString('latin1')],
        ]),
      )
      made.host.attributes.set('route_name', { kind: 'string', value: 'httpbin' })
      return made
    }

    test('it is a 0_2_100 module, and reads both configurations at start', () => {
      const made = start('{"a":1}', { vmConfiguration: 'of the vm' })
      expect(made.vm.module.abi).toBe('0_2_100')
      expect(made.logs()).toEqual(['debug: vm start 9 "of the vm" <nil>', 'info: started with {"a":1}'])
    })

    test('an empty configuration is not found; a refused one stops the start', () => {
      expect(start('').logs()).toEqual([
        'debug: vm start 0 "" error status returned by host: not found',
        'warn: no configuration: error status returned by host: not found',
      ])
      expect(tryWorld(wasm, { configuration: 'refuse' }).failure).toBeDefined()
    })

    test('headers and properties are read and written, and errors have the texts of the SDK', () => {
      const made = start('hold')
      expect(made.stream.requestHeaders(2, false)).toEqual({ kind: 'returned', value: 4, replied: false })
      expect(made.logs().slice(2)).toEqual([
        'info: request 2 2 false [[:authority a] [x-secret 空 ü]] <nil>',
        'info: |error status returned by host: not found',
        'info: |error status returned by host: bad argument',
        'info: httpbin|<nil>',
        'info: |path must not be empty',
        'info: |<nil>',
        'info: |data must not be empty',
        'info: value|<nil>',
        'info: |<nil>',
        'info: |<nil>',
        'info: 1|<nil>',
        'info: |<nil>',
        'info: |<nil>',
        'info: |<nil>',
      ])
      expect(made.host.maps.get(0)?.list).toEqual([
        [':authority', 'a'],
        ['x-many', '1'],
        ['x-many', '2'],
        ['x-one', ''],
      ])
    })

    test('a local reply carries status, details, headers and body', () => {
      const made = start('reply')
      expect(made.stream.requestHeaders(2, true)).toEqual({ kind: 'returned', value: 0, replied: true })
      expect(made.host.replies[0]).toMatchObject({ status: 403, details: '' })
      const detail = start('detail')
      detail.stream.requestHeaders(2, true)
      expect(detail.host.replies[0]).toMatchObject({ status: 200, details: 'headers.detail', headers: [] })
    })

    test('a whole map is replaced', () => {
      const made = start('replace')
      made.stream.requestHeaders(2, true)
      expect(made.host.maps.get(0)?.list).toEqual([
        [':authority', 'b'],
        ['k', 'v'],
      ])
    })
  },
)

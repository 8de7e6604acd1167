import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EnvoyHeaderMap, lowerCase } from './header-map.ts'

describe('Envoy header map (envoy-observed.md k)', () => {
  test('get gives the first of several values, pairs gives all', () => {
    const map = new EnvoyHeaderMap('request', [['a', '1'], ['a', '2']]) // biome-ignore format: pairs
    expect(map.get('a')).toBe('1')
    expect(map.pairs()).toEqual([['a', '1'], ['a', '2']]) // biome-ignore format: pairs
  })

  test.each([
    ['user-agent', 't', 'second', 't,second'],
    ['content-type', 'text/a', 'text/b', 'text/a,text/b'],
    [':path', '/p?x=1', '/added', '/p?x=1,/added'],
  ])('adding %s joins', (name, first, second, joined) => {
    const map = new EnvoyHeaderMap('request', [[name, first]])
    map.add(name, second)
    expect(map.pairs()).toEqual([[name, joined]])
  })

  test('cookie and set-cookie do not join', () => {
    const request = new EnvoyHeaderMap('request', [['cookie', 'a'], ['cookie', 'b']]) // biome-ignore format: pairs
    const response = new EnvoyHeaderMap('response', [['set-cookie', 'a'], ['set-cookie', 'b']]) // biome-ignore format: pairs
    expect(request.size).toBe(2)
    expect(response.size).toBe(2)
  })

  test('replace collapses duplicates and adds what is absent', () => {
    const map = new EnvoyHeaderMap('request', [['a', '1'], ['b', 'x'], ['a', '2']]) // biome-ignore format: pairs
    map.replace('a', '3')
    map.replace('c', 'new')
    expect(map.pairs()).toEqual([['b', 'x'], ['a', '3'], ['c', 'new']]) // biome-ignore format: pairs
  })

  test('names are stored in lower case, looked up in any, and bytes above 0x7f stay', () => {
    const map = new EnvoyHeaderMap('request', [['X-\u00c0', 'v']])
    expect(map.get('x-\u00c0')).toBe('v')
    expect(lowerCase('\u00c0A')).toBe('\u00c0a')
  })

  test('host is :authority on requests only', () => {
    const request = new EnvoyHeaderMap('request', [[':authority', 'a']])
    request.replace('Host', 'b')
    expect(request.pairs()).toEqual([[':authority', 'b']])
    const response = new EnvoyHeaderMap('response', [['host', 'a']])
    expect(response.get(':authority')).toBeUndefined()
  })

  test('pseudo headers come first whenever they are added', () => {
    const map = new EnvoyHeaderMap('request', [['a', '1']])
    map.add(':path', '/')
    map.add(':method', 'GET')
    expect(map.pairs().map(([name]) => name)).toEqual([':path', ':method', 'a'])
  })

  test('a list that was handed out never changes', () => {
    const name = fc.constantFrom('a', 'b', ':path', 'user-agent', 'Host')
    const write = fc.tuple(fc.constantFrom('add' as const, 'replace' as const, 'remove' as const), name, fc.string())
    fc.assert(
      fc.property(fc.array(write), (writes) => {
        const map = new EnvoyHeaderMap('request', [['a', '0'], [':path', '/']]) // biome-ignore format: pairs
        for (const [op, key, value] of writes) {
          const before = map.pairs()
          const copy = structuredClone(before)
          if (op === 'remove') map.remove(key)
          else map[op](key, value)
          expect(before).toEqual(copy)
        }
        expect(map.byteSize()).toBe(map.pairs().reduce((sum, [key, value]) => sum + key.length + value.length, 0))
      }),
    )
  })
})

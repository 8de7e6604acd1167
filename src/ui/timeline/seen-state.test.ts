import { expect, test } from 'vitest'
import { bytes, get, TraceFixture } from './fixture.ts'
import { seenValues } from './seen-state.ts'

const text = (value: Uint8Array | undefined) => value && new TextDecoder().decode(value)
const trace = () =>
  new TraceFixture('p')
    .request(get, true)
    .callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
      f
        .call('proxy_get_property', [bytes('path', 'request\0path')], [bytes('value', '/get')])
        .call('proxy_get_property', [bytes('path', 'nothing')], [], 'NotFound', 1)
        .call('proxy_set_property', [bytes('path', 'mine'), bytes('value', '1')])
        .call('proxy_set_shared_data', [bytes('key', 'k'), bytes('value', 'v')]),
    )
    .callback(0, 'proxy_on_response_headers', 0, 'Continue', (f) =>
      f.call('proxy_set_property', [bytes('path', 'mine'), bytes('value', '2')]),
    )
    .end()
const brief = (...given: Parameters<typeof seenValues>) =>
  seenValues(...given).map(({ name, how, value, status }) => `${how} ${name} ${text(value) ?? status}`)

test('at an event the properties stand as the plugins saw them last', () => {
  const { records } = trace()
  expect(brief(records, 'properties', 4, 'event')).toEqual([
    'read request.path /get',
    'read nothing NotFound',
    'set mine 1',
  ])
  expect(brief(records, 'properties', 2, 'event')).toEqual(['read request.path /get'])
})

test('a callback has its own, and the whole run the last of each', () => {
  const { records } = trace()
  expect(brief(records, 'properties', 8, 'callback')).toEqual(['set mine 2'])
  expect(brief(records, 'properties', 2, 'run').at(-1)).toBe('set mine 2')
  expect(brief(records, 'shared', 8, 'event')).toEqual(['set k v'])
})

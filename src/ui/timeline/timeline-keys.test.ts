import { expect, test } from 'vitest'
import { bytes, gateTrace, requestMap, TraceFixture } from './fixture.ts'
import { relatedRows } from './relations.ts'
import { defaultScope, scopesOf } from './scopes.ts'
import { timelineOf } from './timeline.ts'
import { timelineKey } from './timeline-keys.ts'

function timeline(trace: TraceFixture) {
  const scope = defaultScope(scopesOf(trace.view()))
  if (scope === undefined) throw new Error('no scope')
  return timelineOf(trace.view(), scope)
}
const { rows, flow } = timeline(gateTrace())
const press = (key: string, selected: number, goes = false) =>
  timelineKey(key, { rows, flow, selected, goes, page: 10 })

test.each([
  ['ArrowDown', 0, 1],
  ['j', 0, 1],
  ['ArrowUp', 0, 0],
  ['k', 3, 2],
  ['Home', 5, 0],
  ['End', 0, rows.length - 1],
  ['PageDown', 0, 10],
  ['n', 1, 6],
  ['N', 6, 1],
  [']', 1, 5],
  ['[', 5, 1],
  ['ArrowRight', 1, 2],
  ['ArrowRight', 2, 4],
  ['ArrowLeft', 2, 1],
])('%s on row %d selects row %d', (key, from, row) => {
  expect(press(key, from)).toEqual({ kind: 'select', row })
})

test('g then w goes to the end of the wait', () => {
  expect(press('g', 2)).toEqual({ kind: 'go' })
  expect(press('w', 3, true)).toEqual({ kind: 'select', row: 5 })
  expect(press('w', 3)).toBeUndefined()
})

test('folds open to the right and close to the left', () => {
  const trace = new TraceFixture('p').request([], true).callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) => {
    for (const key of ['a', 'b', 'c', 'd']) f.call('proxy_get_header_map_value', [requestMap, bytes('key', key)])
  })
  const folded = timeline(trace)
  const at = { rows: folded.rows, flow: folded.flow, selected: 2, goes: false, page: 10 }
  expect(timelineKey('ArrowRight', at)).toMatchObject({ kind: 'fold' })
  expect(timelineKey('ArrowLeft', at)).toEqual({ kind: 'select', row: 1 })
})

test('keys it does not know stay with the page', () => {
  expect(press('x', 0)).toBeUndefined()
  expect(press('Tab', 0)).toBeUndefined()
})

test('a callout and its reply belong together', () => {
  expect([...relatedRows(flow, 2)]).toContain(4)
  expect([...relatedRows(flow, 4)]).toContain(2)
})

import { expect, test } from 'vitest'
import { get, helloTrace, mockTrace, TraceFixture } from './fixture.ts'
import { freshRows } from './fresh-rows.ts'
import { scopesOf } from './scopes.ts'
import { timelineOf } from './timeline.ts'

function rowsOf(trace: TraceFixture) {
  const view = trace.view()
  const scope = scopesOf(view).at(-1)
  if (scope === undefined) throw new Error('The fixture has no exchange')
  return timelineOf(view, scope)
}

const run = (value: string) =>
  new TraceFixture('p')
    .request(get, true)
    .callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
      f.event({ type: 'log', level: 'info', message: value, via: 'host', shown: true }, 0),
    )

test('the same run again has no fresh rows', () => {
  expect(freshRows(rowsOf(helloTrace()), rowsOf(helloTrace())).size).toBe(0)
})

test('one line that differs is one fresh row', () => {
  const after = rowsOf(run('b'))
  const fresh = freshRows(rowsOf(run('a')), after)
  expect(after.rows.filter((row) => fresh.has(row.key)).map(({ kind }) => kind)).toEqual(['log'])
})

test('a run with other lanes is not compared', () => {
  expect(freshRows(rowsOf(helloTrace()), rowsOf(mockTrace())).size).toBe(0)
})

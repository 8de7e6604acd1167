import { expect, test } from 'vitest'
import type { TraceView } from '../../model/trace.ts'
import { bytes, gateTrace, get, helloTrace, requestMap, TraceFixture } from '../timeline/fixture.ts'
import { defaultScope, scopesOf } from '../timeline/scopes.ts'
import { timelineOf } from '../timeline/timeline.ts'
import { lineNotes } from './line-notes.ts'

/** Every host call stands on the line that `lines` gives its function, every handler on line 1. */
function notesOf(view: TraceView, lines: Readonly<Record<string, number>>) {
  const scope = defaultScope(scopesOf(view))
  if (scope === undefined) throw new Error('nothing ran')
  const timeline = timelineOf(view, scope)
  const ofCall = (seq: number) => {
    const { event } = view.record(seq)
    const line = event.type === 'host.call' ? lines[event.fn] : undefined
    return line === undefined ? undefined : { path: 'p', line }
  }
  const ofHandler = (_: string, callback: string) =>
    callback === 'proxy_on_request_headers' ? { path: 'p', line: 1 } : undefined
  return lineNotes(timeline, view.plugins, { ofCall, ofHandler })
}

test('a handler has the mark of what it returned, a call a dot', () => {
  expect(notesOf(helloTrace().view(), { proxy_add_header_map_value: 2 })).toMatchObject([
    { line: 1, mark: 'continue', handles: 'on_request_headers', text: undefined },
    { line: 2, mark: undefined, bad: false, text: undefined, calls: ['proxy_add_header_map_value'] },
  ])
})

test('of several calls in one line the one that failed is told, and what the others were', () => {
  const notes = notesOf(gateTrace().view(), { proxy_http_call: 7, proxy_continue_stream: 7 })
  expect(notes.find(({ line }) => line === 7)).toMatchObject({
    bad: true,
    text: 'BadArgument',
    calls: ['proxy_http_call', 'proxy_continue_stream'],
  })
})

test('a resume says so', () => {
  const notes = notesOf(gateTrace().view(), { proxy_continue_stream: 9 })
  expect(notes.find(({ line }) => line === 9)).toMatchObject({ text: { key: 'run.line.resumes' } })
})

test('what a line read stands behind it; nothing found is no failure', () => {
  const read = (status: string, code: number) =>
    new TraceFixture('reader')
      .request(get, true)
      .callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
        f.call(
          'proxy_get_header_map_value',
          [requestMap, bytes('key', 'x-a')],
          code === 0 ? [bytes('value', 'ann')] : [],
          status,
          code,
        ),
      )
      .end()
      .view()
  const note = (view: TraceView) => notesOf(view, { proxy_get_header_map_value: 3 }).find(({ line }) => line === 3)
  expect(note(read('Ok', 0))).toMatchObject({ text: '"ann"', bad: false })
  expect(note(read('NotFound', 1))).toMatchObject({ text: 'NotFound', bad: false })
})

test('a call without a line of the plugin’s own has no note', () => {
  expect(notesOf(helloTrace().view(), {}).map(({ line }) => line)).toEqual([1])
})

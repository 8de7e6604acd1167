import { expect, test } from 'vitest'
import { closeFrame, encodeFrame, opcodes } from '../../model/websocket.ts'
import { TraceFixture } from './fixture.ts'
import { defaultScope, scopesOf } from './scopes.ts'
import { timelineOf } from './timeline.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const said = (text: string) => encodeFrame(opcodes.text, utf8(text), 'client')

/** What the rows of these pieces say, sent by the client once the service has answered with this status. */
function rowsOf(status: string, pieces: readonly Uint8Array[]): unknown[] {
  const fixture = new TraceFixture('chat')
    .event({ type: 'request.headers', listener: 'main', protocol: 'h1', headers: [[':path', '/chat']], endOfStream: false }) // biome-ignore format: one event
    .event({ type: 'upstream.response', cluster: 'chat', headers: [[':status', status]], endOfStream: false })
  for (const data of pieces) fixture.event({ type: 'request.body', data, endOfStream: false })
  const view = fixture.end().view()
  const scope = defaultScope(scopesOf(view))
  if (scope === undefined) throw new Error('no scope')
  const rows = timelineOf(view, scope).rows.flatMap((row) => (row.kind === 'message' ? [[row.title, row.say[0]]] : []))
  return rows.slice(2)
}

test('behind the switch a frame shows what it says, unmasked', () => {
  const ping = encodeFrame(opcodes.ping, utf8('x'), 'client')
  expect(rowsOf('101', [said('hello'), ping, closeFrame(1000, 'client')])).toEqual([
    ['"hello"', { key: 'run.row.frame', params: { size: '5 B' } }],
    ['"x"', { key: 'run.row.framePing', params: { size: '1 B' } }],
    ['', { key: 'run.row.frameCloses', params: { status: 1000 } }],
  ])
})

test.each([
  ['a part of a frame', '101', said('hello').subarray(0, 8)],
  ['two frames at once', '101', Uint8Array.from([...said('a'), ...said('b')])],
  ['a body that only looks like one', '200', said('hello')],
])('%s is bytes', (_name, status, data) => {
  expect(rowsOf(status, [data])).toMatchObject([['', { key: 'run.row.body' }]])
})

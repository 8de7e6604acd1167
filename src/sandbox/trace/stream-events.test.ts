import { describe, expect, test } from 'vitest'
import type { StreamId } from '../../model/brand.ts'
import type { HeaderList } from '../../model/http.ts'
import type { AccessLogEntry } from './access-log.ts'
import { Recorder, type RecorderOptions } from './recorder.ts'
import { openTrace } from './view.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

const request = (id: number): HeaderList => [
  [':method', 'GET'],
  [':path', id % 3 === 0 ? '/other' : '/get'],
  ['x-request-id', `0123456789abcdef-${id}`],
]
const response: HeaderList = [
  [':status', '200'],
  ['server', 'istio-envoy'],
]

const entry = (id: number): AccessLogEntry => ({
  profile: 'higress-2.2',
  startMs: Date.UTC(2026, 0, 1) + id,
  durationMs: id,
  protocol: 'HTTP/1.1',
  requestHeaders: request(id),
  responseHeaders: response,
  status: 200,
  flags: id === 2 ? 'UT' : '',
  details: 'via_upstream',
  bytesReceived: 0,
  bytesSent: 4,
  routeName: 'r',
  cluster: 'c',
  upstreamHost: '10.0.0.2:80',
  upstreamLocalAddress: '10.0.0.1:40000',
  downstreamLocalAddress: '127.0.0.1:10000',
  downstreamRemoteAddress: '127.0.0.1:50000',
  upstreamTransportFailureReason: '',
  filterState: new Map([['k', 'v']]),
})

/** What every request tells, by the short way or as event objects. */
function tell(short: boolean, options: Partial<RecorderOptions> = {}): Recorder {
  const made = new Recorder({ clock: { now: 7 }, clockStart: 0n, ...options })
  for (let id = 1; id < 8; id++) {
    const stream = id as StreamId
    const headers = request(id)
    const data = bytes(`body${id}`)
    const end = entry(id)
    if (short) {
      const { streams } = made
      streams.requestHeaders(stream, 'main', 'h1', headers, true)
      streams.requestBody(stream, data, false)
      streams.upstreamRequestBody(stream, data, true)
      streams.chainHeaders(stream, 'request', headers)
      streams.route(stream, 'r', 'c')
      streams.upstreamRequest(stream, 'c', '10.0.0.2:80', headers, true)
      streams.upstreamResponse(stream, 'c', response, false)
      streams.chainHeaders(stream, 'response', response)
      streams.responseHeaders(stream, response, false)
      streams.upstreamResponseBody(stream, 'c', data, true)
      streams.responseBody(stream, data, true)
      streams.end(stream, 'complete', end)
      continue
    }
    made.record({ type: 'request.headers', listener: 'main', protocol: 'h1', headers, endOfStream: true }, stream)
    made.record({ type: 'request.body', data, endOfStream: false }, stream)
    made.record({ type: 'upstream.request.body', data, endOfStream: true }, stream)
    made.record({ type: 'chain.headers', direction: 'request', headers }, stream)
    made.record({ type: 'route', name: 'r', cluster: 'c' }, stream)
    const upstream = { cluster: 'c', host: '10.0.0.2:80', headers, endOfStream: true }
    made.record({ type: 'upstream.request', ...upstream }, stream)
    made.record({ type: 'upstream.response', cluster: 'c', headers: response, endOfStream: false }, stream)
    made.record({ type: 'chain.headers', direction: 'response', headers: response }, stream)
    made.record({ type: 'response.headers', headers: response, endOfStream: false }, stream)
    made.record({ type: 'upstream.response.body', cluster: 'c', data, endOfStream: true }, stream)
    made.record({ type: 'response.body', data, endOfStream: true }, stream)
    const { details, flags } = end
    made.record({ type: 'stream.end', ended: 'complete', details, flags, accessLog: end }, stream)
  }
  return made
}

const read = (made: Recorder) => {
  const view = openTrace(made.data())
  return { hash: view.hash, records: Array.from({ length: view.length }, (_, index) => view.record(index)) }
}

describe('what every request tells', () => {
  test('comes back as the same events told as objects, with the same hash', () => {
    expect(read(tell(true))).toEqual(read(tell(false)))
  })

  test.each([1, 9, 10, 34, 69])(
    'a trace cut at %i events keeps the same ones and the hash of the whole',
    (maxEvents) => {
      const cut = read(tell(true, { maxEvents }))
      expect(cut).toEqual(read(tell(false, { maxEvents })))
      expect(cut.hash).toBe(read(tell(false)).hash)
    },
  )

  test('is not kept when recording is off', () => {
    expect(tell(true, { enabled: false }).data().length).toBe(0)
  })

  test('the memory of a trace that was taken serves the next one, and the trace stays what it was', () => {
    const first = tell(true)
    const taken = first.data()
    first.release()
    const second = tell(false)
    expect(openTrace(taken).record(3)).toEqual(openTrace(second.data()).record(3))
    expect(taken.hash).toBe(second.data().hash)
  })
})

import { expect, test } from 'vitest'
import { clusterSchema } from '../../model/project/cluster-schema.ts'
import { upstreamOf } from './from-cluster.ts'
import { FrameReader, framed } from './grpc.ts'
import type { UpstreamRequest } from './types.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const context = { nowMs: 0, random: (count: number) => new Uint8Array(count) }
const cluster = clusterSchema.parse({
  kind: 'grpc',
  replies: {
    'a.B/Say': { echo: true, messages: [{ data: 'hello', delay: '2ms' }], delay: '1ms', trailers: { 'X-T': '1' } },
    'a.B/Fail': { end: 'headers', status: 5, message: 'no – such' },
    'a.B/Broken': { end: 'reset', messages: [{ data: 'half' }] },
    'a.B/Silent': { end: 'silent' },
  },
})
const request = (path: string): UpstreamRequest => ({
  method: 'POST',
  path,
  authority: 'x',
  scheme: 'http',
  protocol: 'h2',
  headers: [],
  body: framed(bytes('question')),
  trailers: [],
  peer: '',
})

test('a cluster of kind grpc is spoken to over HTTP/2', () => {
  expect(cluster.protocol).toBe('h2')
})

test('a client that is routed to the service gets its messages, status and trailers', () => {
  expect(upstreamOf(cluster)(request('/a.B/Say'), context)).toMatchObject({
    kind: 'response',
    headers: [
      [':status', '200'],
      ['content-type', 'application/grpc'],
    ],
    chunks: [
      { data: framed(bytes('question')), after: 0 },
      { data: framed(bytes('hello')), after: 3e6 },
    ],
    trailers: [
      ['grpc-status', '0'],
      ['x-t', '1'],
    ],
  })
})

test('a failure stands in the headers, its message percent-encoded', () => {
  expect(upstreamOf(cluster)(request('/a.B/Fail'), context)).toMatchObject({
    headers: [
      [':status', '200'],
      ['content-type', 'application/grpc'],
      ['grpc-status', '5'],
      ['grpc-message', 'no %E2%80%93 such'],
    ],
    chunks: [],
    trailers: [],
  })
})

test.each([
  ['/a.B/Broken', { kind: 'response', resetAtEnd: true }],
  ['/a.B/Silent', { kind: 'hang' }],
  // Not something every object has.
  ['/constructor', { headers: expect.arrayContaining([['grpc-status', '12']]) }],
])('%s', (path, answer) => {
  expect(upstreamOf(cluster)(request(path), context)).toMatchObject(answer)
})

test('messages are found however the bytes are cut', () => {
  const whole = Uint8Array.from([...framed(bytes('one')), ...framed(bytes('')), ...framed(bytes('three'))])
  for (let cut = 0; cut <= whole.length; cut++) {
    const reader = new FrameReader()
    const found = [reader.add(whole.subarray(0, cut)), reader.add(whole.subarray(cut))].flat()
    expect(found).toEqual(['one', '', 'three'].map((text) => ({ data: bytes(text), compressed: false })))
  }
  expect(new FrameReader().add(bytes('text'))).toBe('broken')
})

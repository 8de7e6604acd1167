import { describe, expect, test } from 'vitest'
import { clusterSchema } from '../../model/project/cluster-schema.ts'
import type { Behaviour, Cluster } from '../../model/project/types.ts'
import { upstreamOf } from './from-cluster.ts'
import type { UpstreamContext, UpstreamRequest } from './types.ts'

const context: UpstreamContext = { nowMs: 0, random: (count) => new Uint8Array(count) }
const get: UpstreamRequest = {
  method: 'GET',
  path: '/a?x=1',
  authority: 'a.example',
  scheme: 'https',
  protocol: 'h1',
  headers: [['x-a', '1']],
  body: new Uint8Array(),
  trailers: [],
  peer: '10.0.0.1:5',
}
const utf8 = (text: string) => new TextEncoder().encode(text)
const fixed = { kind: 'fixed', status: 200, headers: [], trailers: [], delay: 0, at: 'afterBody' } as const

function run(cluster: Partial<Cluster> & Behaviour, request: Partial<UpstreamRequest> = {}) {
  return upstreamOf({ protocol: 'h1', ...cluster })({ ...get, ...request }, context)
}

describe('fixed', () => {
  test('a whole body is announced by its length and delayed', () => {
    expect(run({ ...fixed, headers: [['X-User', 'ann']], body: utf8('ok'), delay: 20e6 })).toEqual({
      kind: 'response',
      headers: [
        [':status', '200'],
        ['x-user', 'ann'],
        ['content-length', '2'],
      ],
      delay: 20e6,
      chunks: [{ data: utf8('ok'), after: 0 }],
      trailers: [],
      at: 'afterBody',
    })
  })

  test.each<[string, Partial<typeof fixed> & object, string | undefined]>([
    ['a length of its own is kept, even a wrong one', { headers: [['content-length', '9']] as never }, '9'],
    ['204 has none', { status: 204 as never }, undefined],
    ['trailers need chunks', { trailers: [['x-t', '1']] as never }, undefined],
    ['no body has length 0', {}, '0'],
  ])('%s', (_name, change, length) => {
    const reply = run({ ...fixed, ...change })
    expect(reply.kind === 'response' && reply.headers.find(([name]) => name === 'content-length')?.[1]).toBe(length)
  })

  test('HEAD gets the headers and no body', () => {
    const reply = run({ ...fixed, body: utf8('ok') }, { method: 'HEAD' })
    expect(reply).toMatchObject({
      chunks: [],
      headers: [
        [':status', '200'],
        ['content-length', '2'],
      ],
    })
  })
})

test('stream sends its chunks with their delays and no length', () => {
  const chunks = [
    { data: utf8('a'), delay: 5e6 },
    { data: utf8('b'), delay: 7e6 },
  ]
  expect(run({ ...fixed, kind: 'stream', chunks })).toMatchObject({
    headers: [[':status', '200']],
    chunks: [
      { data: utf8('a'), after: 5e6 },
      { data: utf8('b'), after: 7e6 },
    ],
  })
})

test('echo reflects the request as JSON in a fixed order', () => {
  const reply = run({ kind: 'echo' }, { body: utf8('é') })
  const body = reply.kind === 'response' ? new TextDecoder().decode(reply.chunks[0]?.data) : ''
  expect(Object.keys(JSON.parse(body) as object)).toEqual([
    'method',
    'path',
    'authority',
    'scheme',
    'protocol',
    'headers',
    'body',
    'trailers',
  ])
  expect(JSON.parse(body)).toMatchObject({ method: 'GET', path: '/a?x=1', headers: [['x-a', '1']], body: 'é' })
})

test('echo shows bytes that are no text as base64', () => {
  const reply = run({ kind: 'echo' }, { body: Uint8Array.of(255, 0) })
  const body = reply.kind === 'response' ? new TextDecoder().decode(reply.chunks[0]?.data) : ''
  expect(JSON.parse(body)).toMatchObject({ body: { base64: '/wA=' } })
})

test('the ways not to answer', () => {
  expect(run({ kind: 'unreachable' })).toEqual({
    kind: 'unreachable',
    detail: 'delayed connect error: Connection refused',
  })
  expect(run({ kind: 'reset', delay: 3 })).toEqual({ kind: 'reset', delay: 3 })
  expect(run({ kind: 'hang' })).toEqual({ kind: 'hang' })
})

test('a kind that is not built yet names Proxyground as the reason', () => {
  expect(upstreamOf({ kind: 'tcp', chunks: [], echo: false, protocol: 'h1' })(get, context)).toEqual({
    kind: 'unreachable',
    detail: 'not in Proxyground yet: clusters of kind tcp',
  })
})

describe('rules', () => {
  const rule = (when: object, answer: Behaviour) =>
    Object.fromEntries([
      ['when', { headers: [], query: [], ...when }],
      ['then', answer],
    ])
  const cluster = clusterSchema.parse({
    kind: 'rules',
    protocol: 'h1',
    rules: [
      rule({ method: 'POST' }, { ...fixed, status: 201 }),
      rule({ path: '/a', headers: [['X-A', '2']] }, { ...fixed, status: 202 }),
      rule({ prefix: '/a', host: 'a.example' }, { ...fixed, status: 203 }),
      rule({ query: [['q', 'a b']] }, { ...fixed, status: 204 }),
      rule({ body: { contains: 'needle' } }, { ...fixed, status: 205 }),
      rule({ body: 'exactly' }, { ...fixed, status: 206 }),
      rule({}, { kind: 'hang' }),
    ],
  })
  test.each<[string, Partial<UpstreamRequest>, string]>([
    ['method', { method: 'POST' }, '201'],
    ['path without query, and a header', { headers: [['x-a', '2']] }, '202'],
    ['prefix and host', {}, '203'],
    ['an argument', { authority: 'b.example', path: '/?x=1&q=a+b' }, '204'],
    ['a part of the body', { authority: 'b.example', body: new TextEncoder().encode('a needle.') }, '205'],
    ['the whole body', { authority: 'b.example', body: new TextEncoder().encode('exactly') }, '206'],
    ['the last one takes the rest', { authority: 'b.example' }, 'hang'],
  ])('%s', (_name, change, expected) => {
    const reply = upstreamOf(cluster)({ ...get, ...change }, context)
    expect(reply.kind === 'response' ? reply.headers[0]?.[1] : reply.kind).toBe(expected)
  })

  test('no rule, no service: 404 and empty', () => {
    expect(upstreamOf({ kind: 'rules', protocol: 'h1', rules: [] })(get, context)).toMatchObject({
      headers: [
        [':status', '404'],
        ['content-length', '0'],
      ],
      chunks: [],
    })
  })
})

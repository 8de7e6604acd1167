import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as extras from './httpbin/extras/all.ts'
import { pythonFloat } from './httpbin/python-json-parse.ts'
import { httpbin } from './httpbin.ts'
import { missedParts, providePart } from './parts.ts'
import type { UpstreamContext, UpstreamRequest } from './types.ts'

const context: UpstreamContext = { nowMs: Date.UTC(2026, 0, 1), random: (count) => new Uint8Array(count).fill(7) }
const bytes = (latin1: string) => Uint8Array.from(latin1, (char) => char.charCodeAt(0))
const latin1 = (data: Uint8Array) => [...data].map((byte) => String.fromCharCode(byte)).join('')

/** Longer than a piece of a Brotli stream. */
const repeat = (few: Uint8Array) => Uint8Array.from({ length: 150_000 }, (_, i) => few[i % few.length] ?? 0)

function request(path: string, change: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return {
    method: 'GET',
    path,
    authority: 'httpbin.example:8080',
    scheme: 'http',
    protocol: 'h1',
    headers: [],
    body: new Uint8Array(),
    trailers: [],
    peer: '127.0.0.1:40000',
    ...change,
  }
}

function ask(path: string, change?: Partial<UpstreamRequest>) {
  const reply = httpbin(request(path, change), context)
  if (reply.kind !== 'response') throw new Error(`httpbin answered ${reply.kind}`)
  const [status, ...headers] = reply.headers
  return {
    ...reply,
    status: Number(status?.[1]),
    headers,
    body: latin1(Buffer.concat(reply.chunks.map(({ data }) => data))),
  }
}

describe('what a recording cannot show', () => {
  test('a redirect without a url is a 500 as in 0.9.2', () => {
    expect(ask('/redirect-to').status).toBe(500)
  })

  test('the date follows the virtual clock', () => {
    expect(ask('/get').headers).toContainEqual(['date', 'Thu, 01 Jan 2026 00:00:00 GMT'])
    expect(ask('/delay/2').headers).toContainEqual(['date', 'Thu, 01 Jan 2026 00:00:02 GMT'])
  })

  test.each([
    ['/delay/1.5', 1.5e9],
    ['/delay/99', 10e9],
    ['/get', 0],
  ])('%s waits %d ns of virtual time', (path, delay) => {
    expect(ask(path).delay).toBe(delay)
  })

  test('uuid comes from the seeded generator', () => {
    expect(ask('/uuid').body).toBe('{\n  "uuid": "07070707-0707-4707-8707-070707070707"\n}\n')
  })

  test('drip spreads its bytes over the duration', () => {
    const { chunks } = ask('/drip?numbytes=4&duration=2&delay=1')
    expect(chunks.map(({ data, after }) => [data.length, after])).toEqual([
      [1, 0],
      [1, 5e8],
      [1, 5e8],
      [1, 5e8],
    ])
    expect(ask('/drip?numbytes=4&duration=2&delay=1').delay).toBe(1e9)
  })

  test('an unknown weight picks by the generator', () => {
    const low = httpbin(request('/status/200:1,500:1'), { ...context, random: (n) => new Uint8Array(n) })
    const high = httpbin(request('/status/200:1,500:1'), { ...context, random: (n) => new Uint8Array(n).fill(255) })
    expect([low, high].map((reply) => reply.kind === 'response' && reply.headers[0]?.[1])).toEqual(['200', '500'])
  })

  test('a file of the Swagger page that is not there says so instead of 404', () => {
    const reply = ask('/flasgger_static/swagger-ui.css')
    expect(reply.status).toBe(501)
    expect(reply.body).toContain('does not have /flasgger_static/swagger-ui.css yet')
  })

  test('a range with a duration pauses between its chunks', () => {
    const { chunks } = ask('/range/10?chunk_size=4&duration=5')
    expect(chunks.map(({ data, after }) => [latin1(data), after])).toEqual([
      ['abcd', 0],
      ['efgh', 2e9],
      ['ij', 3e9],
    ])
  })

  test('what is not loaded is remembered as missed, and there once it is provided', () => {
    expect(ask('/image/png').status).toBe(501)
    expect(missedParts()).toEqual(['httpbin'])
    providePart('httpbin', extras)
    expect(missedParts()).toEqual([])
    expect(ask('/image/png').status).toBe(200)
  })

  test('a digest challenge comes from the seeded generator', () => {
    providePart('httpbin', extras)
    const header = () => ask('/digest-auth/auth/u/p').headers.find(([name]) => name === 'www-authenticate')?.[1]
    expect(header()).toMatch(/^Digest realm="me@kennethreitz.com", nonce="[0-9a-f]{32}", opaque="[0-9a-f]{32}"/)
    expect(header()).toBe(header())
  })

  test('whatever is packed can be unpacked', () => {
    const { brotli, deflated, gzipped } = extras
    const content = fc.oneof(
      fc.uint8Array(),
      fc.uint8Array({ minLength: 1, maxLength: 3, size: 'max' }).map((few) => repeat(few)),
    )
    fc.assert(
      fc.property(content, (data) => {
        expect(brotliDecompressSync(brotli(data)).compare(data)).toBe(0)
        expect(gunzipSync(gzipped(data, 5000)).compare(data)).toBe(0)
        expect(inflateSync(deflated(data)).compare(data)).toBe(0)
      }),
      { numRuns: 20 },
    )
  })

  test('over HTTP/2 a body needs no framing header', () => {
    const body = bytes('x')
    expect(ask('/post', { method: 'POST', protocol: 'h2', body }).body).not.toContain('Transfer-Encoding')
    expect(ask('/post', { method: 'POST', protocol: 'h1', body }).body).toContain('"Transfer-Encoding": "chunked"')
  })

  test('JSON nested beyond what Python can recurse answers 500, not an exception', () => {
    expect(ask('/post', { method: 'POST', body: bytes('['.repeat(100_000)) }).status).toBe(500)
  })

  test('any request at all is answered', () => {
    const char = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))
    const byteString = fc.array(char, { maxLength: 30 }).map((chars) => chars.join(''))
    const endpoint = fc.constantFrom(
      'get',
      'anything',
      'status',
      'delay',
      'response-headers',
      'cookies',
      'base64',
      'etag',
      'x',
    )
    const header = fc.tuple(fc.constantFrom('content-type', 'cookie', 'authorization', 'x-a', 'if-match'), byteString)
    const types = fc.constantFrom('multipart/form-data; boundary=xyz', 'application/x-www-form-urlencoded', 'a')
    fc.assert(
      fc.property(
        endpoint,
        byteString,
        fc.array(header, { maxLength: 3 }),
        types,
        byteString,
        (name, tail, headers, type, body) => {
          const reply = ask(`/${name}/${tail}`, {
            method: 'POST',
            headers: [['content-type', type], ...headers],
            body: bytes(`--xyz\r\n${body}`),
          })
          expect(reply.status).toBeGreaterThanOrEqual(0)
          for (const [name_ = '', value = ''] of reply.headers)
            expect([...name_, ...value].every((one) => one.charCodeAt(0) < 256)).toBe(true)
        },
      ),
    )
  })
})

test('a float prints as Python prints it and reads back as the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const shown = pythonFloat(value)
      expect(Number(shown)).toBe(value === 0 ? Number(shown) : value)
      expect(shown).toMatch(/^-?\d+(\.\d+)?(e[-+]\d\d+)?$/)
    }),
  )
})

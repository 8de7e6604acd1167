/** What the services behind the gateway cost by themselves: httpbin's answers, Redis' commands. Built into dist/node. */
import { bytesOf } from '../src/sandbox/abi/text.ts'
import { httpbin } from '../src/sandbox/upstream/httpbin.ts'
import { encodeCommand } from '../src/sandbox/upstream/redis/query.ts'
import { RedisServer } from '../src/sandbox/upstream/redis/server.ts'
import type { UpstreamContext, UpstreamRequest } from '../src/sandbox/upstream/types.ts'

const nowMs = Date.UTC(2026, 0, 1)

const request = (id: number): UpstreamRequest => ({
  method: 'GET',
  path: `/get?page=${id % 100}`,
  authority: 'shop.example.com',
  scheme: 'http',
  protocol: 'h1',
  headers: [
    ['user-agent', 'curl/8.1.2'],
    ['accept', '*/*'],
    ['x-forwarded-proto', 'http'],
    ['x-request-id', `0123456789abcdef-${id}`],
    ['x-envoy-original-host', 'shop.example.com'],
    ['req-start-time', '1767225600000'],
  ],
  body: new Uint8Array(),
  trailers: [],
  peer: '172.20.0.3:38888',
})

/** Answers of the httpbin mock to GET /get per second, each to a request of its own. */
export function httpbinAnswersPerSecond(count: number): number {
  const context: UpstreamContext = { nowMs, random: (length) => new Uint8Array(length) }
  let bytes = 0
  const began = performance.now()
  for (let id = 0; id < count; id++) {
    const answer = httpbin(request(id), context)
    if (answer.kind === 'response') for (const { data } of answer.chunks) bytes += data.length
  }
  const rate = (count / (performance.now() - began)) * 1000
  if (bytes < 100 * count) throw new Error('httpbin did not answer')
  return rate
}

/** Commands per second of the Redis mock, from their bytes to the bytes of their replies, one command at a time. */
export function redisCommandsPerSecond(count: number): number {
  const server = new RedisServer({ username: '', password: '', data: [], random: () => 0 })
  const session = server.connect()
  let bytes = 0
  const began = performance.now()
  for (let id = 0; id < count; id += 4) {
    const key = `key:${id % 1000}`
    for (const argv of [
      ['SET', key, `value ${id}`],
      ['GET', key],
      ['INCR', 'counter'],
      ['HSET', 'hash', key, 'field'],
    ]) {
      for (const { reply } of server.receive(session, encodeCommand(argv), nowMs).replies)
        bytes += bytesOf(reply).length
    }
  }
  const rate = (count / (performance.now() - began)) * 1000
  if (bytes < 4 * count) throw new Error('Redis did not answer')
  return rate
}

/** Port 12345 of the documents: httpbin without the gateway (workflows.md W2). */
import type { StreamId } from '../../model/brand.ts'
import { type HeaderList, headerValue } from '../../model/http.ts'
import type { ExchangeReport } from '../../model/report.ts'
import { receivedByService } from '../codec/upstream-codec.ts'
import { joined } from '../gateway/callout.ts'
import type { ClientRequest } from '../gateway/client-sender.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { addresses } from '../gateway/runtime.ts'
import { httpbin } from '../upstream/httpbin.ts'
import { messageReport } from './message-report.ts'

/** Asks httpbin, lets its time pass, and tells what the client got. Nothing of a plugin can run meanwhile but ticks. */
export function directExchange(gateway: Gateway, request: ClientRequest): ExchangeReport {
  const id = gateway.nextStream()
  const { headers, protocol, trailers } = request
  const { recorder } = gateway
  const body = joined(request.chunks.map(({ data }) => data))
  const bodyless = body.length === 0
  recorder.record({ type: 'request.headers', listener: 'httpbin', protocol, headers, endOfStream: bodyless }, id)
  if (!bodyless) recorder.record({ type: 'request.body', data: body, endOfStream: true }, id)
  const received = receivedByService(headers, body, trailers, protocol, addresses.client)
  if (typeof received === 'string') return closed(gateway, id, received === 'waiting' ? 'waiting' : 'refused')
  const random = gateway.runtime.random('httpbin direct')
  const answer = httpbin(received, {
    nowMs: gateway.clock.nowMs(),
    random: (count) => {
      const bytes = new Uint8Array(count)
      random.fill(bytes)
      return bytes
    },
  })
  if (answer.kind !== 'response') return closed(gateway, id, answer.kind === 'hang' ? 'waiting' : 'refused')
  const delay = answer.chunks.reduce((sum, { after }) => sum + after, answer.delay)
  let arrived = false
  gateway.clock.after(delay, id, () => {
    arrived = true
  })
  while (!arrived) gateway.clock.runNext()
  const data = joined(answer.chunks.map((chunk) => chunk.data))
  const empty = data.length === 0
  recorder.record({ type: 'response.headers', headers: answer.headers, endOfStream: empty }, id)
  if (!empty) recorder.record({ type: 'response.body', data, endOfStream: true }, id)
  recorder.record({ type: 'stream.end', ended: 'complete', details: '', flags: '', accessLog: '' }, id)
  return {
    ...nothing,
    outcome: 'response',
    started: empty ? 'headers' : 'body',
    ended: 'complete',
    response: response(answer.headers, data, answer.trailers),
  }
}

const nothing = { upstream: [], calls: [], redis: [], actions: [] } as const

const response = (headers: HeaderList, body: Uint8Array, trailers: HeaderList) => ({
  status: Number(headerValue(headers, ':status') ?? 0),
  ...messageReport(headers, body, trailers),
  details: '',
  flags: '',
})

/** A broken request: the server answers 400, or waits for the announced rest until the client gives up. */
function closed(gateway: Gateway, id: StreamId, why: 'refused' | 'waiting'): ExchangeReport {
  const ended = why === 'waiting' ? 'hung' : 'complete'
  const { recorder } = gateway
  const headers: HeaderList = [[':status', '400'], ['connection', 'close']] // biome-ignore format: pairs
  if (why === 'refused') recorder.record({ type: 'response.headers', headers, endOfStream: true }, id)
  recorder.record({ type: 'stream.end', ended, details: '', flags: '', accessLog: '' }, id)
  if (why === 'waiting') return { ...nothing, outcome: 'hung', started: 'none', ended }
  return {
    ...nothing,
    outcome: 'response',
    started: 'headers',
    ended,
    response: response(headers, new Uint8Array(0), []),
  }
}

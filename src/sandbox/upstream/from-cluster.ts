/** From a cluster as the project describes it to the service that answers for it. */
import { type HeaderList, headerValue } from '../../model/http.ts'
import type { Behaviour, Cluster } from '../../model/project/types.ts'
import { assertNever } from '../../model/result.ts'
import { echo } from './echo.ts'
import { grpcUpstream } from './grpc.ts'
import { handlerUpstream } from './handler.ts'
import { decodePairs } from './httpbin/url-coding.ts'
import { httpbin } from './httpbin.ts'
import type { TimedResponse, Upstream, UpstreamRequest } from './types.ts'
import { webSocketHandshake } from './websocket.ts'

/**
 * The service of a cluster. A kind that is not built yet gives an upstream that cannot be connected to, and whose
 * detail (in the trace's `upstream.reset` and in the 503's details) says that Proxyground is the reason.
 */
export function upstreamOf(cluster: Cluster): Upstream {
  switch (cluster.kind) {
    case 'rules':
      return rules(cluster.rules)
    case 'redis':
      // Its answer to the words of an HTTP request is no HTTP.
      return () => ({ kind: 'reset', delay: 0 })
    case 'grpc':
      return grpcUpstream(cluster.replies)
    case 'websocket':
      return webSocketHandshake
    case 'tcp':
      return notThereYet(cluster.kind)
    default:
      return behaviour(cluster)
  }
}

/** Marks what is missing in Proxyground, so that a finding can tell it from a service that is down. */
export const notThereMark = 'not in Proxyground yet: '

/** Why nobody answers, in Envoy's words for ECONNREFUSED. */
export const connectionRefused = 'delayed connect error: Connection refused'

const notThereYet =
  (kind: string): Upstream =>
  () => ({ kind: 'unreachable', detail: `${notThereMark}clusters of kind ${kind}` })

function behaviour(service: Behaviour): Upstream {
  switch (service.kind) {
    case 'httpbin':
      return httpbin
    case 'echo':
      return echo
    case 'fixed':
    case 'stream':
      return reply(service)
    case 'unreachable':
      return () => ({ kind: 'unreachable', detail: connectionRefused })
    case 'reset':
      return () => ({ kind: 'reset', delay: service.delay })
    case 'hang':
      return () => ({ kind: 'hang' })
    case 'handler':
      return handlerUpstream(service.file)
    default:
      return assertNever(service)
  }
}

type Reply = Extract<Behaviour, { kind: 'fixed' | 'stream' }>

/** A body given whole is announced by its length, as any HTTP service would; chunks are not. */
function reply(service: Reply): Upstream {
  const whole =
    service.kind === 'fixed' && service.chunks === undefined ? (service.body ?? new Uint8Array()) : undefined
  const chunks =
    whole !== undefined
      ? [{ data: whole, after: 0 }]
      : (service.chunks ?? []).map(({ data, delay }) => ({ data, after: delay }))
  const silent: TimedResponse = {
    kind: 'response',
    headers: [[':status', String(service.status)], ...withLength(service, whole)],
    delay: service.delay,
    chunks: [],
    trailers: [],
    at: service.at,
    ...(service.reset === true ? { end: 'lost' as const } : {}),
  }
  if (service.status === 204 || service.status === 304) return () => silent
  const trailers = lowerCase(service.trailers)
  const full: TimedResponse = { ...silent, chunks: chunks.filter(({ data }) => data.length > 0), trailers }
  return ({ method }) => (method === 'HEAD' ? silent : full)
}

function withLength(service: Reply, whole: Uint8Array | undefined): HeaderList {
  const headers = lowerCase(service.headers)
  const bodiless = service.status < 200 || service.status === 204 || service.status === 304
  const framed = headerValue(headers, 'content-length') ?? headerValue(headers, 'transfer-encoding')
  if (whole === undefined || bodiless || framed !== undefined || service.trailers.length > 0) return headers
  return [...headers, ['content-length', String(whole.length)]]
}

const lowerCase = (headers: HeaderList): HeaderList => headers.map(([name, value]) => [name.toLowerCase(), value])

type Rules = Extract<Cluster, { kind: 'rules' }>['rules']

/** The first rule whose conditions all hold answers; none: 404 with an empty body. */
function rules(list: Rules): Upstream {
  const services = list.map((rule) => ({ when: rule.when, answer: behaviour(rule.then) }))
  return (request, context) => {
    const matching = services.find(({ when }) => matches(when, request))
    if (matching !== undefined) return matching.answer(request, context)
    const headers: HeaderList = [
      [':status', '404'],
      ['content-length', '0'],
    ]
    return { kind: 'response', headers, delay: 0, chunks: [], trailers: [] }
  }
}

function matches(when: Rules[number]['when'], request: UpstreamRequest): boolean {
  const path = request.path.replace(/\?.*$/s, '')
  if (when.method !== undefined && when.method !== request.method) return false
  if (when.path !== undefined && when.path !== path) return false
  if (when.prefix !== undefined && !path.startsWith(when.prefix)) return false
  if (when.host !== undefined && when.host !== request.authority) return false
  if (!bodyFits(when.body, request.body)) return false
  const query = decodePairs(/\?(.*)$/s.exec(request.path)?.[1] ?? '')
  if (!when.query.every(([name, value]) => query.some(([key, given]) => key === name && given === value))) return false
  return when.headers.every(([name, value]) =>
    request.headers.some(([key, given]) => key === name.toLowerCase() && given === value),
  )
}

function bodyFits(wanted: Rules[number]['when']['body'], body: Uint8Array): boolean {
  if (wanted === undefined) return true
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  return typeof wanted === 'string' ? text === wanted : text.includes(wanted.contains)
}

/** A service that is a function of the project: `(request, state) => response` in a TypeScript file (design 4.6). */
import { z } from 'zod'
import type { Cluster } from '../../model/project/types.ts'
import { duration } from '../../model/project/values.ts'
import type { Handler } from './handler/engine.ts'
import { part } from './parts.ts'
import type { TimedResponse, Upstream, UpstreamContext, UpstreamRequest } from './types.ts'

type HandlerFile = Extract<Cluster, { kind: 'handler' }>['file']

/** What runs have opened; one run is over before the next begins. */
const open: Handler[] = []

/** Gives back the memory of the handlers of the run that is over. */
export function endHandlers(): void {
  for (const handler of open.splice(0)) handler.end()
}

export function handlerUpstream(file: HandlerFile): Upstream {
  let handler: Handler | undefined
  return (request, context) => {
    if (handler === undefined) {
      handler = part('handler')?.open(file.path, file.text)
      // The run is made again with the engine (entry/libraries.ts), so this answer is the last one only where it cannot be loaded.
      if (handler === undefined) return failed('The engine of handlers could not be loaded.\n')
      open.push(handler)
    }
    const problem = (why: string): TimedResponse => {
      context.log?.('error', `The handler ${file.path} did not answer: ${why}`)
      return failed(`The handler ${file.path} failed: ${why}\n`)
    }
    const { random, log } = context
    const answer = handler.answer(JSON.stringify(given(request, context)), {
      random: () => random(4).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32,
      log: (level, message) => log?.(levelOf(level), `${file.path}: ${message}`),
    })
    if (!answer.ok) return problem(answer.error)
    const reply = replySchema.safeParse(JSON.parse(answer.json))
    if (reply.success) return response(reply.data, request)
    const issue = reply.error.issues[0]
    return problem(`its answer is not one: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim())
  }
}

const levels = ['debug', 'info', 'warn', 'error'] as const
const levelOf = (text: string) => levels.find((level) => level === text) ?? 'info'

const lossy = new TextDecoder('utf-8', { ignoreBOM: true })

/** What the handler is given, as plain data. */
function given(request: UpstreamRequest, { nowMs }: UpstreamContext) {
  const { method, path, authority, scheme, protocol, headers, body, trailers } = request
  let latin1 = ''
  for (const byte of body) latin1 += String.fromCharCode(byte)
  const about = { method, path, host: authority, scheme, protocol, headers, trailers }
  return { ...about, body: lossy.decode(body), latin1, at: nowMs }
}

const content = z.union([z.strictObject({ text: z.string() }), z.strictObject({ latin1: z.string() })])
const pair = z.tuple([z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)])

const replySchema = z.strictObject({
  status: z.int().min(100).max(999).default(200),
  headers: z.array(pair).default([]),
  trailers: z.array(pair).default([]),
  body: content.optional(),
  chunks: z.array(z.strictObject({ data: content.optional(), delay: duration.default(0) })).optional(),
  delay: duration.default(0),
})

function response(reply: z.output<typeof replySchema>, { method }: UpstreamRequest): TimedResponse {
  const body = bytesOf(reply.body)
  const headers = reply.headers.map(([name, value]) => [name.toLowerCase(), value] as const)
  const chunks = reply.chunks?.map(({ data, delay }) => ({ data: bytesOf(data), after: delay }))
  const framed = headers.some(([name]) => name === 'content-length' || name === 'transfer-encoding')
  const length = chunks === undefined && !framed && reply.status >= 200 && reply.status !== 204 && reply.status !== 304
  return {
    kind: 'response',
    headers: [
      [':status', String(reply.status)],
      ...headers,
      ...(length ? [['content-length', String(body.length)] as const] : []),
    ],
    delay: reply.delay,
    chunks: method === 'HEAD' ? [] : (chunks ?? [{ data: body, after: 0 }]).filter(({ data }) => data.length > 0),
    trailers: reply.trailers.map(([name, value]) => [name.toLowerCase(), value] as const),
  }
}

function bytesOf(value: z.output<typeof content> | undefined): Uint8Array {
  if (value === undefined) return new Uint8Array()
  if ('text' in value) return new TextEncoder().encode(value.text)
  return Uint8Array.from(value.latin1, (char) => char.charCodeAt(0))
}

function failed(why: string): TimedResponse {
  const data = new TextEncoder().encode(why)
  return {
    kind: 'response',
    headers: [
      [':status', '500'],
      ['content-type', 'text/plain'],
      ['content-length', String(data.length)],
    ],
    delay: 0,
    chunks: [{ data, after: 0 }],
    trailers: [],
  }
}

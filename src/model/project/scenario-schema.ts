import { z } from 'zod'
import { err, ok } from '../result.ts'
import { byteString } from './bytes.ts'
import { expectationSchema } from './expectation-schema.ts'
import { faultFields } from './fault-schema.ts'
import { namedEntries } from './named-entries.ts'
import { pluginOverrideSchema } from './plugin-schema.ts'
import { fault, shown } from './problem.ts'
import { atom, body, duration, headerPairs } from './values.ts'

/** A URL taken apart; all parts are byte strings. `port` is 80 or 443 when the URL names none. */
export type RequestUrl = {
  readonly text: string
  readonly scheme: 'http' | 'https'
  /** Written with `ws` or `wss`: the client asks for an upgrade. */
  readonly webSocket: boolean
  /** As the client sends it in `host`: with the port when the URL has one. */
  readonly authority: string
  readonly host: string
  readonly port: number
  /** True if the URL itself names the port. */
  readonly portGiven: boolean
  /** Path and query, at least `/`. The fragment is not sent. */
  readonly path: string
}

/** Takes a URL apart without changing a byte of it, so that odd paths reach the gateway as they were written. */
export function parseRequestUrl(text: string): RequestUrl | undefined {
  const match =
    /^(http|ws)(s?):\/\/(?:[^/?#@]*@)?((\[[0-9A-Fa-f:.]+\]|[^/?#:@[\]\s]+)(?::(\d{1,5}))?)(\/[^#]*|\?[^#]*)?(#.*)?$/i.exec(
      text,
    )
  if (!match) return undefined
  const [, scheme, tls, authority = '', host = '', given, rest = '/'] = match
  const secure = tls !== ''
  const port = given === undefined ? (secure ? 443 : 80) : Number(given)
  if (port < 1 || port > 65535) return undefined
  return {
    text,
    scheme: secure ? 'https' : 'http',
    webSocket: scheme?.toLowerCase() === 'ws',
    authority: byteString(authority),
    host: byteString(host),
    port,
    portGiven: given !== undefined,
    path: byteString(rest.startsWith('/') ? rest : `/${rest}`),
  }
}

const url = atom<RequestUrl>({ type: 'string', pattern: '^(https?|wss?)://' }, (value) => {
  const parsed = typeof value === 'string' ? parseRequestUrl(value) : undefined
  return parsed ? ok(parsed) : err(fault('problem.url', { actual: shown(value) }))
})

const chunkSpec = z.union([
  z.int().min(1),
  z.strictObject({
    size: z.int().min(1),
    /** After the chunk before it. */
    after: duration.default(0),
  }),
])

/** A text message, or one that waits for the one before it. */
const messageSpec = z.union([z.string(), z.strictObject({ data: body, after: duration.default(0) })])

export const requestSchema = z.strictObject({
  /** For a later `await`. */
  id: z.string().optional(),
  method: z.string().min(1).default('GET'),
  url,
  /** Name of a listener; default: by the port in the URL, else the first HTTP listener. */
  listener: z.string().optional(),
  protocol: z.enum(['h1', 'h2']).default('h1'),
  headers: headerPairs.default([]),
  body: body.optional(),
  chunks: z.union([z.literal('each-byte'), z.array(chunkSpec)]).optional(),
  trailers: headerPairs.default([]),
  /** Asks for an upgrade to WebSocket, and says this when the service has switched. */
  messages: z.array(messageSpec).optional(),
  /** The client goes away. */
  abort: z.strictObject({ after: duration.optional(), afterBytes: z.int().min(0).optional() }).optional(),
  await: z.boolean().default(true),
  times: z.int().min(1).max(10_000).default(1),
})

/** Plugin name to override, in order. */
const overrides = namedEntries(pluginOverrideSchema)

const connectionSchema = z.strictObject({
  /** Name of a TCP listener. */
  listener: z.string(),
  send: z.array(z.strictObject({ data: body, after: duration.default(0) })).default([]),
  close: z.enum(['client', 'upstream']).optional(),
})

/** What redis-cli would send to a cluster of kind redis, past the gateway. */
const redisSchema = z.strictObject({
  /** Name of the cluster, or its service; default: the first of kind redis. */
  cluster: z.string().optional(),
  username: z.string().default(''),
  password: z.string().default(''),
  database: z.int().min(0).max(15).default(0),
  /** The words of the command. */
  command: z.array(z.union([z.string(), z.number()]).transform((word) => byteString(String(word)))).min(1),
})

/** From this step on. */
const faultSchema = z.strictObject({ cluster: z.string(), ...faultFields })

/** One step as written: one of the kinds, with or without `expect`. */
export const stepSchema = z.strictObject({
  request: requestSchema.optional(),
  await: z.string().optional(),
  advance: duration.optional(),
  configure: overrides.optional(),
  connection: connectionSchema.optional(),
  redis: redisSchema.optional(),
  fault: faultSchema.optional(),
  expect: expectationSchema.optional(),
})

/** `scenarios/<name>.yaml`. */
export const scenarioSchema = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  plugins: overrides.default([]),
  /** Choices where a real gateway's order is free, as `proxyground test --explore` found them; 0 is the usual one. */
  schedule: z.array(z.int().min(0).max(63)).max(10_000).optional(),
  steps: z.array(stepSchema).default([]),
})

import { z } from 'zod'
import { faultsSchema } from './fault-schema.ts'
import { body, duration, headerPairs, projectFile, textPairs } from './values.ts'

/** What every cluster has beside its kind. */
const cluster = {
  /** `ip:port` or `name:port` of the hosts, for `upstream.address` and logs. */
  hosts: z.array(z.string()).optional(),
  /** How the gateway speaks to it. */
  protocol: z.enum(['h1', 'h2']).default('h1'),
  /** Connect timeout; default 5 s. */
  timeout: duration.optional(),
  /** From the start; a `fault` step adds more, or ends them. */
  faults: faultsSchema.optional(),
}

const statusCode = z.int().min(100).max(999)

/** What every reply has. */
const reply = {
  status: statusCode.default(200),
  headers: headerPairs.default([]),
  trailers: headerPairs.default([]),
  /** From the moment the request was complete (`afterBody`) or its headers came (`early`) to the headers. */
  delay: duration.default(0),
  at: z.enum(['early', 'afterBody']).default('afterBody'),
  /** The connection ends after the last chunk, before the message is complete. */
  reset: z.boolean().optional(),
}

const chunk = z.strictObject({
  data: body,
  /** After the chunk before it (the first: after the headers). */
  delay: duration.default(0),
})

const chunks = z.array(chunk)

/** What a gRPC service answers to a method. */
const grpcReply = z.strictObject({
  /** HTTP status; another than 200 is a failure before gRPC. */
  http: statusCode.default(200),
  /** The answer begins when the call comes, at the first message, or when the caller has sent everything. */
  at: z.enum(['call', 'message', 'end']).default('end'),
  delay: duration.default(0),
  /** Initial metadata. */
  headers: headerPairs.default([]),
  /** Sends each message back at once. */
  echo: z.boolean().default(false),
  messages: chunks.default([]),
  /** Bytes in place of messages, with no framing. */
  raw: body.optional(),
  status: z.union([z.int().min(0), z.literal('none')]).default(0),
  message: z.string().default(''),
  /** Trailing metadata. */
  trailers: headerPairs.default([]),
  /**
   * `headers`: status and trailers stand in the headers. `data`: no status comes at all. `reset`: the stream breaks after
   * the messages. `hang`: it stays open. `refuse`: it is reset without an answer. `silent`: nothing ever comes.
   */
  end: z.enum(['trailers', 'headers', 'data', 'reset', 'hang', 'refuse', 'silent']).default('trailers'),
})

const webSocket = {
  kind: z.literal('websocket'),
  /** Sends each message back. */
  echo: z.boolean().default(true),
  /** What it says by itself once it has switched. */
  messages: chunks.default([]),
}
const fixed = { kind: z.literal('fixed'), ...reply, body: body.optional(), chunks: chunks.optional() }
const stream = { kind: z.literal('stream'), ...reply, chunks: chunks.default([]) }
const echo = { kind: z.literal('echo') }
const httpbin = { kind: z.literal('httpbin') }
const unreachable = { kind: z.literal('unreachable') }
const reset = { kind: z.literal('reset'), delay: duration.default(0) }
const hang = { kind: z.literal('hang') }
/** A function of a file in the project: `export default (request, state) => ({ status, headers, body })`. */
const handler = { kind: z.literal('handler'), file: projectFile }

/** What one rule of a `rules` cluster does: any kind of HTTP service. */
export const behaviourSchema = z.discriminatedUnion('kind', [
  z.strictObject(fixed),
  z.strictObject(stream),
  z.strictObject(echo),
  z.strictObject(httpbin),
  z.strictObject(unreachable),
  z.strictObject(reset),
  z.strictObject(hang),
  z.strictObject(handler),
])

const rule = z.strictObject({
  /** All that are given must hold. `path` is the path without query, exactly; `prefix` its start. */
  when: z
    .strictObject({
      method: z.string().optional(),
      path: z.string().optional(),
      prefix: z.string().optional(),
      host: z.string().optional(),
      headers: headerPairs.default([]),
      /** Arguments that the path must have, decoded. */
      query: textPairs.default([]),
      /** The whole body as text, or a part of it. */
      body: z.union([z.string(), z.strictObject({ contains: z.string() })]).optional(),
    })
    .default({ headers: [], query: [] }),
  // biome-ignore lint/suspicious/noThenProperty: the file format's own word; these objects are never awaited
  then: behaviourSchema,
})

export const clusterSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...httpbin, ...cluster }),
  z.strictObject({ ...echo, ...cluster }),
  z.strictObject({ ...fixed, ...cluster }),
  z.strictObject({ ...stream, ...cluster }),
  /** The first rule that matches answers; none: 404 with an empty body. */
  z.strictObject({ kind: z.literal('rules'), rules: z.array(rule), ...cluster }),
  z.strictObject({ ...unreachable, ...cluster }),
  z.strictObject({ ...reset, ...cluster }),
  z.strictObject({ ...hang, ...cluster }),
  z.strictObject({ ...handler, ...cluster }),
  z.strictObject({
    kind: z.literal('redis'),
    username: z.string().default(''),
    password: z.string().default(''),
    data: textPairs.default([]),
    ...cluster,
  }),
  z.strictObject({ kind: z.literal('tcp'), chunks: chunks.default([]), echo: z.boolean().default(false), ...cluster }),
  z.strictObject({ ...webSocket, ...cluster }),
  z.strictObject({
    kind: z.literal('grpc'),
    /** By `package.Service/Method`; `*` is for every other method. */
    replies: z.record(z.string(), grpcReply).default({}),
    ...cluster,
    protocol: z.enum(['h1', 'h2']).default('h2'),
  }),
])

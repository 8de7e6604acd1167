import { z } from 'zod'
import { duration } from './values.ts'

/** What can go wrong with an HTTP service, and with a Redis. */
const httpFaults = ['reset', 'timeout', 'latency', 'status', 'slow', 'truncate', 'length', 'none'] as const
const grpcFaults = ['reset', 'timeout', 'latency', 'status', 'slow', 'truncate', 'none'] as const
const tcpFaults = ['reset', 'timeout', 'latency', 'slow', 'truncate', 'none'] as const
/** Behind the switch there is no body with a length to break. */
const webSocketFaults = ['reset', 'timeout', 'latency', 'status', 'none'] as const
const redisFaults = ['reset', 'timeout', 'latency', 'noauth', 'loading', 'none'] as const

/** One fault, of a cluster from the start or from a step on. */
export const faultFields = {
  /**
   * `reset`: the connection breaks. `timeout`: nothing more comes. `latency`: it answers later. `status`: it answers with
   * `status` (503). `slow`: the body comes in pieces of `bytes`, each `latency` after the one before. `truncate`: the
   * connection ends properly but too early. `length`: its content-length is `bytes`. `noauth` and `loading`: how Redis
   * refuses commands. `none`: well again, all faults end.
   */
  kind: z.enum(['reset', 'timeout', 'latency', 'status', 'slow', 'truncate', 'length', 'noauth', 'loading', 'none']),
  /** Of `reset` and `timeout`: when. `body`: after `afterBytes` of it. Default: `headers`, with `afterBytes` `body`. */
  at: z.enum(['connect', 'headers', 'body']).optional(),
  status: z.int().min(200).max(999).optional(),
  afterBytes: z.int().min(0).optional(),
  bytes: z.int().min(1).optional(),
  /** How many requests it meets (for Redis: batches of commands); default: all. */
  times: z.int().min(1).optional(),
  /** How much later, whatever the kind. */
  latency: duration.optional(),
  /** Up to so much more or less than `latency`, by the seed. */
  jitter: duration.optional(),
}

const fault = z.strictObject(faultFields)

export type Fault = z.output<typeof fault>

/** The faults a cluster of this kind can have. */
export function faultsOf(cluster: string): readonly Fault['kind'][] {
  if (cluster === 'redis') return redisFaults
  if (cluster === 'grpc') return grpcFaults
  if (cluster === 'websocket') return webSocketFaults
  return cluster === 'tcp' ? tcpFaults : httpFaults
}

/** Which faults a cluster of this kind can have, if the given one is not among them. */
export function otherFaults(kind: Fault['kind'], cluster: string): readonly string[] | undefined {
  const known = faultsOf(cluster)
  return known.includes(kind) ? undefined : known
}

export const faultsSchema = z.array(fault)

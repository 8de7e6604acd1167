/** Services behind TCP listeners: from bytes to timed bytes. */

import type { Fault } from '../../../model/project/fault-schema.ts'
import type { Cluster } from '../../../model/project/types.ts'
import { byteString, bytesOf } from '../../abi/text.ts'
import { refusalOf } from '../../upstream/faults.ts'
import type { RedisServer } from '../../upstream/redis/server.ts'
import type { Service } from '../runtime.ts'

/** Bytes of the service, `after` (nanoseconds) what it sent before; `end`: it closes its side with them. */
export type TcpAnswer = {
  readonly data: Uint8Array
  readonly after: number
  readonly end: boolean
  /** The connection breaks behind these bytes. */
  readonly breaks?: boolean
}

/** One connection as the service sees it. */
export type TcpSession = {
  opened(): readonly TcpAnswer[]
  /** `end`: the gateway has closed its side. */
  received(data: Uint8Array, end: boolean): readonly TcpAnswer[]
}

export type TcpConnect =
  | { readonly kind: 'connected'; readonly session: TcpSession }
  /** `after`: nanoseconds until that is known; default at once. */
  | { readonly kind: 'refused'; readonly reason: string; readonly after?: number }
  | { readonly kind: 'reset'; readonly after: number }

const nothing = new Uint8Array(0)
const silent = (): readonly TcpAnswer[] => []
const closing = (end: boolean): readonly TcpAnswer[] => (end ? [{ data: nothing, after: 0, end: true }] : [])

/** `nowMs`: milliseconds since 1970, asked for each command of a Redis. */
export function connectTcp({ cluster, redis }: Service, nowMs: () => number, faults: readonly Fault[]): TcpConnect {
  switch (cluster.kind) {
    case 'echo':
      return { kind: 'connected', session: { opened: silent, received: (data, end) => [{ data, after: 0, end }] } }
    case 'tcp':
      return { kind: 'connected', session: scripted(cluster) }
    case 'redis':
      return redis === undefined
        ? missing(cluster.kind)
        : { kind: 'connected', session: redisSession(redis, nowMs, faults) }
    case 'hang':
      return { kind: 'connected', session: { opened: silent, received: silent } }
    case 'unreachable':
      return { kind: 'refused', reason: 'connection refused' }
    case 'reset':
      return { kind: 'reset', after: cluster.delay }
    default:
      return missing(cluster.kind)
  }
}

const missing = (kind: string): TcpConnect => ({
  kind: 'refused',
  reason: `not in Proxyground yet: a cluster of kind ${kind} behind a TCP listener`,
})

/** Its chunks when it is connected to, an echo if asked for; it closes when the gateway has. */
function scripted({ chunks, echo }: Extract<Cluster, { kind: 'tcp' }>): TcpSession {
  return {
    opened: () => chunks.map(({ data, delay }) => ({ data, after: delay, end: false })),
    received: (data, end) => (echo ? [{ data, after: 0, end }] : closing(end)),
  }
}

function redisSession(server: RedisServer, nowMs: () => number, faults: readonly Fault[]): TcpSession {
  const refusal = refusalOf(faults)
  const session = server.connect()
  let partial = ''
  const answered = (bytes: string) =>
    refusal === undefined ? server.receive(session, bytes, nowMs()) : server.refuse(bytes, refusal)
  return {
    opened: silent,
    received: (data, end) => {
      const { replies, rest, closes } = answered(partial + byteString(data))
      partial = rest
      const answer = bytesOf(replies.map(({ reply }) => reply).join(''))
      return answer.length > 0 || closes || end ? [{ data: answer, after: 0, end: closes || end }] : []
    },
  }
}

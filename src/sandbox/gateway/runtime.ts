import type { StreamId } from '../../model/brand.ts'
import type { HeaderList } from '../../model/http.ts'
import type { GatewayProfile } from '../../model/profile.ts'
import type { Cluster, GatewayConfig } from '../../model/project/types.ts'
import type { Schedule } from '../time/schedule.ts'
import type { VirtualClock } from '../time/virtual-clock.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { Faults } from '../upstream/faults.ts'
import type { RedisServer } from '../upstream/redis/server.ts'
import type { Upstream, UpstreamContext } from '../upstream/types.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { Stores } from './shared-stores.ts'

/** A cluster at run time. */
export type Service = {
  readonly name: string
  readonly cluster: Cluster
  /** With its faults. */
  readonly upstream: Upstream
  readonly faults: Faults
  /** Behind a cluster of kind redis: one server for all workers. */
  readonly redis: RedisServer | undefined
  /** `ip:port` or `name:port` of its first host. */
  readonly host: string
  readonly random: SeededRandom
}

/** `ip:port` or `name:port` of each. */
export const hostsOf = ({ cluster, host }: Service): readonly string[] =>
  cluster.hosts === undefined || cluster.hosts.length === 0 ? [host] : cluster.hosts

/** What every part of one gateway process shares. */
export type Runtime = Stores & {
  readonly config: GatewayConfig
  readonly profile: GatewayProfile
  readonly family: 'higress' | 'envoy'
  readonly clock: VirtualClock
  readonly recorder: Recorder
  readonly services: ReadonlyMap<string, Service>
  readonly random: (purpose: string) => SeededRandom
  /** Where the stack of guest calls stands; callouts that are started belong to this stream. */
  readonly scope: { stream: StreamId | undefined }
  readonly seen: Observed
  /** More than one thread has VMs, so the trace says which one starts a VM or takes a request. */
  readonly namesThreads: boolean
  /** Absent: everything as usual. */
  readonly schedule: Schedule | undefined
}

/** Facts the report needs that are kept per exchange or run, so that it need not decode the trace. */
export type Observed = {
  readonly calls: ObservedCall[]
  /** Redis commands of plugins. */
  readonly redis: ObservedRedis[]
  /** Bytes of their bodies and arguments. */
  bytes: number
}

export const nothingSeen = (): Observed => ({ calls: [], redis: [], bytes: 0 })

/** What the report keeps of calls; a run that makes more has long filled its trace, which says so. */
const mostSeen = { calls: 100_000, bytes: 256 * 1024 * 1024 }

export function noteCall(seen: Observed, call: ObservedCall): void {
  if (!hasRoom(seen, seen.calls, call.body.length)) return
  seen.calls.push(call)
}

export function noteRedis(seen: Observed, command: ObservedRedis): void {
  const size = command.argv.reduce((sum, { length }) => sum + length, 0)
  if (hasRoom(seen, seen.redis, size)) seen.redis.push(command)
}

function hasRoom(seen: Observed, list: readonly unknown[], size: number): boolean {
  if (list.length >= mostSeen.calls || seen.bytes + size > mostSeen.bytes) return false
  seen.bytes += size
  return true
}

/** A Redis command as it was sent; `stream` when it was sent for one. */
export type ObservedRedis = {
  readonly stream: StreamId | undefined
  readonly cluster: string
  /** Byte strings. */
  readonly argv: readonly string[]
}

/** A callout as its service saw it; `stream` when it was started for one. */
export type ObservedCall = {
  readonly stream: StreamId | undefined
  readonly cluster: string
  readonly path: string
  readonly headers: HeaderList
  readonly body: Uint8Array
  readonly trailers: HeaderList
}

/** The random bytes a service draws from. */
export function upstreamContext(runtime: Runtime, service: Service): UpstreamContext {
  return {
    nowMs: runtime.clock.nowMs(),
    random: (count) => {
      const bytes = new Uint8Array(count)
      service.random.fill(bytes)
      return bytes
    },
    log: (level, message) => {
      const { recorder, scope } = runtime
      recorder.record({ type: 'log', level, message, via: 'host', shown: true }, scope.stream)
    },
  }
}

let lastPort = -1
let lastAddress = ''

function listenerAddress(port: number): string {
  if (port !== lastPort) {
    lastAddress = `172.20.0.3:${port}`
    lastPort = port
  }
  return lastAddress
}

/** Envoy's `connect_timeout` when none is set, nanoseconds. */
export const connectTimeout = 5e9

/** Where the gateway stands in the little network: the same addresses every time. */
export const addresses = {
  client: '172.20.0.1:52106',
  listener: listenerAddress,
  /** As services behind the gateway see it. */
  gateway: '172.20.0.3:38888',
} as const

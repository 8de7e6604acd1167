/**
 * What Redis held at a moment of a finished run: its commands, which the trace has, are given once more to servers like
 * those of the run. Nothing is guessed: where the end is not what the run's report says, there is no answer.
 */
import { latin1 } from '../../model/project/bytes.ts'
import { projectLoader } from '../../model/project/load.ts'
import type { GatewayConfig } from '../../model/project/types.ts'
import type { RedisKeyReport } from '../../model/report.ts'
import type { TraceRecord, TraceView } from '../../model/trace.ts'
import { redisServerOf } from '../gateway/redis-service.ts'
import { redisKeys } from '../upstream/redis/dump.ts'
import { RedisServer } from '../upstream/redis/server.ts'
import type { ProjectFiles } from './api.ts'

/** A time of the trace differs from the server's by what a reply is on its way. */
const tolerance = 5
const loadProject = projectLoader()

/** The keys after the event with this `seq`, by cluster; byte strings. */
export type RedisReplay = (seq: number) => readonly RedisKeyReport[]

/** Undefined where the commands alone do not lead to what the report found at the end. */
export function redisReplay(
  trace: TraceView,
  files: ProjectFiles,
  atEnd: readonly RedisKeyReport[],
): RedisReplay | undefined {
  const { project } = loadProject(files, [])
  if (project === undefined || trace.dropped > 0) return undefined
  const records = relevant(trace)
  const end = trace.length === 0 ? 0 : trace.record(trace.length - 1).at
  const replay = (seq: number, at: number) => keysAfter(project.gateway, records, trace.clockStart, seq, at)
  if (!alike(replay(Number.POSITIVE_INFINITY, end), atEnd)) return undefined
  return (seq) => replay(seq, timeOf(trace, seq))
}

const relevant = (trace: TraceView): readonly TraceRecord[] => {
  const records: TraceRecord[] = []
  for (let at = 0; at < trace.length; at++) {
    const { type } = trace.heading(at)
    if (type !== 'redis.command' && type !== 'redis.reply' && type !== 'host.call') continue
    const record = trace.record(at)
    if (record.event.type !== 'host.call' || record.event.fn === 'proxy_redis_init') records.push(record)
  }
  return records
}

function timeOf(trace: TraceView, seq: number): number {
  for (let at = Math.min(seq, trace.length - 1); at >= 0; at--) {
    const record = trace.record(at)
    if (record.seq <= seq) return record.at
  }
  return 0
}

/** One connection of the gateway, or of a redis-cli. */
type Client = { readonly session: ReturnType<RedisServer['connect']>; readonly sent: Map<number, readonly string[]> }

function keysAfter(
  { clusters, seed }: GatewayConfig,
  records: readonly TraceRecord[],
  clockStart: bigint,
  seq: number,
  at: number,
): readonly RedisKeyReport[] {
  const servers = new Map(
    clusters.flatMap(([name, cluster]) =>
      cluster.kind === 'redis' ? [[name, redisServerOf(RedisServer, name, cluster, seed)] as const] : [],
    ),
  )
  const clients = new Map<string, Client>()
  const start = Number(clockStart / 1_000_000n)
  for (const { seq: number, at: time, plugin, event } of records) {
    if (number > seq) break
    if (event.type === 'host.call') {
      const name = clusterArgument(event)
      const [cluster = '', query = ''] = name.split('?')
      const server = event.code === 0 ? servers.get(cluster) : undefined
      if (server !== undefined) clients.set(`plugins ${cluster}`, login(server, event, query))
      continue
    }
    if (event.type !== 'redis.command' && event.type !== 'redis.reply') continue
    const server = servers.get(event.cluster)
    if (server === undefined) continue
    const who = `${plugin === undefined ? 'cli' : 'plugins'} ${event.cluster}`
    const client = clients.get(who) ?? { session: trusted(server), sent: new Map() }
    clients.set(who, client)
    if (event.type === 'redis.command') client.sent.set(event.token, event.argv)
    else if (event.outcome === 'reply') {
      const argv = client.sent.get(event.token)
      if (argv !== undefined && argv.length > 0) server.execute(client.session, argv, start + time / 1e6)
    }
  }
  const now = Math.floor(start + at / 1e6)
  return [...servers].flatMap(([cluster, server]) => redisKeys(server, now).map((key) => ({ cluster, ...key })))
}

/** The connection that `proxy_redis_init` leads to: in the database that its cluster name asks for. */
function login(
  server: RedisServer,
  event: Extract<TraceRecord['event'], { type: 'host.call' }>,
  query: string,
): Client {
  const session = server.connect()
  const [, username = '', password = ''] = event.args.map((arg) => (arg.kind === 'bytes' ? latin1(arg.value) : ''))
  if (password !== '') server.execute(session, ['AUTH', ...(username === '' ? [] : [username]), password], 0)
  const database = /(?:^|&)db=(\d{1,9})(?:&|$)/.exec(query)?.[1]
  if (database !== undefined) server.execute(session, ['SELECT', database], 0)
  return { session, sent: new Map() }
}

/** A redis-cli whose commands were answered has logged in. */
function trusted(server: RedisServer): ReturnType<RedisServer['connect']> {
  const session = server.connect()
  session.user ??= 'default'
  return session
}

const clusterArgument = ({ args }: Extract<TraceRecord['event'], { type: 'host.call' }>): string => {
  const [first] = args
  return first?.kind === 'bytes' ? new TextDecoder().decode(first.value) : ''
}

/** The same keys with the same values; what is left of their time differs by no more than a reply's way. */
function alike(a: readonly RedisKeyReport[], b: readonly RedisKeyReport[]): boolean {
  const idOf = ({ cluster, database, key }: RedisKeyReport) => JSON.stringify([cluster, database, key])
  const byId = new Map(b.map((key) => [idOf(key), key]))
  return (
    a.length === b.length &&
    a.every((key) => {
      const other = byId.get(idOf(key))
      return (
        other !== undefined &&
        other.type === key.type &&
        JSON.stringify(other.value) === JSON.stringify(key.value) &&
        (other.endsIn === undefined) === (key.endsIn === undefined) &&
        Math.abs((other.endsIn ?? 0) - (key.endsIn ?? 0)) <= tolerance
      )
    })
  )
}

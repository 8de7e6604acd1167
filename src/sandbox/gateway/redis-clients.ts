/**
 * Redis commands of plugins on one worker (proxy-wasm-host.md 8.4, higress.md 1.9): one client for each cluster, shared
 * by all plugins of the worker, as the gateway's thread-local clusters are.
 */
import type { StreamId } from '../../model/brand.ts'
import { byteString } from '../abi/text.ts'
import { tooManyCalls } from '../host/bounds.ts'
import { parseQuery } from '../upstream/redis/query.ts'
import type { CallStart } from '../vm/seam.ts'
import type { PluginRoot } from './plugin-root.ts'
import { RedisConnection, type RedisOutcome, type RedisSettings } from './redis-connection.ts'
import { noteRedis, type Runtime } from './runtime.ts'

type Credentials = { readonly username: string; readonly password: string; readonly timeoutMs: number }

export class RedisClients {
  private readonly runtime: Runtime
  private readonly clients = new Map<string, { readonly settings: RedisSettings; connection?: RedisConnection }>()
  private readonly silent: boolean

  /** `silent`: commands are taken and never sent (the throw-away VM of a configuration update). */
  constructor(runtime: Runtime, mode: 'silent' | 'sending' = 'sending') {
    this.runtime = runtime
    this.silent = mode === 'silent'
  }

  /** Commands already sent keep their connection; the next one opens a new connection with the new settings. */
  initialise(name: string, credentials: Credentials): CallStart {
    const [cluster, query] = split(name)
    const problem = this.problem(cluster)
    if (problem !== undefined) return problem
    this.clients.set(cluster, { settings: { ...credentials, ...optionsOf(query) } })
    return { status: 0 }
  }

  send(root: PluginRoot, token: number, name: string, query: Uint8Array): CallStart {
    const [cluster] = split(name)
    const problem = this.problem(cluster)
    if (problem !== undefined) return problem
    const service = this.runtime.services.get(cluster)
    const client = this.clients.get(cluster)
    if (client === undefined || service === undefined) {
      return { status: 10, reason: { code: 'redis-not-initialised', cluster } }
    }
    if (this.silent) return { status: 0 }
    const tooMany = tooManyCalls(this.runtime.clock.pending)
    if (tooMany !== undefined) return tooMany
    if (client.connection === undefined || client.connection.closed) {
      client.connection = new RedisConnection(this.runtime, service, client.settings)
    }
    const { recorder, scope, seen } = this.runtime
    const { stream } = scope
    const bytes = byteString(query)
    const parsed = parseQuery(bytes)
    const argv = parsed.kind === 'command' ? parsed.argv : []
    recorder.record({ type: 'redis.command', token, cluster, argv }, stream, root.identity.index)
    noteRedis(seen, { stream, cluster, argv })
    client.connection.send(bytes, (outcome, reply) => this.deliver(root, token, cluster, stream, outcome, reply))
    return { status: 0 }
  }

  private deliver(
    root: PluginRoot,
    token: number,
    cluster: string,
    stream: StreamId | undefined,
    outcome: RedisOutcome,
    reply: Uint8Array,
  ): void {
    // Cancelled with its VM or root, without a callback, as HTTP calls are.
    const context = root.root
    if (context === undefined) return
    const { recorder, scope } = this.runtime
    recorder.record({ type: 'redis.reply', token, cluster, outcome, reply }, stream, root.identity.index)
    const outer = scope.stream
    scope.stream = stream
    root.phase = 'redis_call_response'
    context.redisReply(token, outcome === 'reply' ? reply : 'failed')
    root.phase = ''
    scope.stream = outer
  }

  private problem(cluster: string): CallStart | undefined {
    const { services } = this.runtime
    if (services.has(cluster)) return undefined
    return { status: 2, reason: { code: 'unknown-cluster', cluster, known: [...services.keys()] } }
  }
}

/** The host cuts the name at the first `?`, in both functions. */
function split(name: string): readonly [cluster: string, query: string] {
  const at = name.indexOf('?')
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)]
}

/** Defaults of the host: database 0, flush after 3 ms or 1,024 bytes. What is not a number does not count. */
function optionsOf(query: string): Pick<RedisSettings, 'database' | 'flushMs' | 'flushBytes'> {
  const given = new Map(query.split('&').map((part) => [part.replace(/=.*$/s, ''), part.replace(/^[^=]*=?/s, '')]))
  const number = (name: string, fallback: number): number => {
    const value = given.get(name)
    return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : fallback
  }
  return {
    database: number('db', 0),
    flushMs: number('buffer_flush_timeout', 3),
    flushBytes: number('max_buffer_size_before_flush', 1024),
  }
}

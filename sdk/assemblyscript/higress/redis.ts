import { Status, statusName } from '../core/status'
import { callingContext } from './calling-context'
import { Cluster } from './cluster'
import { HttpContext } from './http-context'
import { pluginLog } from './log'
import { PendingRedisCall, redisCall, redisInit } from './redis-call'
import { readResp, respCommand, respError, RespValue } from './resp'

/**
 * What runs when Redis has answered; `response.Error()` tells a refusal or a missing connection. AssemblyScript has no
 * closures: `ctx` is the request that asked, or a stand-in without a stream if a tick did.
 */
export type RedisResponseCallback = (ctx: HttpContext, response: RespValue) => void

/** How the gateway connects and collects commands; the defaults are Higress' (higress.md 1.9). */
export class RedisOptions {
  /** The database; 0 is Redis' default. */
  DataBase: i32 = 0
  /** How long commands are collected before they are sent. */
  BufferFlushTimeoutMs: i32 = 3
  /** How many bytes of commands are collected before they are sent. */
  MaxBufferSizeBeforeFlush: i32 = 1024

  /** Every command is sent at once. */
  DisableBuffer(): RedisOptions {
    this.BufferFlushTimeoutMs = 0
    this.MaxBufferSizeBeforeFlush = 0
    return this
  }
  toString(): string {
    const database = this.DataBase == 0 ? '' : 'db=' + this.DataBase.toString() + '&'
    return (
      database + 'buffer_flush_timeout=' + this.BufferFlushTimeoutMs.toString() +
      '&max_buffer_size_before_flush=' + this.MaxBufferSizeBeforeFlush.toString()
    )
  }
}

let calls: i32 = 0

class Command extends PendingRedisCall {
  readonly id: i32 = ++calls

  constructor(
    readonly client: RedisConnection,
    readonly parts: string[],
    readonly ctx: HttpContext,
    readonly callback: RedisResponseCallback | null,
    /** The command goes out again after a NOAUTH, once. */
    readonly again: bool,
  ) {
    super()
  }

  run(status: u32, bytes: ArrayBuffer): void {
    const response = status == 0 ? readResp(bytes) : respError('cannot connect to redis cluster')
    if (status == 0) pluginLog().Debug('redis call end, id: ' + this.id.toString() + ', answer: ' + response.String())
    else pluginLog().Critical('redis call ' + this.id.toString() + ' failed: ' + response.String())
    if (this.client.signInAgain(this, response)) return
    const callback = this.callback
    if (callback !== null) callback(this.ctx, response)
  }
}

/** The connection to the Redis behind a cluster; `RedisClient` adds the commands. */
export class RedisConnection {
  private user: string = ''
  private password: string = ''
  private timeoutMs: u32 = 1000
  private options: RedisOptions = new RedisOptions()
  private accepted: bool = false

  constructor(private readonly cluster: Cluster) {}

  /**
   * Says how to connect; call it while the configuration is parsed. A gateway that refuses is asked again before the next
   * command: that is no error, `Ready()` tells.
   */
  Init(user: string, password: string, timeoutMs: i64, options: RedisOptions = new RedisOptions()): Error | null {
    this.user = user
    this.password = password
    this.timeoutMs = <u32>timeoutMs
    this.options = options
    const status = this.connect()
    if (status != Status.Ok) pluginLog().Warn('failed to init redis: ' + statusName(status) + ', will retry later')
    return null
  }
  /** Whether the gateway has accepted `Init`. */
  Ready(): bool {
    return this.accepted
  }
  /** Any command, word by word: `client.Command(['object', 'encoding', key], onAnswer)`. */
  Command(parts: string[], callback: RedisResponseCallback | null): Error | null {
    if (!this.accepted) {
      const status = this.connect()
      if (status != Status.Ok) return new Error('redis init of ' + this.cluster.ClusterName() + ' failed: ' + statusName(status))
    }
    return this.send(new Command(this, parts, callingContext(), callback, false))
  }

  /** A server that restarted has forgotten us: connect and ask once more. True if the answer is still to come. */
  signInAgain(command: Command, response: RespValue): bool {
    if (command.again || response.Error() === null) return false
    if (!response.String().includes('NOAUTH Authentication required') || this.connect() != Status.Ok) return false
    return this.send(new Command(this, command.parts, command.ctx, command.callback, true)) === null
  }

  private connect(): Status {
    const name = this.cluster.ClusterName() + '?' + this.options.toString()
    const status = redisInit(name, this.user, this.password, this.timeoutMs)
    this.accepted = status == Status.Ok
    return status
  }
  private send(command: Command): Error | null {
    const cluster = this.cluster.ClusterName()
    const status = redisCall(cluster, respCommand(command.parts), command)
    if (status == Status.Ok) {
      pluginLog().Debug('redis call start, id: ' + command.id.toString() + ', command: ' + command.parts.join(' '))
      return null
    }
    const message = 'redis call to ' + cluster + ' failed: ' + statusName(status)
    pluginLog().Critical(message)
    return new Error(message)
  }
}

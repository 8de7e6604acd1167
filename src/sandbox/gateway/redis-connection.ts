/**
 * One connection of the gateway to a Redis cluster: what plugins send is gathered and flushed together, replies are
 * given to the waiting commands in their order (Envoy's Redis client; higress.md 1.9).
 */
import { bytesOf } from '../abi/text.ts'
import type { Timer } from '../time/virtual-clock.ts'
import { delayOf, refusalOf } from '../upstream/faults.ts'
import { encodeCommand } from '../upstream/redis/query.ts'
import type { RedisServer } from '../upstream/redis/server.ts'
import { type Runtime, type Service, upstreamContext } from './runtime.ts'

export type RedisSettings = {
  /** Byte strings; empty: none. */
  readonly username: string
  readonly password: string
  /** From the first waiting command, or from the last reply, to the next one. */
  readonly timeoutMs: number
  readonly database: number
  readonly flushMs: number
  readonly flushBytes: number
}

/** Status, error, integer, text and array: `+-:$*`. */
const knownSigns: ReadonlySet<number> = new Set([...'+-:$*'].map((sign) => sign.charCodeAt(0)))

export type RedisOutcome = 'reply' | 'timeout' | 'connect-failure' | 'reset' | 'protocol-error'
type Waiting = (outcome: RedisOutcome, reply: Uint8Array) => void

const nothing = new Uint8Array(0)

/** Answers of the commands that the gateway itself sends are not looked at. */
const ignored: Waiting = () => {}

export class RedisConnection {
  closed = false
  private readonly runtime: Runtime
  private readonly service: Service
  private readonly settings: RedisSettings
  private readonly waiting: Waiting[] = []
  private readonly session: ReturnType<RedisServer['connect']> | undefined
  /** Gathered, not sent yet. */
  private outgoing = ''
  /** At the server: the beginning of a command. */
  private partial = ''
  private flushTimer: Timer | undefined
  /** When a command that waits at the server gives up. */
  private againTimer: Timer | undefined
  private replyTimer: Timer | undefined
  /** When the last reply comes, virtual nanoseconds. */
  private lastArrival = 0

  /** Logs in and selects the database first, without waiting for the answers. */
  constructor(runtime: Runtime, service: Service, settings: RedisSettings) {
    this.runtime = runtime
    this.service = service
    this.settings = settings
    this.session = service.redis?.connect()
    if (this.session !== undefined) this.session.wake = () => runtime.clock.after(0, 'shared', () => this.again())
    const { username, password, database } = settings
    if (password !== '') this.send(encodeCommand(['AUTH', ...(username === '' ? [] : [username]), password]), ignored)
    if (database !== 0) this.send(encodeCommand(['SELECT', String(database)]), ignored)
  }

  send(bytes: string, done: Waiting): void {
    const { clock } = this.runtime
    this.outgoing += bytes
    this.waiting.push(done)
    if (this.waiting.length === 1) this.watch()
    if (this.outgoing.length >= this.settings.flushBytes) this.flushSoon(0)
    else if (this.flushTimer === undefined) this.flushSoon(this.settings.flushMs * 1e6)
    // What a service other than Redis makes of it comes at once, so that nobody waits for the flush in vain.
    if (this.service.cluster.kind === 'unreachable' && this.waiting.length === 1)
      clock.after(0, 'shared', () => this.fail('connect-failure'))
  }

  /** Never inside a host call: the buffer that is full leaves when the guest has returned. */
  private flushSoon(after: number): void {
    this.flushTimer?.cancel()
    this.flushTimer = this.runtime.clock.after(after, 'shared', () => this.flush())
  }

  private flush(): void {
    this.flushTimer = undefined
    if (this.closed) return
    const sent = this.partial + this.outgoing
    this.outgoing = ''
    const { clock } = this.runtime
    const { cluster, redis } = this.service
    if (redis === undefined || this.session === undefined) {
      if (cluster.kind === 'hang') return
      if (cluster.kind === 'reset') clock.after(cluster.delay, 'shared', () => this.fail('reset'))
      else clock.after(0, 'shared', () => this.fail('protocol-error'))
      return
    }
    const met = this.service.faults.take()
    const later = this.runtime.schedule?.delay(this.service.name, this.settings.timeoutMs * 1e6) ?? 0
    const delay = met.reduce((sum, fault) => sum + delayOf(fault, upstreamContext(this.runtime, this.service)), later)
    const broken = met.find(({ kind }) => kind === 'reset')
    if (broken !== undefined) {
      clock.after(delay, 'shared', () => this.fail(broken.at === 'connect' ? 'connect-failure' : 'reset'))
      return
    }
    if (met.some(({ kind }) => kind === 'timeout')) return
    const refusal = refusalOf(met)
    this.take(
      refusal === undefined ? redis.receiveOrWait(this.session, sent, clock.nowMs()) : redis.refuse(sent, refusal),
      delay,
    )
  }

  /** `until`: a command waits at the server, and with it all behind it on this connection. */
  private take({ replies, rest, closes, until }: ReturnType<RedisServer['receiveOrWait']>, delay: number): void {
    const { clock } = this.runtime
    this.partial = rest
    for (const { reply } of replies) this.arrive(bytesOf(reply), delay)
    if (closes) clock.after(delay, 'shared', () => this.fail('reset'))
    this.againTimer?.cancel()
    if (until !== undefined && Number.isFinite(until))
      this.againTimer = clock.after(Math.max(0, until - clock.nowMs()) * 1e6, 'shared', () => this.again())
  }

  private again(): void {
    const { redis } = this.service
    if (this.closed || redis === undefined || this.session === undefined) return
    this.take(redis.again(this.session, this.partial, this.runtime.clock.nowMs()), 0)
  }

  /** One reply for the command that has waited longest; a reply that nobody waits for is left. */
  private arrive(reply: Uint8Array, delay: number): void {
    const { clock } = this.runtime
    // Never before the one that was sent before it.
    this.lastArrival = Math.max(this.lastArrival, clock.now + delay)
    clock.after(this.lastArrival - clock.now, 'shared', () => {
      if (this.closed) return
      // Envoy's decoder knows RESP2 only: a map of RESP3 (after HELLO 3) breaks the connection (common/redis/codec_impl.cc).
      if (!knownSigns.has(reply[0] ?? 0)) {
        this.fail('protocol-error')
        return
      }
      const done = this.waiting.shift()
      this.watch()
      done?.('reply', reply)
    })
  }

  private watch(): void {
    this.replyTimer?.cancel()
    this.replyTimer = undefined
    if (this.waiting.length === 0) return
    const { timeoutMs } = this.settings
    this.replyTimer = this.runtime.clock.after(timeoutMs * 1e6, 'shared', () => this.fail('timeout'))
  }

  /** The connection is gone: everything that waits ends, in order. */
  private fail(outcome: RedisOutcome): void {
    if (this.closed) return
    this.closed = true
    this.flushTimer?.cancel()
    this.replyTimer?.cancel()
    this.againTimer?.cancel()
    if (this.session !== undefined) this.service.redis?.disconnect(this.session)
    for (const done of this.waiting.splice(0)) done(outcome, nothing)
  }
}

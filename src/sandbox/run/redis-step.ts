/** A step that asks Redis itself, as redis-cli does: past the gateway and its plugins. */

import type { RedisStep } from '../../model/project/types.ts'
import { redisReplyText } from '../../model/redis-text.ts'
import { bytesOf } from '../abi/text.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { encodeReply } from '../upstream/redis/reply.ts'

/** Logs in, selects the database, sends the command: each with its own connection. What redis-cli would print. */
export function askRedis(gateway: Gateway, step: RedisStep): string {
  const { runtime, recorder, clock } = gateway
  const server = runtime.services.get(step.cluster)?.redis
  if (server === undefined) return `Could not connect to Redis at ${step.cluster}: Connection refused`
  const session = server.connect()
  const now = clock.nowMs()
  const { username, password, database, command } = step
  const printed: string[] = []
  if (password !== '') {
    const login = server.execute(session, ['AUTH', ...(username === '' ? [] : [username]), password], now)
    if (login.kind === 'error') printed.push(`AUTH failed: ${login.text}`)
  }
  if (database !== 0) server.execute(session, ['SELECT', String(database)], now)
  recorder.record({ type: 'redis.command', token: 0, cluster: step.cluster, argv: command })
  const reply = encodeReply(server.execute(session, command, now))
  recorder.record({ type: 'redis.reply', token: 0, cluster: step.cluster, outcome: 'reply', reply: bytesOf(reply) })
  return [...printed, redisReplyText(reply)].join('\n')
}

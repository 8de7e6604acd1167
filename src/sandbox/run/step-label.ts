import type { Step } from '../../model/project/types.ts'
import { redisCommandText } from '../../model/redis-text.ts'
import { assertNever } from '../../model/result.ts'

/** A step in a few words, for its event in the trace. */
export function labelOf(step: Step): string {
  switch (step.kind) {
    case 'request':
      return `${step.request.method} ${step.request.url.text}`
    case 'await':
      return `await ${step.id}`
    case 'advance':
      return `advance ${step.by / 1e6} ms`
    case 'configure':
      return `configure ${step.changes.map(([name]) => name).join(', ')}`
    case 'redis':
      return `redis-cli ${redisCommandText(step.redis.command)}`
    case 'connection':
      return `connection to ${step.connection.listener}`
    case 'fault': {
      const { cluster, kind, at } = step.fault
      return `fault ${cluster}: ${kind}${at === undefined ? '' : ` at ${at}`}`
    }
    case 'expect':
      return step.kind
    default:
      return assertNever(step)
  }
}

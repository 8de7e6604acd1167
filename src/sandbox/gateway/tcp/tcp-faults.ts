/** A service behind a TCP listener that is broken on purpose. */
import type { Fault } from '../../../model/project/fault-schema.ts'
import { assertNever } from '../../../model/result.ts'
import { delayOf, whenOf } from '../../upstream/faults.ts'
import type { UpstreamContext } from '../../upstream/types.ts'
import type { TcpAnswer, TcpConnect, TcpSession } from './tcp-service.ts'

/** How connecting goes with these faults, and what the session sends then. `connectTimeout` in nanoseconds. */
export function withTcpFaults(
  connect: TcpConnect,
  faults: readonly Fault[],
  connectTimeout: number,
  context: UpstreamContext,
): TcpConnect {
  for (const fault of faults) {
    if (fault.kind === 'reset' && whenOf(fault) === 'connect') return { kind: 'refused', reason: 'connection refused' }
    if (fault.kind === 'timeout' && whenOf(fault) === 'connect')
      return { kind: 'refused', reason: 'connection timeout', after: connectTimeout }
    if (fault.kind === 'reset' && whenOf(fault) === 'headers' && connect.kind === 'connected')
      return { kind: 'reset', after: delayOf(fault, context) }
  }
  if (connect.kind !== 'connected') return connect
  return { kind: 'connected', session: faults.reduce((session, fault) => broken(session, fault, context), connect.session) } // biome-ignore format: one line
}

/** What each answer of the service becomes; the fault counts the bytes of all of them. */
function broken(session: TcpSession, fault: Fault, context: UpstreamContext): TcpSession {
  let left = fault.afterBytes ?? 0
  let over = false
  const cut = (answers: readonly TcpAnswer[]): readonly TcpAnswer[] => {
    const passed: TcpAnswer[] = []
    for (const { data, after, end } of over ? [] : answers) {
      const part = data.subarray(0, left)
      left -= data.length
      over = left <= 0 || end
      if (!over) passed.push({ data, after, end })
      else if (fault.kind === 'timeout') passed.push({ data: part, after, end: false })
      else passed.push({ data: part, after, end: fault.kind === 'truncate', ...(fault.kind === 'reset' ? { breaks: true } : {}) }) // biome-ignore format: one line
      if (over) break
    }
    return passed
  }
  const change = (answers: readonly TcpAnswer[]): readonly TcpAnswer[] => {
    switch (fault.kind) {
      case 'latency':
        return answers.map((answer, at) => (at === 0 ? { ...answer, after: answer.after + delayOf(fault, context) } : answer)) // biome-ignore format: one line
      case 'timeout':
        return whenOf(fault) === 'body' ? cut(answers) : []
      case 'reset':
      case 'truncate':
        return cut(answers)
      case 'slow':
        return answers.flatMap((answer) => slowly(answer, fault, context))
      case 'status':
      case 'length':
      case 'noauth':
      case 'loading':
      case 'none':
        return answers
      default:
        return assertNever(fault.kind)
    }
  }
  return {
    opened: () => change(session.opened()),
    received: (data, end) => change(session.received(data, end)),
  }
}

function slowly({ data, after, end }: TcpAnswer, fault: Fault, context: UpstreamContext): readonly TcpAnswer[] {
  const size = fault.bytes ?? 1024
  const count = Math.max(1, Math.ceil(data.length / size))
  return Array.from({ length: count }, (_, at) => ({
    data: data.subarray(at * size, (at + 1) * size),
    after: (at === 0 ? after : 0) + delayOf(fault, context),
    end: end && at === count - 1,
  }))
}

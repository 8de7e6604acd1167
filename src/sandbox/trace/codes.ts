/** Numbers that stand for words in a trace, for whoever writes and whoever reads one. */
import type { CallReason, EffectiveAction, LogLevel } from '../../model/trace.ts'
import type { Signature } from './signature.ts'

/** First string of a trace: what its words refer to. */
export type TraceAbout = { readonly signatures: readonly Signature[]; readonly reasons: readonly CallReason[] }

/** How a guest entry ended. */
export const Left = { nothing: 0, value: 1, trap: 2 } as const

export const actions: readonly EffectiveAction[] = [
  'Continue',
  'StopIteration',
  'StopAllIterationAndBuffer',
  'StopAllIterationAndWatermark',
  'StopIterationAndBuffer',
  'StopIterationAndWatermark',
  'StopIterationNoBuffer',
]
export const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'critical']
export const logSources = ['proxy_log', 'stdout', 'stderr', 'host'] as const

/** In the first word of an event that is not kept. */
export const dropped = 1 << 30
/** Result of a host call that never came back: a trap inside it. */
export const unfinished = -2147483648
/** Words before an event's own: kind and plugin, stream, parent. */
export const headWords = 3

import { assertNever } from '../../model/result.ts'
import type { EffectiveAction, TracePlugin } from '../../model/trace.ts'
import { sdkActionName } from '../../sandbox/explain/action-names.ts'
import type { Mark } from './row-types.ts'

/** The shape an action is drawn with. Header stops hold the message here; body stops hold and collect. */
export function actionMark(action: EffectiveAction, callback: string): Mark {
  switch (action) {
    case 'Continue':
      return 'continue'
    case 'StopIteration':
    case 'StopAllIterationAndBuffer':
    case 'StopAllIterationAndWatermark':
      return callback.endsWith('_body') ? 'buffer' : 'stop'
    case 'StopIterationAndBuffer':
    case 'StopIterationAndWatermark':
    case 'StopIterationNoBuffer':
      return 'buffer'
    default:
      return assertNever(action)
  }
}

/**
 * What a callback returned, in the words of its SDK; where that word hides what the host does, both:
 * `ActionPause (→ StopAllIterationAndWatermark)`.
 */
export function actionWord(
  plugin: TracePlugin | undefined,
  callback: string,
  returned: number,
  action: EffectiveAction | undefined,
): string {
  const word = sdkActionName(plugin?.language ?? '', plugin?.abi ?? '', callback, returned)
  if (/^\d+$/.test(word)) return action ?? word
  const plain = word.replace(/^.*(\.|::)/, '').replace(/^(Header|Data|Action)(?=[A-Z])/, '')
  return action === undefined || plain === action ? word : `${word} (→ ${action})`
}

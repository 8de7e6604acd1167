import { assertNever } from '../../model/result.ts'
import type { EffectiveAction, TracePlugin } from '../../model/trace.ts'
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

const higressHeaders = [
  'HeaderContinue',
  'HeaderStopIteration',
  'HeaderContinueAndEndStream',
  'HeaderStopAllIterationAndBuffer',
  'HeaderStopAllIterationAndWatermark',
]
const higressData = [
  'DataContinue',
  'DataStopIterationAndBuffer',
  'DataStopIterationAndWatermark',
  'DataStopIterationNoBuffer',
]
const cppHeaders = [
  'Continue',
  'StopIteration',
  'ContinueAndEndStream',
  'StopAllIterationAndBuffer',
  'StopAllIterationAndWatermark',
]
const cppData = ['Continue', 'StopIterationAndBuffer', 'StopIterationAndWatermark', 'StopIterationNoBuffer']

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
  const word = sdkWord(plugin, callback, returned, action)
  const plain = word.replace(/^(Header|Data|Action)/, '')
  return action === undefined || plain === action ? word : `${word} (→ ${action})`
}

/** The name the plugin's own SDK has for the number (proxy-wasm-host.md 4). */
function sdkWord(
  plugin: TracePlugin | undefined,
  callback: string,
  returned: number,
  action: EffectiveAction | undefined,
): string {
  const data = callback.endsWith('_body')
  const higress = plugin?.abi === '0_2_100' || plugin?.sdk?.includes('higress') === true
  switch (plugin?.language) {
    case 'go':
      if (returned === 0) return 'ActionContinue'
      if (higress) return (data ? higressData : higressHeaders)[returned] ?? String(returned)
      return returned === 1 ? 'ActionPause' : String(returned)
    case 'rust':
      return returned === 0 ? 'Continue' : returned === 1 ? 'Pause' : String(returned)
    case 'assemblyscript':
    case 'cpp':
      return (data ? cppData : cppHeaders)[returned] ?? String(returned)
    default:
      return action ?? (data ? cppData : cppHeaders)[returned] ?? String(returned)
  }
}

/**
 * The state of one filter in one direction, and its transitions, after Envoy's filter manager
 * (proxy-wasm-host.md 6.2 and 6.14). Pure: effects are words that `pass.ts` performs. States and steps are interned,
 * so that a step costs no allocation.
 */
import { assertNever } from '../../model/result.ts'
import type { DataStatus, HeadersStatus, TrailersStatus } from './action.ts'

export type Iteration = 'Continue' | 'StopSingle' | 'StopAllBuffer' | 'StopAllWatermark'

export type FilterState = {
  /** Its place among the states. */
  readonly index: number
  readonly iteration: Iteration
  /** The headers were passed on to the next filter. */
  readonly headersContinued: boolean
  /** This filter was told the end of the stream; no further data is for it. */
  readonly endSeen: boolean
}

export type FilterEffect =
  /** The next filter's turn. */
  | 'pass-on'
  /** Nothing goes on; a wait begins. */
  | 'hold'
  /** Nothing happens: not for this filter, or already done. */
  | 'nothing'
  /** The filter's callback is called. */
  | 'call'
  /** The chunk joins the shared buffer; over the limit is an error. */
  | 'buffer'
  /** The chunk joins the shared buffer; over the limit the sender is paused. */
  | 'buffer-watermark'
  /** The chunk is dropped, but an end must not get lost. */
  | 'discard'
  /** The chunk joins the shared buffer, then everything held goes on. */
  | 'buffer-and-resume'
  /** Everything held goes on to the next filter, headers first if they are still here. */
  | 'resume-headers-next'
  | 'resume-next'
  /** As above, but data and trailers are first delivered to this filter, which has not seen them. */
  | 'resume-headers-self'
  | 'resume-self'

export type FilterStep = { readonly state: FilterState; readonly effect: FilterEffect }

const iterations: readonly Iteration[] = ['Continue', 'StopSingle', 'StopAllBuffer', 'StopAllWatermark']
const states: readonly FilterState[] = iterations.flatMap((iteration, first) =>
  [false, true].flatMap((headersContinued, second) =>
    [false, true].map(
      (endSeen, third): FilterState =>
        Object.freeze({ index: 4 * first + 2 * second + third, iteration, headersContinued, endSeen }),
    ),
  ),
)

/** Of the first state with it. */
function placeOf(iteration: Iteration): number {
  switch (iteration) {
    case 'Continue':
      return 0
    case 'StopSingle':
      return 4
    case 'StopAllBuffer':
      return 8
    case 'StopAllWatermark':
      return 12
    default:
      return assertNever(iteration)
  }
}

function stateOf(iteration: Iteration, headersContinued: boolean, endSeen: boolean): FilterState {
  const state = states[placeOf(iteration) + (headersContinued ? 2 : 0) + (endSeen ? 1 : 0)]
  if (state === undefined) throw new Error('every combination is interned')
  return state
}

const effects: readonly FilterEffect[] = [
  'pass-on',
  'hold',
  'nothing',
  'call',
  'buffer',
  'buffer-watermark',
  'discard',
  'buffer-and-resume',
  'resume-headers-next',
  'resume-next',
  'resume-headers-self',
  'resume-self',
]

/** Interned like the states: an array for each effect, by state. */
const stepsOf = (effect: FilterEffect): readonly FilterStep[] => states.map((state) => Object.freeze({ state, effect }))
const passOn = stepsOf('pass-on')
const call = stepsOf('call')
const rarer = new Map(effects.map((effect) => [effect, stepsOf(effect)]))

function stepTo(state: FilterState, effect: FilterEffect): FilterStep {
  const steps = effect === 'call' ? call : effect === 'pass-on' ? passOn : rarer.get(effect)
  const found = steps?.[state.index]
  if (found === undefined) throw new Error('every step is interned')
  return found
}

/** The same state, with the headers gone on. */
export const passedOn = ({ iteration, endSeen }: FilterState): FilterState => stateOf(iteration, true, endSeen)

export const initialFilterState: FilterState = stateOf('Continue', false, false)

export const stopsAll = (state: FilterState): boolean =>
  state.iteration === 'StopAllBuffer' || state.iteration === 'StopAllWatermark'

export const isStopped = (state: FilterState): boolean => state.iteration !== 'Continue'

const afterHeaders: Readonly<Record<HeadersStatus, Iteration>> = {
  Continue: 'Continue',
  StopIteration: 'StopSingle',
  StopAllIterationAndBuffer: 'StopAllBuffer',
  StopAllIterationAndWatermark: 'StopAllWatermark',
}

export function dataArrived(state: FilterState): FilterStep {
  if (state.iteration === 'StopAllBuffer') return stepTo(state, 'buffer')
  if (state.iteration === 'StopAllWatermark') return stepTo(state, 'buffer-watermark')
  return stepTo(state, state.endSeen ? 'nothing' : 'call')
}

/** The filter is told data. */
export const dataCalled = (state: FilterState, endOfStream: boolean): FilterState =>
  state.endSeen === endOfStream ? state : stateOf(state.iteration, state.headersContinued, endOfStream)

export function trailersArrived(state: FilterState): FilterStep {
  if (stopsAll(state)) return stepTo(state, 'nothing')
  return stepTo(stateOf(state.iteration, state.headersContinued, true), 'call')
}

export function trailersReturned(state: FilterState, status: TrailersStatus): FilterStep {
  if (status === 'StopIteration') return stepTo(stateOf('StopSingle', state.headersContinued, state.endSeen), 'hold')
  return state.iteration === 'StopSingle' ? resumed(state) : stepTo(state, 'pass-on')
}

export function headersReturned(state: FilterState, status: HeadersStatus, endOfStream: boolean): FilterStep {
  const endSeen = state.endSeen || endOfStream
  // The callback resumed the stream itself before it returned: the next filters have run and must not run twice (6.2).
  if (state.headersContinued)
    return stepTo(stateOf(afterHeaders[status], true, endSeen), status === 'Continue' ? 'nothing' : 'hold')
  if (status === 'Continue') return stepTo(stateOf('Continue', true, endSeen), 'pass-on')
  return stepTo(stateOf(afterHeaders[status], false, endSeen), 'hold')
}

export function dataReturned(state: FilterState, status: DataStatus): FilterStep {
  const stopped = stateOf('StopSingle', state.headersContinued, state.endSeen)
  switch (status) {
    case 'Continue':
      return stepTo(state, state.iteration === 'StopSingle' ? 'buffer-and-resume' : 'pass-on')
    case 'StopIterationAndBuffer':
      return stepTo(stopped, 'buffer')
    case 'StopIterationAndWatermark':
      return stepTo(stopped, 'buffer-watermark')
    case 'StopIterationNoBuffer':
      return stepTo(stopped, 'discard')
    default:
      return assertNever(status)
  }
}

/** `commonContinue`, steps 2 to 4 (6.2). Nothing stopped and headers gone: a second continue is no-op. */
export function resumed(state: FilterState): FilterStep {
  if (state.iteration === 'Continue' && state.headersContinued) return stepTo(state, 'nothing')
  const next = stateOf('Continue', true, state.endSeen)
  const self = stopsAll(state)
  if (state.headersContinued) return stepTo(next, self ? 'resume-self' : 'resume-next')
  return stepTo(next, self ? 'resume-headers-self' : 'resume-headers-next')
}

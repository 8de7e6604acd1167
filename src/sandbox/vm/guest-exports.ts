import { type CallbackName, callbacks } from '../abi/callbacks.ts'
import type { Recorder } from '../trace/recorder.ts'

/** An export bound to its place in the trace. */
export type Bound = {
  readonly name: CallbackName
  readonly call: (...args: number[]) => number | undefined
  readonly signature: number
  readonly argCount: number
  readonly result: boolean
}

export function bindExport(recorder: Recorder, name: CallbackName, call: Bound['call']): Bound {
  const { params, result } = callbacks[name]
  const slots = params.map((param) => ({ name: param, kind: 'number' as const }))
  const signature = recorder.describe({ name, params: slots, outs: [], returns: 'number' })
  return { name, call, signature, argCount: params.length, result }
}

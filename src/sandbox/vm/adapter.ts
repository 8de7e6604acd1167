import { Status } from '../abi/status.ts'
import type { EnvFunction } from '../host/call.ts'
import type { TextMemo } from '../trace/recorder.ts'
import { readArgs, type Slots } from './adapter-arguments.ts'
import { type Frame, frameOf, makeFrame } from './adapter-frame.ts'
import { layout } from './adapter-layout.ts'
import { clearFirst, writeOut } from './adapter-results.ts'
import type { Guest } from './guest.ts'

export type Import = (...slots: (number | bigint)[]) => number

/**
 * The one adapter between wasm and host functions: checks enums, then memory (2.0), calls the meaning, writes results
 * through the guest's allocator and records the call. Host state is committed before the allocator runs.
 */
export function bindImport(fn: EnvFunction, guest: Guest): Import {
  const { recorder } = guest
  const signature = recorder.describe(fn.signature)
  const { params, outs, fault } = layout(fn)
  const hasFirst = outs.some(({ out }) => out.kind === 'u32-first')
  const { inStart, inAllocator } = fn.allowed
  const shared = frameOf(fn)
  const memos = params.map((): TextMemo => ({ text: undefined, offset: 0 }))

  const perform = (frame: Frame, slots: Slots): number => {
    const { values, args, results, out } = frame
    // The start section runs before the host can see any memory; a real host crashes here.
    if (!guest.hasMemory) guest.end('host-abort')
    const { context } = guest
    const at = recorder.beginCall(signature, context.stream ?? 0, context.plugin)
    if (guest.phase !== 'normal') {
      const envoyAllocator = guest.phase === 'allocator' && guest.environment.family === 'envoy' && inAllocator !== true
      if (envoyAllocator || (guest.phase === 'start' && inStart !== true)) {
        if (at >= 0) recorder.endCall(at, Status.InternalFailure, { code: 'restricted-during-start' })
        guest.exited ||= fn.name === 'proc_exit'
        guest.end('restricted-callback')
      }
    }
    guest.reason = undefined
    let status = readArgs(guest, params, slots, values, memos, at, fault)
    if (status === Status.Ok && hasFirst) status = clearFirst(guest, outs, slots, fault)
    if (status === Status.Ok) {
      // `hostFunction` tied the keys of `args` and `out` to the types of the meaning.
      status = fn.meaning(guest, args as never, out as never)
      let isWritten = true
      for (let index = 0; index < outs.length; index++) {
        const place = outs[index]
        const value = results[index]
        if (place === undefined) continue
        results[index] = undefined
        // Nothing is written behind an address that is wrong (seen on Envoy).
        if (!isWritten) continue
        const written = writeOut(guest, place, slots, value, at, fault)
        isWritten = written === Status.Ok
        if (!isWritten) status = written
      }
    }
    if (at >= 0) recorder.endCall(at, status, guest.reason)
    return status
  }

  return (...slots) => {
    if (guest.dead) guest.abort()
    // Inside a call of the same function: an allocator may make one.
    const frame = shared.busy ? makeFrame(fn) : shared
    frame.busy = true
    try {
      const status = perform(frame, slots)
      frame.busy = false
      return status
    } finally {
      // The guest was ended inside: nothing of it may be seen by the next call.
      if (frame.busy) frame.results.fill(undefined)
      frame.busy = false
    }
  }
}

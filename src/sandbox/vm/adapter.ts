import { Status } from '../abi/status.ts'
import type { EnvFunction } from '../host/call.ts'
import type { TextMemo } from '../trace/recorder.ts'
import { readArgs, type Slot } from './adapter-arguments.ts'
import { type Frame, frameOf, makeFrame } from './adapter-frame.ts'
import { layout } from './adapter-layout.ts'
import { clearFirst, writeOut } from './adapter-results.ts'
import type { Guest } from './guest.ts'

export type Import = (...slots: Slot[]) => number

const newMemo = (): TextMemo => ({ text: undefined, offset: 0 })

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
  const memos = params.map(newMemo)
  const outMemos = outs.map(newMemo)

  const perform = (frame: Frame): number => {
    const { slots, args, out } = frame
    const results = out.inOrder
    // The start section runs before the host can see any memory; a real host crashes here.
    if (!guest.hasMemory) guest.end('host-abort')
    const { context } = guest
    const at = recorder.beginCall(signature, context.stream ?? 0, context.plugin)
    const words = recorder.callWords
    if (guest.phase !== 'normal') {
      const envoyAllocator = guest.phase === 'allocator' && guest.environment.family === 'envoy' && inAllocator !== true
      if (envoyAllocator || (guest.phase === 'start' && inStart !== true)) {
        if (at >= 0) recorder.endCall(words, at, Status.InternalFailure, { code: 'restricted-during-start' })
        guest.exited ||= fn.name === 'proc_exit'
        guest.end('restricted-callback')
      }
    }
    guest.reason = undefined
    let status = readArgs(guest, params, slots, args.inOrder, memos, words, at, fault)
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
        const written = writeOut(guest, place, slots, value, outMemos[index], words, at, fault)
        isWritten = written === Status.Ok
        if (!isWritten) status = written
      }
    }
    if (at >= 0) recorder.endCall(words, at, status, guest.reason)
    return status
  }

  const enter = (): Frame => {
    if (guest.dead) guest.abort()
    // Inside a call of the same function: an allocator may make one.
    const frame = shared.busy ? makeFrame(fn) : shared
    frame.busy = true
    return frame
  }
  const call = (frame: Frame): number => {
    try {
      const status = perform(frame)
      frame.busy = false
      return status
    } finally {
      // The guest was ended inside: nothing of it may be seen by the next call.
      if (frame.busy) frame.out.inOrder.fill(undefined)
      frame.busy = false
    }
  }
  return ofLength(fn.type.params.length, enter, call)
}

/** A function of so many parameters: with rest parameters the engine would make an array for every call. */
function ofLength(count: number, enter: () => Frame, call: (frame: Frame) => number): Import {
  switch (count) {
    case 0:
      return () => call(enter())
    case 1:
      return (a = 0) => {
        const frame = enter()
        frame.slots[0] = a
        return call(frame)
      }
    case 3:
      return (a = 0, b = 0, c = 0) => {
        const frame = enter()
        const { slots } = frame
        slots[0] = a
        slots[1] = b
        slots[2] = c
        return call(frame)
      }
    case 5:
      return (a = 0, b = 0, c = 0, d = 0, e = 0) => {
        const frame = enter()
        const { slots } = frame
        slots[0] = a
        slots[1] = b
        slots[2] = c
        slots[3] = d
        slots[4] = e
        return call(frame)
      }
    default:
      return (...given) => {
        const frame = enter()
        for (let index = 0; index < given.length; index++) frame.slots[index] = given[index] ?? 0
        return call(frame)
      }
  }
}

import { Status } from '../abi/status.ts'
import type { EnvFunction } from '../host/call.ts'
import type { CallEvents } from '../trace/call-events.ts'
import { readArgs, type Slot } from './adapter-arguments.ts'
import { type Frame, frameOf, makeFrame } from './adapter-frame.ts'
import { layout, type OutPlace, type Place, Write } from './adapter-layout.ts'
import { clearFirst, writeOut } from './adapter-results.ts'
import type { Guest } from './guest.ts'

export type Import = (...slots: Slot[]) => number

/**
 * The one adapter between wasm and host functions: checks enums, then memory (2.0), calls the meaning, writes results
 * through the guest's allocator and records the call. Host state is committed before the allocator runs.
 */
export function bindImport(fn: EnvFunction, guest: Guest): Import {
  return ofLength(fn.type.params.length, new BoundImport(fn, guest))
}

/** A function of the host for one guest. A class: closures of each binding would be unknown functions to their caller. */
class BoundImport {
  readonly #fn: EnvFunction
  readonly #meaning: EnvFunction['meaning']
  readonly #guest: Guest
  readonly #calls: CallEvents
  readonly #signature: number
  readonly #params: readonly Place[]
  readonly #outs: readonly OutPlace[]
  readonly #fault: number
  readonly #hasFirst: boolean
  readonly #shared: Frame

  constructor(fn: EnvFunction, guest: Guest) {
    const { params, outs, fault } = layout(fn)
    this.#fn = fn
    this.#meaning = fn.meaning
    this.#guest = guest
    this.#calls = guest.recorder.calls
    this.#signature = guest.recorder.describe(fn.signature)
    this.#params = params
    this.#outs = outs
    this.#fault = fault
    this.#hasFirst = outs.some(({ write }) => write === Write.u32First)
    this.#shared = frameOf(fn)
  }

  /** Where the caller puts what came from wasm. */
  enter(): Frame {
    if (this.#guest.dead) this.#guest.abort()
    const shared = this.#shared
    // Inside a call of the same function: an allocator may make one.
    const frame = shared.busy ? makeFrame(this.#fn) : shared
    frame.busy = true
    return frame
  }

  call(frame: Frame): number {
    try {
      const status = this.perform(frame)
      frame.busy = false
      return status
    } finally {
      // The guest was ended inside: nothing of it may be seen by the next call.
      if (frame.busy) frame.results.fill(undefined)
      frame.busy = false
    }
  }

  private perform(frame: Frame): number {
    const guest = this.#guest
    const calls = this.#calls
    const { slots } = frame
    const fault = this.#fault
    // The start section runs before the host can see any memory; a real host crashes here.
    if (!guest.hasMemory) guest.end('host-abort')
    const { context } = guest
    const at = calls.beginCall(this.#signature, context.stream ?? 0, context.plugin)
    const words = calls.callWords
    if (guest.phase !== 'normal') this.checkPhase(words, at)
    guest.reason = undefined
    let status = readArgs(guest, calls, this.#params, slots, frame.values, words, at, fault)
    if (status === Status.Ok && this.#hasFirst) status = clearFirst(guest, this.#outs, slots, fault)
    if (status === Status.Ok) {
      // `hostFunction` tied the keys of `args` and `out` to the types of the meaning.
      const meaning = this.#meaning
      status = meaning(guest, frame.args as never, frame.out as never)
      if (this.#outs.length > 0) status = this.write(frame, status, words, at)
    }
    if (at >= 0) calls.endCall(words, at, status, guest.reason)
    return status
  }

  /** Every result; the status is that of the first that cannot be written. */
  private write(frame: Frame, answered: number, words: Int32Array, at: number): number {
    const { slots, results } = frame
    const outs = this.#outs
    let status = answered
    let isWritten = true
    for (let index = 0; index < outs.length; index++) {
      const place = outs[index]
      const value = results[index]
      if (place === undefined) continue
      results[index] = undefined
      // Nothing is written behind an address that is wrong (seen on Envoy).
      if (!isWritten) continue
      const written = writeOut(this.#guest, this.#calls, place, slots, value, words, at, this.#fault)
      isWritten = written === Status.Ok
      if (!isWritten) status = written
    }
    return status
  }

  /** Ends a guest that calls what it may not call now (2.0). */
  private checkPhase(words: Int32Array, at: number): void {
    const guest = this.#guest
    const { name, allowed } = this.#fn
    const envoyAllocator =
      guest.phase === 'allocator' && guest.environment.family === 'envoy' && allowed.inAllocator !== true
    if (!envoyAllocator && (guest.phase !== 'start' || allowed.inStart === true)) return
    if (at >= 0) {
      this.#calls.clearArguments(words, at, this.#signature)
      this.#calls.endCall(words, at, Status.InternalFailure, { code: 'restricted-during-start' })
    }
    guest.exited ||= name === 'proc_exit'
    guest.end('restricted-callback')
  }
}

/** A function of so many parameters: with rest parameters the engine would make an array for every call. */
function ofLength(count: number, bound: BoundImport): Import {
  switch (count) {
    case 0:
      return () => bound.call(bound.enter())
    case 1:
      return (a = 0) => {
        const frame = bound.enter()
        frame.slots[0] = a
        return bound.call(frame)
      }
    case 3:
      return (a = 0, b = 0, c = 0) => {
        const frame = bound.enter()
        const { slots } = frame
        slots[0] = a
        slots[1] = b
        slots[2] = c
        return bound.call(frame)
      }
    case 5:
      return (a = 0, b = 0, c = 0, d = 0, e = 0) => {
        const frame = bound.enter()
        const { slots } = frame
        slots[0] = a
        slots[1] = b
        slots[2] = c
        slots[3] = d
        slots[4] = e
        return bound.call(frame)
      }
    default:
      return (...given) => {
        const frame = bound.enter()
        for (let index = 0; index < given.length; index++) frame.slots[index] = given[index] ?? 0
        return bound.call(frame)
      }
  }
}

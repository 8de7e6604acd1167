import type { StreamId } from '../../model/brand.ts'
import type { EffectiveAction } from '../../model/trace.ts'
import type { GuestContext } from '../host/call.ts'
import type { Guest } from './guest.ts'
import type { Bound } from './guest-exports.ts'
import type { GuestRoot } from './guest-root.ts'
import type { ContextHost, GuestReturn, StreamContext } from './seam.ts'

const absent: GuestReturn = { kind: 'absent' }
const failed: GuestReturn = { kind: 'failed' }
/** What most callbacks give back. */
const goesOn: GuestReturn = { kind: 'returned', value: 0, replied: false }

/** A stream context: one per plugin and exchange. Created in the guest right before its first callback (3.2). */
export class GuestStream implements StreamContext {
  readonly id: number
  readonly #root: GuestRoot
  readonly #guest: Guest
  readonly #context: GuestContext
  #created = false
  #lastLeave = -1

  constructor(root: GuestRoot, id: number, host: ContextHost, stream: StreamId) {
    this.id = id
    this.#root = root
    this.#guest = root.guest
    const { plugin } = root.context
    this.#context = { id, kind: host.kind, plugin, stream, host, root: root.context.root, declared: undefined }
  }

  requestHeaders(count: number, endOfStream: boolean): GuestReturn {
    return this.#callback(this.#root.callbacks.requestHeaders, count, endOfStream)
  }

  requestBody(size: number, endOfStream: boolean): GuestReturn {
    return this.#callback(this.#root.callbacks.requestBody, size, endOfStream)
  }

  requestTrailers(count: number): GuestReturn {
    return this.#callback(this.#guest.bound('proxy_on_request_trailers'), count, false)
  }

  responseHeaders(count: number, endOfStream: boolean): GuestReturn {
    return this.#callback(this.#root.callbacks.responseHeaders, count, endOfStream)
  }

  responseBody(size: number, endOfStream: boolean): GuestReturn {
    return this.#callback(this.#root.callbacks.responseBody, size, endOfStream)
  }

  responseTrailers(count: number): GuestReturn {
    return this.#callback(this.#guest.bound('proxy_on_response_trailers'), count, false)
  }

  log(): void {
    const guest = this.#guest
    // A stream that was refused before this plugin saw it gets its context for this callback (3.3).
    if (!guest.failed) this.#create()
    this.#plain(this.#root.callbacks.log)
  }

  finish(): void {
    const guest = this.#guest
    if (this.#created) {
      // What it returns does not matter for a stream: delete follows at once (3.3).
      this.#plain(this.#root.callbacks.done)
      this.#plain(this.#root.callbacks.delete)
    }
    guest.removeContext(this.#context)
  }

  newConnection(): GuestReturn {
    return this.#callback(this.#guest.bound('proxy_on_new_connection'), 0, false)
  }

  downstreamData(size: number, endOfStream: boolean): GuestReturn {
    return this.#callback(this.#guest.bound('proxy_on_downstream_data'), size, endOfStream)
  }

  upstreamData(size: number, endOfStream: boolean): GuestReturn {
    return this.#callback(this.#guest.bound('proxy_on_upstream_data'), size, endOfStream)
  }

  downstreamClosed(peer: 1 | 2): void {
    this.#plain(this.#guest.bound('proxy_on_downstream_connection_close'), peer)
  }

  upstreamClosed(): void {
    this.#plain(this.#guest.bound('proxy_on_upstream_connection_close'))
  }

  finishConnection(): void {
    if (this.#created)
      for (const name of ['proxy_on_done', 'proxy_on_log', 'proxy_on_delete'] as const)
        this.#plain(this.#guest.bound(name))
    this.#guest.removeContext(this.#context)
  }

  noteAction(action: EffectiveAction): void {
    this.#guest.recorder.setAction(this.#lastLeave, action)
  }

  #callback(bound: Bound | undefined, first: number, endOfStream: boolean): GuestReturn {
    const guest = this.#guest
    this.#lastLeave = -1
    if (guest.failed) return failed
    this.#create()
    if (guest.failed) return failed
    if (bound === undefined) return absent
    const value = guest.run(bound, this.#context, this.id, first, endOfStream ? 1 : 0)
    this.#lastLeave = guest.lastLeave
    const replied = guest.takeReplied()
    guest.drain()
    if (guest.failed) return failed
    return value === 0 && !replied ? goesOn : { kind: 'returned', value: value >>> 0, replied }
  }

  #plain(bound: Bound | undefined, argument = 0): void {
    const guest = this.#guest
    if (bound === undefined || guest.failed) return
    guest.run(bound, this.#context, this.id, argument)
    guest.takeReplied()
    guest.drain()
  }

  #create(): void {
    if (this.#created) return
    this.#created = true
    const guest = this.#guest
    guest.contexts.add(this.#context)
    const bound = this.#root.callbacks.create
    if (bound === undefined) return
    guest.run(bound, this.#context, this.id, this.#root.id)
    guest.takeReplied()
    guest.drain()
  }
}

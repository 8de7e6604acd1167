import type { PluginIndex } from '../../model/brand.ts'
import type { HeaderList } from '../../model/http.ts'
import type { CallbackName } from '../abi/callbacks.ts'
import { Status } from '../abi/status.ts'
import type { GrpcView, GuestContext, RootState } from '../host/call.ts'
import type { Guest } from './guest.ts'
import type { RootContext, RootHost } from './seam.ts'
import { type StreamCallbacks, streamCallbacks } from './stream-callbacks.ts'

/** A root context: one per plugin in a VM. */
export class GuestRoot implements RootContext {
  readonly id: number
  readonly host: RootHost
  readonly guest: Guest
  readonly context: GuestContext & { readonly root: RootState }
  /** What its streams call, looked up once. */
  readonly callbacks: StreamCallbacks

  constructor(guest: Guest, id: number, host: RootHost, plugin: PluginIndex, configuration: Uint8Array) {
    this.id = id
    this.host = host
    this.guest = guest
    this.callbacks = streamCallbacks(guest)
    const root: RootState = {
      host,
      configuration,
      configurationVisible: false,
      callResponse: undefined,
      redisReply: undefined,
      grpc: undefined,
      callStatus: { code: 0, message: '' },
      pendingDelete: undefined,
      declared: undefined,
      expressions: undefined,
    }
    this.context = { id, kind: 'root', plugin, stream: undefined, host, root, declared: undefined }
    guest.contexts.add(this.context)
  }

  /** Calls an optional callback of the root and performs what it deferred. 1 ("true") if it is not exported. */
  call(name: CallbackName, a = 0, b = 0, c = 0, d = 0): number {
    const { guest } = this
    const bound = guest.bound(name)
    if (bound === undefined || guest.failed) return 1
    const value = guest.run(bound, this.context, this.id, a, b, c, d)
    guest.takeReplied()
    guest.drain()
    return value
  }

  tick(): void {
    this.call('proxy_on_tick')
  }

  queueReady(queue: number): void {
    this.call('proxy_on_queue_ready', queue)
  }

  httpCallResponse(token: number, response: Parameters<RootContext['httpCallResponse']>[1]): void {
    if (this.guest.failed) return
    const { root } = this.context
    if (response === 'reset') {
      root.callStatus = { code: Status.BrokenConnection, message: 'reset' }
      this.#callThenClearMessage('proxy_on_http_call_response', token)
      return
    }
    if (this.guest.bound('proxy_on_http_call_response') === undefined) return
    root.callResponse = response
    // First in the queue of this guest call: released before what the callback itself deferred (6.11).
    this.guest.defer(() => {
      root.callResponse = undefined
    })
    const { headers, body, trailers } = response
    this.call('proxy_on_http_call_response', token, headers.length, body.length, trailers.length)
    root.callResponse = undefined
  }

  redisReply(token: number, reply: Uint8Array | 'failed'): void {
    if (this.guest.failed) return
    const { root } = this.context
    const failed = reply === 'failed'
    root.callStatus = failed ? { code: Status.BrokenConnection, message: 'reset' } : { ...root.callStatus, message: '' }
    root.redisReply = failed ? new Uint8Array() : reply
    // Released in the same place as the answer of an HTTP call (6.11).
    if (this.guest.bound('proxy_on_redis_call_response') !== undefined)
      this.guest.defer(() => {
        root.redisReply = undefined
      })
    this.call('proxy_on_redis_call_response', token, failed ? 1 : 0, root.redisReply.length)
    root.redisReply = undefined
    root.callStatus = { ...root.callStatus, message: '' }
  }

  grpcInitialMetadata(token: number, metadata: HeaderList): void {
    this.#grpc('proxy_on_grpc_receive_initial_metadata', token, metadata.length, { initialMetadata: metadata })
  }

  grpcReceive(token: number, message: Uint8Array): void {
    this.#grpc('proxy_on_grpc_receive', token, message.length, { message })
  }

  grpcTrailingMetadata(token: number, metadata: HeaderList): void {
    this.#grpc('proxy_on_grpc_receive_trailing_metadata', token, metadata.length, { trailingMetadata: metadata })
  }

  grpcClose(token: number, status: number, message: string): void {
    const { root } = this.context
    if (this.guest.bound('proxy_on_grpc_close') === undefined) return
    root.callStatus = { code: status, message }
    this.#callThenClearMessage('proxy_on_grpc_close', token, status)
  }

  /** The code stays (8.1, 8.3); the message is gone before what the callback deferred (a continue, a reply) happens. */
  #callThenClearMessage(name: CallbackName, a: number, b = 0): void {
    const { root } = this.context
    const clear = () => {
      root.callStatus = { code: root.callStatus.code, message: '' }
    }
    if (this.guest.bound(name) !== undefined) this.guest.defer(clear)
    this.call(name, a, b)
    clear()
  }

  #grpc(name: CallbackName, token: number, size: number, view: GrpcView): void {
    const { root } = this.context
    root.grpc = view
    this.call(name, token, size)
    root.grpc = undefined
  }

  configure(configuration: Uint8Array): boolean {
    const { root } = this.context
    root.configuration = configuration
    root.configurationVisible = true
    const accepted = this.call('proxy_on_configure', configuration.length)
    root.configurationVisible = false
    return accepted !== 0 && !this.guest.failed
  }

  finish(): void {
    const { root } = this.context
    // False: the plugin finishes later, and says so with `proxy_done` (3.4); deleting follows that guest call.
    root.pendingDelete = () => this.#delete()
    if (this.call('proxy_on_done') === 0 && !this.guest.failed) return
    if (root.pendingDelete === undefined) return
    root.pendingDelete = undefined
    this.#delete()
  }

  #delete(): void {
    this.call('proxy_on_delete')
    this.guest.removeContext(this.context)
  }
}

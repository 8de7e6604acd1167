import { at, OUT_POINTER, OUT_SIZE, OUT_WORD, takeBytes, textOf, utf8 } from './bytes'
import {
  proxy_dequeue_shared_queue,
  proxy_enqueue_shared_queue,
  proxy_get_shared_data,
  proxy_register_shared_queue,
  proxy_resolve_shared_queue,
  proxy_set_shared_data,
} from './host'
import { keepStatus, Status } from './status'

/** A shared value with the version it was read at. */
export class SharedValue {
  constructor(
    readonly bytes: ArrayBuffer,
    /** Hand it to `setSharedData` to write only if nobody else wrote meanwhile. */
    readonly cas: u32,
  ) {}
  get text(): string {
    return textOf(this.bytes)
  }
}

/** Data shared by all workers of one VM id; null if the key is not there. */
export function getSharedData(key: string): SharedValue | null {
  const name = utf8(key)
  const status = proxy_get_shared_data(at(name), name.byteLength, OUT_POINTER, OUT_SIZE, OUT_WORD)
  return keepStatus(status) == Status.Ok ? new SharedValue(takeBytes(), load<u32>(OUT_WORD)) : null
}

/** Writes a shared value. With a `cas` from `getSharedData`: `Status.CasMismatch` if it has changed since. 0 always wins. */
export function setSharedData(key: string, value: string, cas: u32 = 0): Status {
  return setSharedBytes(key, utf8(value), cas)
}

export function setSharedBytes(key: string, value: ArrayBuffer, cas: u32 = 0): Status {
  const name = utf8(key)
  return keepStatus(proxy_set_shared_data(at(name), name.byteLength, at(value), value.byteLength, cas))
}

/** A queue of this VM by name, made if need be; 0 on failure. */
export function registerSharedQueue(name: string): u32 {
  const bytes = utf8(name)
  const status = proxy_register_shared_queue(at(bytes), bytes.byteLength, OUT_WORD)
  return keepStatus(status) == Status.Ok ? load<u32>(OUT_WORD) : 0
}

/** A queue that another VM registered; 0 if there is none. */
export function resolveSharedQueue(vmId: string, name: string): u32 {
  const vm = utf8(vmId)
  const bytes = utf8(name)
  const status = proxy_resolve_shared_queue(at(vm), vm.byteLength, at(bytes), bytes.byteLength, OUT_WORD)
  return keepStatus(status) == Status.Ok ? load<u32>(OUT_WORD) : 0
}

export function enqueue(queue: u32, value: ArrayBuffer): Status {
  return keepStatus(proxy_enqueue_shared_queue(queue, at(value), value.byteLength))
}

/** The oldest entry; null if the queue is empty or unknown. */
export function dequeue(queue: u32): ArrayBuffer | null {
  const status = proxy_dequeue_shared_queue(queue, OUT_POINTER, OUT_SIZE)
  return keepStatus(status) == Status.Ok ? takeBytes() : null
}

/** What the gateway calls. A plugin exports it with `export * from '@proxyground/sdk/proxy'`. */
import { finishCall } from './call'
import './globals'
import { createContext, deleteContext, enterContext, rootOf, streamOf } from './registry'

/** The host puts results into guest memory through this; AssemblyScript's collector frees them. */
export function malloc(size: usize): usize {
  return changetype<usize>(new ArrayBuffer(<i32>size))
}

export function proxy_on_context_create(id: u32, parent: u32): void {
  enterContext(id)
  createContext(id, parent)
}

export function proxy_on_vm_start(id: u32, size: u32): u32 {
  enterContext(id)
  const root = rootOf(id)
  return root === null ? 1 : <u32>root.onVmStart(size)
}

export function proxy_on_configure(id: u32, size: u32): u32 {
  enterContext(id)
  const root = rootOf(id)
  return root === null ? 1 : <u32>root.onConfigure(size)
}

export function proxy_on_tick(id: u32): void {
  enterContext(id)
  const root = rootOf(id)
  if (root !== null) root.onTick()
}

export function proxy_on_queue_ready(id: u32, queue: u32): void {
  enterContext(id)
  const root = rootOf(id)
  if (root !== null) root.onQueueReady(queue)
}

export function proxy_on_foreign_function(id: u32, fn: u32, size: u32): void {
  enterContext(id)
  const root = rootOf(id)
  if (root !== null) root.onForeignFunction(fn, size)
}

export function proxy_on_http_call_response(id: u32, token: u32, headers: u32, bodySize: u32, trailers: u32): void {
  enterContext(id)
  finishCall(id, token, headers, bodySize, trailers)
}

export function proxy_on_request_headers(id: u32, count: u32, endOfStream: u32): u32 {
  enterContext(id)
  const stream = streamOf(id)
  return stream === null ? 0 : stream.onRequestHeaders(count, endOfStream != 0)
}

export function proxy_on_request_body(id: u32, size: u32, endOfStream: u32): u32 {
  enterContext(id)
  const stream = streamOf(id)
  return stream === null ? 0 : stream.onRequestBody(size, endOfStream != 0)
}

export function proxy_on_request_trailers(id: u32, count: u32): u32 {
  enterContext(id)
  const stream = streamOf(id)
  return stream === null ? 0 : stream.onRequestTrailers(count)
}

export function proxy_on_response_headers(id: u32, count: u32, endOfStream: u32): u32 {
  enterContext(id)
  const stream = streamOf(id)
  return stream === null ? 0 : stream.onResponseHeaders(count, endOfStream != 0)
}

export function proxy_on_response_body(id: u32, size: u32, endOfStream: u32): u32 {
  enterContext(id)
  const stream = streamOf(id)
  return stream === null ? 0 : stream.onResponseBody(size, endOfStream != 0)
}

export function proxy_on_response_trailers(id: u32, count: u32): u32 {
  enterContext(id)
  const stream = streamOf(id)
  return stream === null ? 0 : stream.onResponseTrailers(count)
}

export function proxy_on_log(id: u32): void {
  enterContext(id)
  const stream = streamOf(id)
  if (stream !== null) stream.onLog()
}

export function proxy_on_done(id: u32): u32 {
  enterContext(id)
  const stream = streamOf(id)
  if (stream !== null) return <u32>stream.onDone()
  const root = rootOf(id)
  return root === null ? 1 : <u32>root.onDone()
}

export function proxy_on_delete(id: u32): void {
  enterContext(id)
  const stream = streamOf(id)
  if (stream !== null) stream.onDelete()
  deleteContext(id)
}

import type { Guest } from './guest.ts'
import type { Bound } from './guest-exports.ts'

/** What nearly every stream calls, if the guest exports it. */
export type StreamCallbacks = Readonly<
  Record<
    'create' | 'requestHeaders' | 'requestBody' | 'responseHeaders' | 'responseBody' | 'log' | 'done' | 'delete',
    Bound | undefined
  >
>

export const streamCallbacks = (guest: Guest): StreamCallbacks => ({
  create: guest.bound('proxy_on_context_create'),
  requestHeaders: guest.bound('proxy_on_request_headers'),
  requestBody: guest.bound('proxy_on_request_body'),
  responseHeaders: guest.bound('proxy_on_response_headers'),
  responseBody: guest.bound('proxy_on_response_body'),
  log: guest.bound('proxy_on_log'),
  done: guest.bound('proxy_on_done'),
  delete: guest.bound('proxy_on_delete'),
})

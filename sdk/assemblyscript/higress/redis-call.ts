import { at, OUT_POINTER, OUT_SIZE, OUT_WORD, takeBytes, utf8 } from '../core/bytes'
import { proxy_get_buffer_bytes, proxy_set_effective_context } from '../core/host'
import { currentContextId, enterContext } from '../core/registry'
import { keepStatus, Status } from '../core/status'

@external('env', 'proxy_redis_init')
declare function proxy_redis_init(
  cluster: usize,
  clusterSize: usize,
  user: usize,
  userSize: usize,
  password: usize,
  passwordSize: usize,
  timeout: u32,
): u32
@external('env', 'proxy_redis_call')
declare function proxy_redis_call(cluster: usize, clusterSize: usize, query: usize, querySize: usize, token: usize): u32

const REDIS_RESPONSE: u32 = 9

/** Waits for the answer to one command. */
export abstract class PendingRedisCall {
  readonly contextId: u32 = currentContextId()
  /** `status` is not 0 if there was no connection; `bytes` are the answer in RESP. */
  abstract run(status: u32, bytes: ArrayBuffer): void
}

const pending = new Map<u32, PendingRedisCall>()

/** Tells the gateway how to connect; `cluster` may carry options behind a `?` (higress.md 1.9). */
export function redisInit(cluster: string, user: string, password: string, timeoutMs: u32): Status {
  const name = utf8(cluster)
  const account = utf8(user)
  const secret = utf8(password)
  return keepStatus(
    proxy_redis_init(
      at(name),
      name.byteLength,
      at(account),
      account.byteLength,
      at(secret),
      secret.byteLength,
      timeoutMs,
    ),
  )
}

/** Sends a command in RESP. If the status is not 0 nothing was sent, and `call` will not run: do not pause. */
export function redisCall(cluster: string, command: ArrayBuffer, call: PendingRedisCall): Status {
  const name = utf8(cluster)
  const status = keepStatus(proxy_redis_call(at(name), name.byteLength, at(command), command.byteLength, OUT_WORD))
  if (status == Status.Ok) pending.set(load<u32>(OUT_WORD), call)
  return status
}

/** The gateway's end of `redisCall`; the answer comes on the root context, so the stream is made current first. */
export function proxy_on_redis_call_response(root: u32, token: u32, status: u32, size: u32): void {
  enterContext(root)
  if (!pending.has(token)) return
  const call = pending.get(token)
  pending.delete(token)
  const read = proxy_get_buffer_bytes(REDIS_RESPONSE, 0, size, OUT_POINTER, OUT_SIZE)
  const bytes = read == 0 ? takeBytes() : new ArrayBuffer(0)
  if (call.contextId != root && proxy_set_effective_context(call.contextId) != 0) return
  enterContext(call.contextId)
  call.run(status, bytes)
}

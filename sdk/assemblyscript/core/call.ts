import { Body, BufferType } from './body'
import { at, OUT_WORD, utf8 } from './bytes'
import { HeaderMap, MapType } from './headers'
import { proxy_http_call, proxy_set_effective_context } from './host'
import { encodePairs } from './pairs'
import { currentContextId, enterContext } from './registry'
import { keepStatus, Status } from './status'

/** The answer to a call, readable in its callback only. */
export class CallResponse {
  readonly headers: HeaderMap = new HeaderMap(MapType.CallResponseHeaders)
  readonly trailers: HeaderMap = new HeaderMap(MapType.CallResponseTrailers)
  private readonly content: Body = new Body(BufferType.CallResponseBody)

  constructor(
    readonly headerCount: u32,
    readonly bodySize: u32,
    readonly trailerCount: u32,
  ) {}

  /** False if the connection broke before an answer. A timeout is an answer: 504; a refused connection: 503. */
  get arrived(): bool {
    return this.headerCount > 0
  }
  /** The HTTP status, or 0 without an answer. */
  get status(): u32 {
    const text = this.arrived ? this.headers.get(':status') : null
    return text === null ? 0 : <u32>parseInt(text)
  }
  get body(): ArrayBuffer {
    return this.content.bytes()
  }
  get text(): string {
    return this.content.text()
  }
}

abstract class Pending {
  readonly contextId: u32 = currentContextId()
  abstract run(response: CallResponse): void
}

class PendingWith<T> extends Pending {
  constructor(
    private readonly context: T,
    private readonly callback: (context: T, response: CallResponse) => void,
  ) {
    super()
  }
  run(response: CallResponse): void {
    this.callback(this.context, response)
  }
}

const pending = new Map<u32, Pending>()

/**
 * Calls a service: `httpCall('outbound|80||auth.dns', [[':method', 'GET'], [':path', '/check'], [':authority', 'auth']],
 * null, 500, this, (self, response) => { … })`. The three pseudo headers are required; an unknown cluster or a missing
 * one is `Status.BadArgument`, and then the callback does not come: do not pause. AssemblyScript has no closures, so the
 * callback is handed the `context` you pass (usually `this`). It is not called if the stream is gone by then.
 */
export function httpCall<T>(
  cluster: string,
  headers: string[][],
  body: ArrayBuffer | null,
  timeoutMs: u32,
  context: T,
  callback: (context: T, response: CallResponse) => void,
  trailers: string[][] = [],
): Status {
  const name = utf8(cluster)
  const head = encodePairs(headers)
  const tail = encodePairs(trailers)
  const data = body === null ? new ArrayBuffer(0) : body
  const status = keepStatus(
    proxy_http_call(
      at(name),
      name.byteLength,
      at(head),
      head.byteLength,
      at(data),
      data.byteLength,
      at(tail),
      tail.byteLength,
      timeoutMs,
      OUT_WORD,
    ),
  )
  if (status == Status.Ok) pending.set(load<u32>(OUT_WORD), new PendingWith<T>(context, callback))
  return status
}

/** The gateway's end of `httpCall`; the answer comes on the root context, so the stream is made current first. */
export function finishCall(root: u32, token: u32, headerCount: u32, bodySize: u32, trailerCount: u32): void {
  if (!pending.has(token)) return
  const call = pending.get(token)
  pending.delete(token)
  if (call.contextId != root && proxy_set_effective_context(call.contextId) != 0) return
  enterContext(call.contextId)
  call.run(new CallResponse(headerCount, bodySize, trailerCount))
}

import { textOf } from '../core/bytes'
import { CallResponse, httpCall } from '../core/call'
import { Status, statusName } from '../core/status'
import { Header } from './answer-headers'
import { callingContext } from './calling-context'
import { Cluster } from './cluster'
import { HttpContext } from './http-context'
import { pluginLog } from './log'
import { Target } from './target'

/**
 * What runs when a call is answered. AssemblyScript has no closures: `ctx` is the request that called (its `Config<C>()`
 * and `GetContext` carry the rest), or a stand-in without a stream if a tick called.
 */
export type ResponseCallback = (ctx: HttpContext, statusCode: i32, responseHeaders: Header, responseBody: ArrayBuffer) => void

class Call {
  constructor(
    readonly id: i32,
    readonly ctx: HttpContext,
    readonly callback: ResponseCallback,
  ) {}
}

/** A call takes this long when nothing is said. */
export const DEFAULT_TIMEOUT_MS: u32 = 500

let calls: i32 = 0

/** Calls one service. The methods give an error if the call could not be sent: then the callback does not come, do not pause. */
export class ClusterClient {
  constructor(private readonly cluster: Cluster) {}

  ClusterName(): string {
    return this.cluster.ClusterName()
  }
  Get(url: string, headers: string[][], callback: ResponseCallback, timeoutMs: u32 = DEFAULT_TIMEOUT_MS): Error | null {
    return this.Call('GET', url, headers, null, callback, timeoutMs)
  }
  Head(url: string, headers: string[][], callback: ResponseCallback, timeoutMs: u32 = DEFAULT_TIMEOUT_MS): Error | null {
    return this.Call('HEAD', url, headers, null, callback, timeoutMs)
  }
  Options(url: string, headers: string[][], callback: ResponseCallback, timeoutMs: u32 = DEFAULT_TIMEOUT_MS): Error | null {
    return this.Call('OPTIONS', url, headers, null, callback, timeoutMs)
  }
  Post(url: string, headers: string[][], body: ArrayBuffer, callback: ResponseCallback, timeoutMs: u32 = DEFAULT_TIMEOUT_MS): Error | null {
    return this.Call('POST', url, headers, body, callback, timeoutMs)
  }
  Put(url: string, headers: string[][], body: ArrayBuffer, callback: ResponseCallback, timeoutMs: u32 = DEFAULT_TIMEOUT_MS): Error | null {
    return this.Call('PUT', url, headers, body, callback, timeoutMs)
  }
  Patch(url: string, headers: string[][], body: ArrayBuffer, callback: ResponseCallback, timeoutMs: u32 = DEFAULT_TIMEOUT_MS): Error | null {
    return this.Call('PATCH', url, headers, body, callback, timeoutMs)
  }
  Delete(url: string, headers: string[][], body: ArrayBuffer, callback: ResponseCallback, timeoutMs: u32 = DEFAULT_TIMEOUT_MS): Error | null {
    return this.Call('DELETE', url, headers, body, callback, timeoutMs)
  }

  Call(
    method: string,
    url: string,
    headers: string[][],
    body: ArrayBuffer | null,
    callback: ResponseCallback,
    timeoutMs: u32 = DEFAULT_TIMEOUT_MS,
  ): Error | null {
    const cluster = this.cluster.ClusterName()
    const call = new Call(++calls, callingContext(), callback)
    pluginLog().UnsafeInfo(
      'http call start, id: ' + call.id.toString() + ', cluster: ' + cluster + ', method: ' + method + ', url: ' + url +
        ', timeout: ' + timeoutMs.toString(),
    )
    const status = httpCall<Call>(
      cluster,
      requestHeaders(method, url, this.cluster.HostName(), headers),
      body,
      timeoutMs,
      call,
      finish,
    )
    if (status == Status.Ok) return null
    const message = 'http call to ' + cluster + ' failed: ' + statusName(status)
    pluginLog().Critical(message)
    return new Error(message)
  }
}

export function NewClusterClient(cluster: Cluster): ClusterClient {
  return new ClusterClient(cluster)
}

/** `:method :path :authority` first and always ours; the caller's other headers in their order. */
function requestHeaders(method: string, url: string, host: string, headers: string[][]): string[][] {
  const target = new Target(url)
  const authority = target.authority.length > 0 ? target.authority : host.length > 0 ? host : 'unknownhost'
  const result: string[][] = [[':method', method], [':path', target.path], [':authority', authority]]
  for (let i = 0; i < headers.length; i++) {
    const name = headers[i][0]
    if (name != ':method' && name != ':path' && name != ':authority') result.push(headers[i])
  }
  return result
}

function finish(call: Call, response: CallResponse): void {
  const headers = new Header(response.headers.pairs())
  const body = response.body
  const code = headers.StatusCode()
  if (!response.arrived) pluginLog().Critical('http call ' + call.id.toString() + ' was reset before an answer came')
  pluginLog().UnsafeInfo(
    'http call end, id: ' + call.id.toString() + ', code: ' + code.toString() + ', normal: ' +
      (response.arrived ? 'true' : 'false') + ', body: ' + textOf(body),
  )
  call.callback(call.ctx, code, headers, body)
}

import { lastStatus, Status, statusName } from '../core/status'
import { Header } from './answer-headers'
import { HttpContext } from './http-context'
import * as proxywasm from './proxywasm'
import { Target } from './target'
import { Action, ActionContinue, ActionPause, HeaderStopIteration } from './types'

/** What runs with the whole answer of a `RouteCall`; `ctx` is the request. */
export type RouteResponseCallback = (ctx: HttpContext, statusCode: i32, responseHeaders: Header, responseBody: ArrayBuffer) => void

/** A request that became another one to its route's own service; the response is for the callback (higress.md 1.8). */
export class RouteCall {
  private headers: Header = new Header([])

  constructor(private readonly callback: RouteResponseCallback) {}

  /** Turns the request into `method url`; an error says which change the gateway refused. */
  send(ctx: HttpContext, method: string, url: string, headers: string[][], body: ArrayBuffer): Error | null {
    const target = new Target(url)
    proxywasm.RemoveHttpRequestHeader('accept-encoding')
    proxywasm.RemoveHttpRequestHeader('content-length')
    const changes: string[][] = [
      ['x-envoy-original-method', ctx.Method()],
      ['x-envoy-original-path', ctx.Path()],
      ['x-envoy-original-host', ctx.Host()],
      [':method', method],
      [':path', target.path],
    ]
    if (target.authority.length > 0) changes.push([':authority', target.authority])
    const all = changes.concat(headers)
    for (let i = 0; i < all.length; i++) {
      const status = proxywasm.ReplaceHttpRequestHeader(all[i][0], all[i][1])
      if (status != Status.Ok) return new Error('failed to set the request header ' + all[i][0] + ': ' + statusName(status))
    }
    if (proxywasm.ReplaceHttpRequestBody(body) == Status.Ok) return null
    return new Error('failed to replace the request body: ' + statusName(lastStatus()))
  }

  onHeaders(ctx: HttpContext, endOfStream: bool): Action {
    this.headers = new Header(proxywasm.GetHttpResponseHeaders())
    proxywasm.RemoveHttpResponseHeader('content-length')
    if (!endOfStream) return HeaderStopIteration
    this.callback(ctx, this.headers.StatusCode(), this.headers, new ArrayBuffer(0))
    return ActionContinue
  }

  onBody(ctx: HttpContext, size: u32, endOfStream: bool): Action {
    if (!endOfStream) return ActionPause
    this.callback(ctx, this.headers.StatusCode(), this.headers, proxywasm.GetHttpResponseBody(0, size))
    return ActionContinue
  }
}

import { HeaderAction, HttpContext, registerHttpContext } from '@proxyground/sdk'
export * from '@proxyground/sdk/proxy'

class Greet extends HttpContext {
  private user: string = ''

  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    // What the plugin before us set. Keep it: in the response phase the request headers are gone.
    const user = this.requestHeaders.get('x-user')
    if (user !== null) this.user = user
    return HeaderAction.Continue
  }

  onResponseHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.responseHeaders.add('x-greeting', 'hello, ' + this.user)
    return HeaderAction.Continue
  }
}

registerHttpContext((id, root) => new Greet(id, root))

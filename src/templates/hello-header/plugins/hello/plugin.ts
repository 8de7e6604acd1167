import { HeaderAction, HttpContext, registerHttpContext } from '@proxyground/sdk'
export * from '@proxyground/sdk/proxy'

class Hello extends HttpContext {
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.requestHeaders.add('hello', 'world')
    return HeaderAction.Continue
  }

  onResponseHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.responseHeaders.add('x-seen-by', 'hello')
    return HeaderAction.Continue
  }
}

registerHttpContext((id, root) => new Hello(id, root))

import { DataAction, HeaderAction, HttpContext, registerHttpContext } from '@proxyground/sdk'
export * from '@proxyground/sdk/proxy'

class Shout extends HttpContext {
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    // The body will have another length. Once the headers have left it is too late.
    this.requestHeaders.remove('content-length')
    return HeaderAction.Continue
  }

  onRequestBody(size: u32, endOfStream: bool): DataAction {
    // Chunks come as they arrive: keep them until the last one, then the whole body is readable.
    if (!endOfStream) return DataAction.StopIterationAndBuffer
    const body = this.requestBody.text()
    this.requestBody.replace(body.toUpperCase() + '!')
    return DataAction.Continue
  }
}

registerHttpContext((id, root) => new Shout(id, root))

import { HeaderAction, HttpContext, logInfo, registerHttpContext } from '@proxyground/sdk'
export * from '@proxyground/sdk/proxy'

/** First in the chain, because its phase is AUTHN. */
class Identify extends HttpContext {
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    const key = this.requestHeaders.get('x-key')
    if (key === null) {
      this.reply(401, 'an x-key header is needed')
      return HeaderAction.Continue
    }
    this.requestHeaders.remove('x-key')
    this.requestHeaders.replace('x-user', key == 'k1' ? 'ann' : 'guest')
    return HeaderAction.Continue
  }

  /** Responses go back through the chain: this one sees them last. */
  onResponseHeaders(count: u32, endOfStream: bool): HeaderAction {
    const greeting = this.responseHeaders.get('x-greeting')
    logInfo(greeting === null ? 'no greeting' : 'greeted: ' + greeting)
    return HeaderAction.Continue
  }
}

registerHttpContext((id, root) => new Identify(id, root))

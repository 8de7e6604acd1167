import {
  counter,
  getSharedData,
  HeaderAction,
  HttpContext,
  logWarn,
  registerHttpContext,
  setSharedData,
  Status,
} from '@proxyground/sdk'
export * from '@proxyground/sdk/proxy'

const KEY = 'requests'
const total = counter('counter_requests_total')

/** Each worker has its own VM and its own memory; shared data is one for all of them. */
function next(): i32 {
  for (let attempt = 0; attempt < 10; attempt++) {
    const old = getSharedData(KEY)
    const value = (old === null ? 0 : <i32>parseInt(old.text)) + 1
    // The version makes the write fail if another worker wrote since we read: then read again.
    const status = setSharedData(KEY, value.toString(), old === null ? 0 : old.cas)
    if (status == Status.Ok) return value
  }
  logWarn('the counter is contended')
  return 0
}

class Counting extends HttpContext {
  private number: i32 = 0

  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.number = next()
    total.increment()
    return HeaderAction.Continue
  }

  onResponseHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.responseHeaders.add('x-request-number', this.number.toString())
    return HeaderAction.Continue
  }
}

registerHttpContext((id, root) => new Counting(id, root))

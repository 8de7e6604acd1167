import { describe, expect, test } from 'vitest'
import { exchange, get, logsOf, runGuest } from './test-guest.ts'

const http = (body: string, imports = '') => `
import { CallResponse, counter, DataAction, equalBytes, gauge, getProperty, getPropertyInt, getPropertyText, getSharedData, HeaderAction,
  histogram, httpCall, HttpContext, lastStatus, latin1, latin1Of, logInfo, registerHttpContext, registerRootContext, RootContext,
  setPropertyText, setSharedData, setTickPeriod, Status, statusName, textOf, TrailersAction, utf8, currentTimeMs, callForeignFunction${imports} } from '@proxyground/sdk'
${body}
registerHttpContext((id, root) => new C(id, root))
`
const onHeaders = (body: string) =>
  http(`class C extends HttpContext {
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    ${body}
    return HeaderAction.Continue
  }
}`)

describe('headers', { timeout: 60_000 }, () => {
  test('are read, added, replaced and removed, with duplicates in order', async () => {
    const report = await runGuest({
      source: onHeaders(`
        const h = this.requestHeaders
        h.add('x-a', 'three')
        logInfo('all ' + h.all('X-A').join(','))
        const first = h.get('x-a')
        logInfo('first ' + (first === null ? 'none' : first))
        h.replace('x-b', 'new'); h.remove('x-c')
        logInfo('missing ' + (h.get('nope') === null ? statusName(lastStatus()) : 'found') + ' ' + h.has('x-b').toString())
        logInfo('pairs ' + h.pairs()[0].join('='))`),
      steps: `  - request: { url: http://127.0.0.1:10000/get, headers: [[x-a, one], [x-a, two], [x-b, old], [x-c, gone]] }
    expect: { upstream: [{ headers: { x-b: new, x-c: null } }] }`,
    })
    expect(report.failures).toEqual([])
    expect(logsOf(report)).toEqual([
      'info: all one,two,three',
      'info: first one',
      'info: missing NotFound true',
      'info: pairs :authority=127.0.0.1:10000',
    ])
  })

  test('keep bytes that are no UTF-8', async () => {
    const report = await runGuest({
      source: onHeaders(`
        const raw = this.requestHeaders.getBytes('x-raw')
        if (raw !== null) {
          logInfo(raw.byteLength.toString() + ' ' + latin1Of(raw).charCodeAt(0).toString())
          this.requestHeaders.addBytes('x-copy', raw)
          logInfo(equalBytes(raw, latin1(latin1Of(raw))).toString())
        }
        this.requestHeaders.add('x-text', '你好')
        const text = this.requestHeaders.get('x-text')
        if (text !== null) logInfo(text)`),
      steps: `  - request: { url: http://127.0.0.1:10000/get, headers: { x-raw: "\\xff\\xfe" } }`,
    })
    expect(logsOf(report)).toEqual(['info: 2 255', 'info: true', 'info: 你好'])
    const headers = new Map(exchange(report).upstream?.[0]?.headers)
    expect(headers.get('x-copy')).toBe(headers.get('x-raw'))
  })

  test('outside their phase give BadArgument, and nothing breaks', async () => {
    const report = await runGuest({
      source: http(`class C extends HttpContext {
  onResponseHeaders(count: u32, endOfStream: bool): HeaderAction {
    logInfo('add ' + statusName(this.requestHeaders.add('late', '1')) + ' pairs ' + this.requestHeaders.pairs().length.toString())
    return HeaderAction.Continue
  }
}`),
      steps: `${get}\n    expect: { status: 200 }`,
    })
    expect(logsOf(report)).toEqual(['info: add BadArgument pairs 0'])
    expect(report.failures).toEqual([])
  })
})

describe('bodies, trailers and replies', { timeout: 60_000 }, () => {
  test('a body is prepended, appended and replaced', async () => {
    const report = await runGuest({
      source: http(`class C extends HttpContext {
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.requestHeaders.remove('content-length')
    return HeaderAction.Continue
  }
  onRequestBody(size: u32, endOfStream: bool): DataAction {
    if (!endOfStream) return DataAction.StopIterationAndBuffer
    logInfo(this.requestBody.text(1, 2) + ' of ' + size.toString())
    this.requestBody.prepend('<'); this.requestBody.append('>')
    return DataAction.Continue
  }
  onResponseHeaders(count: u32, endOfStream: bool): HeaderAction {
    this.responseHeaders.remove('content-length')
    return HeaderAction.Continue
  }
  onResponseBody(size: u32, endOfStream: bool): DataAction {
    if (!endOfStream) return DataAction.StopIterationAndBuffer
    this.responseBody.replace('你')
    return DataAction.Continue
  }
}`),
      steps: `  - request: { method: POST, url: http://127.0.0.1:10000/post, body: abcd, chunks: [1, 3] }
    expect: { body: 你, upstream: [{ body: <abcd> }] }`,
    })
    expect(report.failures).toEqual([])
    expect(logsOf(report)).toContain('info: bc of 4')
  })

  test('a reply carries status, headers, body and details', async () => {
    const report = await runGuest({
      source: onHeaders(`this.reply(418, 'tea', [['x-pot', 'yes']], 'tea.time')`),
      steps: `${get}
    expect: { status: 418, body: tea, headers: { x-pot: 'yes' }, details: tea.time, upstream: [{ cluster: httpbin, requests: 0 }] }`,
    })
    expect(report.failures).toEqual([])
  })

  test('trailers are read', async () => {
    const report = await runGuest({
      source: http(`class C extends HttpContext {
  onRequestTrailers(count: u32): TrailersAction {
    const t = this.requestTrailers.get('x-sum')
    logInfo('trailer ' + (t === null ? 'none' : t))
    return TrailersAction.Continue
  }
}`),
      steps: `  - request: { method: POST, url: http://127.0.0.1:10000/post, protocol: h2, body: abc, trailers: { x-sum: '6' } }`,
    })
    expect(logsOf(report)).toEqual(['info: trailer 6'])
  })
})

describe('calls', { timeout: 60_000 }, () => {
  const gateway = `  clusters:
    outbound|80||auth.dns: { kind: fixed, status: 200, headers: { x-user: ann }, body: hi, delay: 20ms }
    slow: { kind: fixed, status: 200, delay: 2s }`
  const calling = (cluster: string, headers = "[[':method', 'GET'], [':path', '/c'], [':authority', 'a']]") =>
    http(`class C extends HttpContext {
  onRequestHeaders(count: u32, endOfStream: bool): HeaderAction {
    const status = httpCall<C>('${cluster}', ${headers}, null, 500, this, (self, response) => {
      const user = response.headers.get('x-user')
      logInfo('answer ' + response.status.toString() + ' ' + response.text + ' ' + (user === null ? 'nobody' : user))
      logInfo('add ' + statusName(self.requestHeaders.add('x-user', 'u')))
      self.resumeRequest()
    })
    if (status == Status.Ok) return HeaderAction.StopAllIterationAndWatermark
    logInfo('not sent: ' + statusName(status))
    return HeaderAction.Continue
  }
}`)

  test('the callback runs on its stream and may change and resume it', async () => {
    const report = await runGuest({
      source: calling('outbound|80||auth.dns'),
      gateway,
      steps: `${get}\n    expect: { status: 200, upstream: [{ headers: { x-user: u } }] }`,
    })
    expect(report.failures).toEqual([])
    expect(logsOf(report)).toEqual(['info: answer 200 hi ann', 'info: add Ok'])
  })

  test('a timeout is a 504 and an unknown cluster is BadArgument', async () => {
    expect(logsOf(await runGuest({ source: calling('slow'), gateway, steps: get }))[0]).toBe(
      'info: answer 504 upstream request timeout nobody',
    )
    expect(logsOf(await runGuest({ source: calling('gone'), gateway, steps: get }))).toEqual([
      'info: not sent: BadArgument',
    ])
    expect(logsOf(await runGuest({ source: calling('slow', "[[':method', 'GET']]"), gateway, steps: get }))).toEqual([
      'info: not sent: BadArgument',
    ])
  })
})

describe('properties, shared data, metrics, time', { timeout: 60_000 }, () => {
  test('each says its status', async () => {
    const report = await runGuest({
      source: onHeaders(`
        const path = getPropertyText(['request', 'path'])
        logInfo('path ' + (path === null ? 'none' : path))
        logInfo('nothing ' + (getProperty(['no_such']) === null ? statusName(lastStatus()) : ''))
        setPropertyText(['mine'], 'kept')
        const mine = getPropertyText(['mine'])
        logInfo(mine === null ? 'lost' : mine)
        logInfo('port ' + (getPropertyInt(['destination', 'port']) > 0).toString())
        logInfo('first ' + statusName(setSharedData('k', 'a')))
        const old = getSharedData('k')
        if (old !== null) {
          logInfo(statusName(setSharedData('k', 'b', old.cas)) + ' ' + statusName(setSharedData('k', 'c', old.cas)))
        }
        const c = counter('c_total'); c.increment(); c.increment(2); logInfo('counter ' + c.value.toString())
        const g = gauge('g'); g.record(7); logInfo('gauge ' + g.value.toString())
        histogram('h').record(5)
        logInfo('time ' + currentTimeMs().toString())
        logInfo('foreign ' + (callForeignFunction('no_such') === null ? statusName(lastStatus()) : ''))`),
      steps: `${get}\n    expect: { metrics: { c_total: 3, g: 7 }, sharedData: { k: b } }`,
    })
    expect(report.failures).toEqual([])
    expect(logsOf(report).map((line) => line.replace('info: ', ''))).toEqual([
      'path /get?a=1',
      'nothing NotFound',
      'kept',
      'port true',
      'first Ok',
      'Ok CasMismatch',
      'counter 3',
      'gauge 7',
      expect.stringMatching(/^time 17672\d{8}$/),
      'foreign NotFound',
    ])
  })
})

describe('roots', { timeout: 60_000 }, () => {
  test('configuration and ticks reach the root context', async () => {
    const report = await runGuest({
      source: `import { logInfo, RootContext, registerRootContext, setTickPeriod } from '@proxyground/sdk'
class Root extends RootContext {
  onConfigure(size: u32): bool {
    logInfo('configured ' + size.toString() + ' ' + this.configuration)
    setTickPeriod(1000)
    return true
  }
  onTick(): void { logInfo('tick') }
}
registerRootContext((id, rootId) => new Root(id, rootId))
`,
      config: '{ a: 1 }',
      steps: '  - advance: 2500ms',
    })
    expect(logsOf(report)).toEqual(['info: configured 7 {"a":1}', 'info: tick', 'info: tick'])
  })

  test('a context that refuses its configuration does not start', async () => {
    const report = await runGuest({
      source: `import { RootContext, registerRootContext } from '@proxyground/sdk'
class Root extends RootContext {
  onConfigure(size: u32): bool { return false }
}
registerRootContext((id, rootId) => new Root(id, rootId))
`,
      steps: get,
    })
    expect(report.failures).toMatchObject([{ path: 'plugins.p', actual: 'refused' }])
  })

  test('an abort says message, file, line and column before it traps', async () => {
    const report = await runGuest({
      source: onHeaders(`const list = [1]; logInfo(list[count + 5].toString())`),
      steps: get,
    })
    expect(logsOf(report)).toContainEqual(
      expect.stringMatching(/^critical: abort: Index out of range at ~lib\/array\.ts:\d+:\d+$/),
    )
    expect(exchange(report).response?.status).toBe(503)
  })
})

import { expect, test } from 'vitest'
import { get, logsOf, runGuest } from './test-guest.ts'

const IMPORTS = `import { bytes, Header, HttpContext, Json, Log, log, PluginContext, proxywasm, text, types, wrapper } from '@proxyground/sdk/higress'
class Config {}
`

test('RouteCall turns the request into another one, and its answer is for the callback', {
  timeout: 60_000,
}, async () => {
  const source = `${IMPORTS}
function onHeaders(ctx: HttpContext, config: Config): types.Action { return types.HeaderStopIteration }
function onBody(ctx: HttpContext, config: Config, body: ArrayBuffer): types.Action {
  ctx.SetContext<string>('question', text(body))
  ctx.RouteCall('GET', 'http://search.example.com/anything/search?q=1#top', [['x-asked-by', 'gateway']], new ArrayBuffer(0), onFound)
  return types.ActionContinue
}
function onFound(ctx: HttpContext, status: i32, headers: Header, body: ArrayBuffer): void {
  const asked = Json.Parse(text(body)).Get('url').String()
  proxywasm.SendHttpResponse(200, [], bytes(ctx.GetStringContext('question', '') + ' ' + status.toString() + ' ' + asked), -1)
}
wrapper.SetCtx<Config>('ask', [wrapper.ProcessRequestHeaders<Config>(onHeaders), wrapper.ProcessRequestBody<Config>(onBody)])
`
  const report = await runGuest({
    source,
    steps: `  - request: { method: POST, url: http://127.0.0.1:10000/ask, body: why }
    expect:
      status: 200
      body: why 200 http://search.example.com/anything/search?q=1
      upstream:
        - method: GET
          path: /anything/search?q=1
          headers: { x-asked-by: gateway, x-envoy-original-path: /ask, x-envoy-original-method: POST }`,
  })
  expect(report.failures).toEqual([])
})

test('one of two workers leads, and goes on leading', { timeout: 60_000 }, async () => {
  const source = `${IMPORTS}
let plugin: PluginContext | null = null
function parse(ctx: PluginContext, json: Json, config: Config): Error | null {
  plugin = ctx
  wrapper.RegisterTickFunc(200, elect)
  return null
}
function elect(): void {
  const ctx = plugin
  if (ctx === null) return
  ctx.DoLeaderElection()
  log.Info(ctx.IsLeader() ? 'leads' : 'follows')
}
wrapper.SetCtx<Config>('lead', [wrapper.ParseConfigWithContext<Config>(parse)])
`
  const report = await runGuest({ source, gateway: '  workers: 2', steps: '  - advance: 400ms' })
  const said = logsOf(report).flatMap((line) => /(leads|follows)$/.exec(line)?.[1] ?? [])
  expect([...said].sort()).toEqual(['follows', 'follows', 'leads', 'leads'])
  expect(said.slice(0, 2)).toEqual(said.slice(2))
})

test('a new VM is asked for after the requests that the option says', { timeout: 60_000 }, async () => {
  const source = `${IMPORTS}
let requests = 0
function onHeaders(ctx: HttpContext, config: Config): types.Action {
  proxywasm.AddHttpRequestHeader('x-count', (++requests).toString())
  return types.HeaderContinue
}
wrapper.SetCtx<Config>('anew', [wrapper.ProcessRequestHeaders<Config>(onHeaders), wrapper.WithRebuildAfterRequests<Config>(2)])
`
  const counted = (count: string) => `${get}\n    expect: { upstream: [{ headers: { x-count: "${count}" } }] }`
  const report = await runGuest({
    source,
    steps: [counted('1'), counted('2'), '  - advance: 2s', counted('1')].join('\n'),
  })
  expect(report.failures).toEqual([])
})

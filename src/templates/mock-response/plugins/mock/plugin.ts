import { bytes, HttpContext, Json, Log, proxywasm, types, wrapper } from '@proxyground/sdk/higress'
export * from '@proxyground/sdk/higress/proxy'

class Config {
  mockEnable: bool = false
}

wrapper.SetCtx<Config>('mock', [
  wrapper.ParseConfigBy<Config>(parseConfig),
  wrapper.ProcessRequestHeadersBy<Config>(onRequestHeaders),
])

function parseConfig(json: Json, config: Config, log: Log): Error | null {
  config.mockEnable = json.Get('mockEnable').Bool()
  return null
}

function onRequestHeaders(ctx: HttpContext, config: Config, log: Log): types.Action {
  proxywasm.AddHttpRequestHeader('hello', 'world')
  if (config.mockEnable) {
    // The service is not asked: the reply goes out when this callback returns, whatever it returns.
    proxywasm.SendHttpResponse(200, [], bytes('hello world'), -1)
  }
  return types.HeaderContinue
}

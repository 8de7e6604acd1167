import { HttpContext, Json, log, proxywasm, RespValue, types, wrapper } from '@proxyground/sdk/higress'
export * from '@proxyground/sdk/higress/proxy'

class Config {
  ttl: i32 = 60
}

const redis = wrapper.NewRedisClusterClient(new wrapper.FQDNCluster('redis.dns', 6379))

wrapper.SetCtx<Config>('cache', [
  wrapper.ParseConfig<Config>(parseConfig),
  wrapper.ProcessRequestHeaders<Config>(onRequestHeaders),
  wrapper.ProcessResponseHeaders<Config>(onResponseHeaders),
  wrapper.ProcessResponseBody<Config>(onResponseBody),
])

function parseConfig(json: Json, config: Config): Error | null {
  config.ttl = <i32>json.Get('ttl').Int()
  return redis.Init('', '', 200)
}

function onRequestHeaders(ctx: HttpContext, config: Config): types.Action {
  if (ctx.Method() != 'GET') return types.HeaderContinue
  ctx.SetContext<string>('key', 'cache:' + ctx.Host() + ctx.Path())
  if (redis.Get(ctx.GetStringContext('key', ''), onFound) !== null) return types.HeaderContinue
  return types.HeaderStopAllIterationAndWatermark
}

/** Without an answer of Redis the service is asked: a cache that is down costs time, not the response. */
function onFound(ctx: HttpContext, found: RespValue): void {
  if (found.Error() !== null || found.IsNull()) {
    proxywasm.ResumeHttpRequest()
    return
  }
  ctx.SetContext<string>('key', '')
  proxywasm.SendHttpResponse(200, [['x-cache', 'hit']], found.Bytes(), -1)
}

function onResponseHeaders(ctx: HttpContext, config: Config): types.Action {
  const fresh = ctx.GetStringContext('key', '') != '' && proxywasm.GetHttpResponseHeader(':status') == '200'
  if (!fresh) {
    ctx.SetContext<string>('key', '')
    ctx.DontReadResponseBody()
    return types.HeaderContinue
  }
  proxywasm.AddHttpResponseHeader('x-cache', 'miss')
  return types.HeaderContinue
}

/** The response waits until it is kept: a callback that comes after its end can do nothing for it. */
function onResponseBody(ctx: HttpContext, config: Config, body: ArrayBuffer): types.Action {
  const key = ctx.GetStringContext('key', '')
  if (redis.SetEx(key, String.UTF8.decode(body), config.ttl, onKept) !== null) return types.DataContinue
  return types.DataStopIterationAndBuffer
}

function onKept(ctx: HttpContext, answer: RespValue): void {
  const failed = answer.Error()
  if (failed !== null) log.Warn('not kept: ' + failed.message)
  proxywasm.ResumeHttpResponse()
}

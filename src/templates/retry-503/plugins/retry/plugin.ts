import { Header, HttpContext, Json, proxywasm, types, wrapper } from '@proxyground/sdk/higress'
export * from '@proxyground/sdk/higress/proxy'

class Config {
  attempts: i64 = 1
  client: wrapper.ClusterClient | null = null
}

wrapper.SetCtx<Config>('retry', [
  wrapper.ParseConfig<Config>(parseConfig),
  wrapper.ProcessRequestHeaders<Config>(onRequestHeaders),
])

function parseConfig(json: Json, config: Config): Error | null {
  config.attempts = json.Get('attempts').Int()
  const cluster = new wrapper.DnsCluster(json.Get('serviceName').String(), json.Get('domain').String(), 80)
  config.client = wrapper.NewClusterClient(cluster)
  return null
}

function onRequestHeaders(ctx: HttpContext, config: Config): types.Action {
  ctx.SetContext<Config>('config', config)
  return ask(ctx, 1) ? types.HeaderStopAllIterationAndWatermark : types.HeaderContinue
}

/** A failed connection and a timeout come as 503 and 504 too, never as an error. */
function ask(ctx: HttpContext, attempt: i64): bool {
  const config = ctx.GetContext<Config>('config', new Config())
  const client = config.client
  if (client === null) return false
  ctx.SetContext<i64>('attempt', attempt)
  return client.Get('/stock', [['x-attempt', attempt.toString()]], onAnswer, 200) === null
}

function onAnswer(ctx: HttpContext, statusCode: i32, headers: Header, body: ArrayBuffer): void {
  const attempt = ctx.GetContext<i64>('attempt', 1)
  const attempts = ctx.GetContext<Config>('config', new Config()).attempts
  if (statusCode >= 503 && attempt < attempts && ask(ctx, attempt + 1)) return
  const tried = [['x-attempts', attempt.toString()]]
  proxywasm.SendHttpResponse(statusCode, tried, body, -1)
}

import { currentTimeMs } from '@proxyground/sdk'
import { HttpContext, Json, log, proxywasm, types, wrapper } from '@proxyground/sdk/higress'
export * from '@proxyground/sdk/higress/proxy'

class Config {
  failures: i64 = 0
  openMs: i64 = 0
}

// A VM belongs to one worker: each worker has a circuit of its own, as Envoy's outlier detection has.
let failed: i64 = 0
let openUntil: i64 = 0
let probing: bool = false

wrapper.SetCtx<Config>('circuit-breaker', [
  wrapper.ParseConfig<Config>(parseConfig),
  wrapper.ProcessRequestHeaders<Config>(onRequestHeaders),
  wrapper.ProcessResponseHeaders<Config>(onResponseHeaders),
])

function parseConfig(json: Json, config: Config): Error | null {
  config.failures = json.Get('failures').Int()
  config.openMs = json.Get('openSeconds').Int() * 1000
  return null
}

function onRequestHeaders(ctx: HttpContext, config: Config): types.Action {
  if (failed >= config.failures) {
    if (probing || <i64>currentTimeMs() < openUntil) {
      proxywasm.SendHttpResponse(503, [['x-circuit', 'open']], String.UTF8.encode('the circuit is open\n'), -1)
      return types.HeaderContinue
    }
    // One request tries whether the service is well again; the others still wait outside.
    probing = true
  }
  ctx.SetContext<bool>('asked', true)
  return types.HeaderContinue
}

function onResponseHeaders(ctx: HttpContext, config: Config): types.Action {
  if (!ctx.GetBoolContext('asked', false)) return types.HeaderContinue
  probing = false
  if (proxywasm.GetHttpResponseHeader(':status') < '500') {
    failed = 0
    return types.HeaderContinue
  }
  failed++
  if (failed >= config.failures) {
    openUntil = <i64>currentTimeMs() + config.openMs
    log.Warn('the circuit opens after ' + failed.toString() + ' failures')
  }
  return types.HeaderContinue
}

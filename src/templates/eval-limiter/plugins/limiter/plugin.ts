import { currentTimeMs } from '@proxyground/sdk'
import { HttpContext, Json, log, proxywasm, RespValue, types, wrapper } from '@proxyground/sdk/higress'
export * from '@proxyground/sdk/higress/proxy'

/** The script is one step for Redis: of requests that come together none sees the tokens of another half taken. */
const TAKE_TOKEN = `
local burst, rate, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local known = redis.call('hmget', KEYS[1], 'tokens', 'at')
local tokens = tonumber(known[1]) or burst
local at = tonumber(known[2]) or now
tokens = math.min(burst, tokens + (now - at) * rate / 1000)
local allowed = tokens >= 1
if allowed then tokens = tokens - 1 end
redis.call('hset', KEYS[1], 'tokens', tostring(tokens), 'at', now)
redis.call('pexpire', KEYS[1], math.ceil(burst / rate * 1000))
return { allowed and 1 or 0, math.floor(tokens) }
`

/** How many tokens a bucket holds, and how many it gets each second. */
class Config {
  burst: string = ''
  perSecond: string = ''
}

const redis = wrapper.NewRedisClusterClient(new wrapper.FQDNCluster('redis.dns', 6379))

wrapper.SetCtx<Config>('eval-limiter', [
  wrapper.ParseConfig<Config>(parseConfig),
  wrapper.ProcessRequestHeaders<Config>(onRequestHeaders),
])

function parseConfig(json: Json, config: Config): Error | null {
  config.burst = json.Get('burst').Int().toString()
  config.perSecond = json.Get('perSecond').Int().toString()
  return redis.Init('', '', 500)
}

function onRequestHeaders(ctx: HttpContext, config: Config): types.Action {
  const key = 'bucket:' + proxywasm.GetHttpRequestHeader('x-user')
  const args = [config.burst, config.perSecond, currentTimeMs().toString()]
  const error = redis.Eval(TAKE_TOKEN, [key], args, onTokens)
  if (error === null) return types.HeaderStopAllIterationAndWatermark
  log.Error('the limiter is away, the request passes: ' + error.message)
  return types.HeaderContinue
}

function onTokens(ctx: HttpContext, answer: RespValue): void {
  const failed = answer.Error()
  if (failed !== null) {
    log.Error('the limiter is away, the request passes: ' + failed.message)
    proxywasm.ResumeHttpRequest()
    return
  }
  const values = answer.Array()
  const left = values[1].Integer().toString()
  if (values[0].Integer() == 0) {
    proxywasm.SendHttpResponse(429, [['x-tokens', left]], String.UTF8.encode('slow down\n'), -1)
    return
  }
  proxywasm.ReplaceHttpRequestHeader('x-tokens', left)
  proxywasm.ResumeHttpRequest()
}

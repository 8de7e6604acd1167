package main

import (
	"strconv"
	"time"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
	"github.com/tidwall/resp"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"eval-limiter",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
	)
}

// The script is one step for Redis: of requests that come together none sees the tokens of another half taken.
const takeToken = `
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

// BucketConfig is the size of a bucket, and how fast it fills.
type BucketConfig struct {
	client wrapper.RedisClient
	burst  int64
	rate   int64
}

func parseConfig(json gjson.Result, config *BucketConfig) error {
	config.burst = json.Get("burst").Int()
	config.rate = json.Get("perSecond").Int()
	name := json.Get("serviceName").String()
	config.client = wrapper.NewRedisClusterClient(wrapper.FQDNCluster{FQDN: name, Port: 6379})
	return config.client.Init("", "", 500)
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config BucketConfig) types.Action {
	user, _ := proxywasm.GetHttpRequestHeader("x-user")
	keys := []interface{}{"bucket:" + user}
	args := []interface{}{config.burst, config.rate, time.Now().UnixMilli()}
	err := config.client.Eval(takeToken, 1, keys, args, func(response resp.Value) {
		if response.Error() != nil {
			log.Errorf("the limiter is away, the request passes: %v", response.Error())
			proxywasm.ResumeHttpRequest()
			return
		}
		answer := response.Array()
		left := strconv.Itoa(answer[1].Integer())
		if answer[0].Integer() == 0 {
			proxywasm.SendHttpResponse(429, [][2]string{{"x-tokens", left}}, []byte("slow down\n"), -1)
			return
		}
		proxywasm.ReplaceHttpRequestHeader("x-tokens", left)
		proxywasm.ResumeHttpRequest()
	})
	if err != nil {
		log.Errorf("the limiter is away, the request passes: %v", err)
		return types.HeaderContinue
	}
	return types.HeaderStopAllIterationAndWatermark
}

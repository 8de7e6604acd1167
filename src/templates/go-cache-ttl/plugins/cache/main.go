package main

import (
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
		"cache",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessResponseHeaders(onHttpResponseHeaders),
		wrapper.ProcessResponseBody(onHttpResponseBody),
	)
}

// CacheConfig says where responses are kept, and for how many seconds.
type CacheConfig struct {
	client wrapper.RedisClient
	ttl    int
}

func parseConfig(json gjson.Result, config *CacheConfig) error {
	config.ttl = int(json.Get("ttl").Int())
	name := json.Get("serviceName").String()
	config.client = wrapper.NewRedisClusterClient(wrapper.FQDNCluster{FQDN: name, Port: 6379})
	return config.client.Init("", "", 200)
}

// Under this name the context holds the key of a response that is to be kept.
const key = "key"

func onHttpRequestHeaders(ctx wrapper.HttpContext, config CacheConfig) types.Action {
	if ctx.Method() != "GET" {
		return types.HeaderContinue
	}
	name := "cache:" + ctx.Host() + ctx.Path()
	ctx.SetContext(key, name)
	err := config.client.Get(name, func(found resp.Value) {
		// Without an answer of Redis the service is asked: a cache that is down costs time, not the response.
		if found.Error() != nil || found.IsNull() {
			proxywasm.ResumeHttpRequest()
			return
		}
		ctx.SetContext(key, "")
		proxywasm.SendHttpResponse(200, [][2]string{{"x-cache", "hit"}}, found.Bytes(), -1)
	})
	if err != nil {
		return types.HeaderContinue
	}
	return types.HeaderStopAllIterationAndWatermark
}

func onHttpResponseHeaders(ctx wrapper.HttpContext, config CacheConfig) types.Action {
	status, _ := proxywasm.GetHttpResponseHeader(":status")
	if ctx.GetStringContext(key, "") == "" || status != "200" {
		ctx.SetContext(key, "")
		ctx.DontReadResponseBody()
		return types.HeaderContinue
	}
	proxywasm.AddHttpResponseHeader("x-cache", "miss")
	return types.HeaderContinue
}

// The response waits until it is kept: a callback that comes after its end can do nothing for it.
func onHttpResponseBody(ctx wrapper.HttpContext, config CacheConfig, body []byte) types.Action {
	err := config.client.SetEx(ctx.GetStringContext(key, ""), body, config.ttl, func(answer resp.Value) {
		if answer.Error() != nil {
			log.Warnf("not kept: %v", answer.Error())
		}
		proxywasm.ResumeHttpResponse()
	})
	if err != nil {
		return types.DataContinue
	}
	return types.DataStopIterationAndBuffer
}

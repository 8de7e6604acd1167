// A guest for what a plugin asks of its host beside headers and bodies: streaming, ticks, election, rebuilding, calls.
package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

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
		"services",
		wrapper.ParseConfigWithContext(parseConfig),
		wrapper.ProcessRequestHeaders(onRequestHeaders),
		wrapper.ProcessRequestBody(onRequestBody),
		wrapper.ProcessStreamingRequestBody(onRequestChunk),
		wrapper.ProcessResponseHeaders(onResponseHeaders),
		wrapper.ProcessStreamingResponseBody(onResponseChunk),
		wrapper.WithRebuildAfterRequests[config](2),
		wrapper.WithRebuildMaxMemBytes[config](1<<40),
		wrapper.WithMaxRequestsPerIoCycle[config](7),
	)
}

type config struct {
	redis wrapper.RedisClient
	call  wrapper.HttpClient
}

func parseConfig(context wrapper.PluginContext, json gjson.Result, config *config) error {
	if hook := json.Get("refuse").String(); hook != "" {
		return errors.New(hook)
	}
	if cluster := json.Get("redis").String(); cluster != "" {
		config.redis = wrapper.NewRedisClusterClient(wrapper.TargetCluster{Cluster: cluster})
		config.redis.Init("", json.Get("password").String(), 1000, wrapper.WithDataBase(2))
		log.Infof("redis ready %t", config.redis.Ready())
	}
	config.call = wrapper.NewClusterClient(wrapper.TargetCluster{Cluster: json.Get("call").String()})
	if json.Get("ticks").Bool() {
		wrapper.RegisterTickFunc(100, func() { log.Info("tick 100") })
		wrapper.RegisterTickFunc(300, func() {
			context.DoLeaderElection()
			log.Infof("tick 300 leader %t", context.IsLeader())
		})
	}
	return nil
}

func onRequestHeaders(ctx wrapper.HttpContext, config config) types.Action {
	switch {
	case strings.HasPrefix(ctx.Path(), "/redis"):
		return redis(ctx, config)
	case strings.HasPrefix(ctx.Path(), "/call"):
		return call(ctx, config)
	case strings.HasPrefix(ctx.Path(), "/anything/route"):
		ctx.BufferRequestBody()
		return types.HeaderStopIteration
	case strings.HasPrefix(ctx.Path(), "/inject"):
		ctx.NeedPauseStreamingResponse()
	}
	return types.HeaderContinue
}

func onRequestChunk(ctx wrapper.HttpContext, config config, chunk []byte, isLast bool) []byte {
	log.Infof("request chunk %q last %t", chunk, isLast)
	return []byte(strings.ToUpper(string(chunk)))
}

func onRequestBody(ctx wrapper.HttpContext, config config, body []byte) types.Action {
	err := ctx.RouteCall("PUT", "http://other.example.com/put?a=1", [][2]string{{"x-added", "1"}}, []byte("routed "+string(body)),
		func(statusCode int, responseHeaders [][2]string, responseBody []byte) {
			proxywasm.RemoveHttpResponseHeader("content-type")
			proxywasm.ReplaceHttpResponseBody([]byte(fmt.Sprintf("%d %s", statusCode, gjson.GetBytes(responseBody, "data"))))
		})
	log.Infof("route call %v", err)
	return types.ActionContinue
}

func onResponseHeaders(ctx wrapper.HttpContext, config config) types.Action {
	proxywasm.RemoveHttpResponseHeader("content-length")
	return types.HeaderContinue
}

func onResponseChunk(ctx wrapper.HttpContext, config config, chunk []byte, isLast bool) []byte {
	log.Infof("response chunk %q last %t", chunk, isLast)
	if strings.HasPrefix(ctx.Path(), "/call") || strings.HasPrefix(ctx.Path(), "/redis") {
		return chunk
	}
	if strings.HasPrefix(ctx.Path(), "/inject") {
		ctx.PushBuffer(append([]byte("injected "), chunk...))
		if isLast {
			for ctx.BufferQueueSize() > 0 {
				part := ctx.PopBuffer()
				proxywasm.InjectEncodedDataToFilterChain(part, ctx.BufferQueueSize() == 0)
			}
		}
		return nil
	}
	return []byte("<" + string(chunk) + ">")
}

func call(ctx wrapper.HttpContext, config config) types.Action {
	method := strings.ToUpper(strings.TrimPrefix(ctx.Path(), "/call/"))
	headers := [][2]string{{"x-first", "1"}, {":path", "/dropped"}, {"x-second", "2"}}
	err := config.call.Call(method, "http://named.example.com//check?q=1#part", headers, []byte("body of\ncall"),
		func(statusCode int, responseHeaders http.Header, responseBody []byte) {
			text := fmt.Sprintf("%d %s %s %q", statusCode, responseHeaders.Get("x-answer"), responseHeaders.Get(":status"), responseBody)
			proxywasm.SendHttpResponse(200, nil, []byte(text), -1)
		}, 200)
	if err != nil {
		proxywasm.SendHttpResponse(500, nil, []byte(err.Error()), -1)
	}
	return types.HeaderStopAllIterationAndWatermark
}

// Runs commands one after the other and answers with what came back.
func redis(ctx wrapper.HttpContext, config config) types.Action {
	c := config.redis
	var answers []string
	type next func(wrapper.RedisResponseCallback) error
	script := []next{
		func(cb wrapper.RedisResponseCallback) error { return c.Set("k", 1.5, cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.Get("k", cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.Get("missing", cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.SetNX("k", "v", 5, cb) },
		func(cb wrapper.RedisResponseCallback) error {
			return c.MSet(map[string]interface{}{"a": 1, "b": 2}, cb)
		},
		func(cb wrapper.RedisResponseCallback) error { return c.MGet([]string{"a", "missing", "b"}, cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.IncrBy("a", 41, cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.Incr("k", cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.RPush("l", []interface{}{"x", 2}, cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.LRange("l", 0, -1, cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.HSet("h", "f", true, cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.HGetAll("h", cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.SAdd("s", []interface{}{"m"}, cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.ZAdd("z", map[string]interface{}{"m": 2}, cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.ZScore("z", "m", cb) },
		func(cb wrapper.RedisResponseCallback) error { return c.Command([]interface{}{"DEL", "z"}, cb) },
	}
	var run func(i int)
	run = func(i int) {
		if i == len(script) {
			proxywasm.SendHttpResponse(200, nil, []byte(strings.Join(answers, "\n")), -1)
			return
		}
		err := script[i](func(response resp.Value) {
			if response.Error() != nil {
				answers = append(answers, "error "+response.Error().Error())
			} else if response.IsNull() {
				answers = append(answers, "null")
			} else {
				answers = append(answers, response.String())
			}
			run(i + 1)
		})
		if err != nil {
			proxywasm.SendHttpResponse(500, nil, []byte(err.Error()), -1)
		}
	}
	run(0)
	return types.HeaderStopAllIterationAndWatermark
}

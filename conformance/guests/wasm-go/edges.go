// A guest at the edges of the wrapper: panics in every callback, bodies that never come, calls that cannot be made.
package main

import (
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
		"edges",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onRequestHeaders),
		wrapper.ProcessRequestBody(onRequestBody),
		wrapper.ProcessResponseHeaders(onResponseHeaders),
		wrapper.ProcessStreamingResponseBody(onResponseChunk),
		wrapper.ProcessStreamDone(onStreamDone),
	)
}

type config struct{ redis wrapper.RedisClient }

func parseConfig(json gjson.Result, config *config) error {
	if json.Get("panic").Bool() {
		panic("in the parser")
	}
	if cluster := json.Get("redis").String(); cluster != "" {
		config.redis = wrapper.NewRedisClusterClient(wrapper.TargetCluster{Cluster: cluster})
		err := config.redis.Init("user", "word", 700)
		if json.Get("unbuffered").Bool() {
			err = config.redis.Init("user", "word", 700, wrapper.WithDisableBuffer())
		}
		log.Infof("init %v ready %t", err, config.redis.Ready())
	}
	return nil
}

func at(ctx wrapper.HttpContext, place string) {
	if strings.HasPrefix(ctx.Path(), "/anything/panic") {
		panic("in " + place)
	}
}

func onRequestHeaders(ctx wrapper.HttpContext, config config) types.Action {
	at(ctx, "request headers")
	log.Debug("a line of debug")
	switch path := strings.TrimPrefix(ctx.Path(), "/anything/"); {
	case path == "detail":
		proxywasm.SendHttpResponseWithDetail(403, "no key given", nil, []byte("no"), -1)
	case path == "unknown":
		client := wrapper.NewClusterClient(wrapper.StaticIpCluster{ServiceName: "nobody", Port: 8080})
		err := client.Get("/", nil, func(int, http.Header, []byte) { log.Info("never") })
		log.Infof("call of %s: %v", client.ClusterName(), err)
	case path == "negative":
		client := wrapper.NewClusterClient(wrapper.RouteCluster{})
		log.Infof("call: %v", client.Get("/", nil, func(int, http.Header, []byte) {}, 1<<32-1))
	case strings.HasPrefix(path, "call/"):
		cluster := strings.TrimPrefix(path, "call/")
		client := wrapper.NewClusterClient(wrapper.TargetCluster{Cluster: cluster})
		err := client.Post("?x=1#y", [][2]string{{":authority", "dropped"}}, nil, func(code int, headers http.Header, body []byte) {
			log.Infof("answer %d %q %v", code, body, headers)
			proxywasm.ResumeHttpRequest()
		})
		log.Infof("call: %v", err)
		return types.HeaderStopAllIterationAndWatermark
	case path == "redis":
		err := config.redis.Get("k", func(response resp.Value) {
			log.Infof("redis %v", response.Error())
			proxywasm.ResumeHttpRequest()
		})
		log.Infof("redis call: %v", err)
		if err == nil {
			return types.HeaderStopAllIterationAndWatermark
		}
	}
	return types.HeaderContinue
}

func onRequestBody(ctx wrapper.HttpContext, config config, body []byte) types.Action {
	log.Infof("request body %q", body)
	at(ctx, "request body")
	return types.ActionContinue
}

func onResponseHeaders(ctx wrapper.HttpContext, config config) types.Action {
	details, _ := proxywasm.GetProperty([]string{"response", "code_details"})
	log.Infof("response details %s", details)
	at(ctx, "response headers")
	return types.HeaderContinue
}

func onResponseChunk(ctx wrapper.HttpContext, config config, chunk []byte, isLast bool) []byte {
	if isLast {
		log.Info(fmt.Sprintf("last chunk, websocket %t", ctx.IsWebsocket()))
	}
	at(ctx, "a response chunk")
	return chunk
}

func onStreamDone(ctx wrapper.HttpContext, config config) { at(ctx, "stream done") }

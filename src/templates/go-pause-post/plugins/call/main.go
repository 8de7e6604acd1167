package main

import (
	"net/http"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
)

func main() {}

func init() {
	wrapper.SetCtx("pause-post", wrapper.ProcessRequestHeaders(onHttpRequestHeaders))
}

// Config is empty: the plugin has nothing to configure.
type Config struct{}

var client = wrapper.NewClusterClient(wrapper.StaticIpCluster{ServiceName: "auth", Port: 80})

func onHttpRequestHeaders(ctx wrapper.HttpContext, config Config) types.Action {
	err := client.Get("/token", nil,
		func(statusCode int, responseHeaders http.Header, responseBody []byte) {
			proxywasm.AddHttpRequestHeader("x-token", responseHeaders.Get("x-token"))
			proxywasm.ResumeHttpRequest()
		})
	if err != nil {
		log.Errorf("http call was not sent: %v", err)
		return types.ActionContinue
	}
	// A GET waits for the call. A POST does not: its body passes this plugin and takes the headers along, long before
	// the callback runs. types.HeaderStopAllIterationAndWatermark holds both.
	return types.ActionPause
}

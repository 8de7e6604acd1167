package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx("my-plugin",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
	)
}

type MyConfig struct {
	enabled bool
}

func parseConfig(json gjson.Result, config *MyConfig) error {
	config.enabled = json.Get("enabled").Bool()
	return nil
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config MyConfig) types.Action {
	if config.enabled {
		proxywasm.AddHttpRequestHeader("x-my-header", "hello")
	}
	return types.HeaderContinue
}

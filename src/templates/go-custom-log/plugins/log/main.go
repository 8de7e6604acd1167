package main

import (
	"time"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"custom-log",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessResponseHeaders(onHttpResponseHeaders),
	)
}

// LogConfig names the header whose value is logged.
type LogConfig struct {
	header string
}

func parseConfig(json gjson.Result, config *LogConfig) error {
	config.header = json.Get("header").String()
	return nil
}

const began = "began"

func onHttpRequestHeaders(ctx wrapper.HttpContext, config LogConfig) types.Action {
	ctx.SetContext(began, time.Now())
	if value, err := proxywasm.GetHttpRequestHeader(config.header); err == nil {
		ctx.SetUserAttribute("tenant", value)
	}
	return types.HeaderContinue
}

func onHttpResponseHeaders(ctx wrapper.HttpContext, config LogConfig) types.Action {
	if start, ok := ctx.GetContext(began).(time.Time); ok {
		ctx.SetUserAttribute("upstream_ms", time.Since(start).Milliseconds())
	}
	ctx.SetUserAttribute("answered_by_service", wrapper.IsResponseFromUpstream())
	// Under custom_log; an access-log format prints it with %FILTER_STATE(wasm.custom_log:PLAIN)%.
	if err := ctx.WriteUserAttributeToLog(); err != nil {
		log.Errorf("the access log lacks our fields: %v", err)
	}
	if err := ctx.WriteUserAttributeToTrace(); err != nil {
		log.Errorf("the span lacks our tags: %v", err)
	}
	return types.HeaderContinue
}

package main

import (
	"strings"
	"time"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/tokenusage"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"ai-statistics",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessRequestBody(onHttpRequestBody),
		wrapper.ProcessStreamingResponseBody(onStreamingResponseBody),
	)
}

// StatisticsConfig holds the counters that exist already, by name.
type StatisticsConfig struct {
	counters map[string]proxywasm.MetricCounter
}

func parseConfig(json gjson.Result, config *StatisticsConfig) error {
	config.counters = make(map[string]proxywasm.MetricCounter)
	return nil
}

func (c StatisticsConfig) add(name string, count uint64) {
	if count == 0 {
		return // the host refuses to add nothing
	}
	counter, ok := c.counters[name]
	if !ok {
		counter = proxywasm.DefineCounterMetric(name)
		c.counters[name] = counter
	}
	counter.Increment(count)
}

const (
	startTime    = "start_time"
	firstToken   = "llm_first_token_duration"
	wholeService = "llm_service_duration"
)

func onHttpRequestHeaders(ctx wrapper.HttpContext, config StatisticsConfig) types.Action {
	ctx.DisableReroute()
	ctx.SetContext(startTime, time.Now().UnixMilli())
	proxywasm.RemoveHttpRequestHeader("accept-encoding")
	return types.HeaderContinue
}

func onHttpRequestBody(ctx wrapper.HttpContext, config StatisticsConfig, body []byte) types.Action {
	ctx.SetContext(tokenusage.CtxKeyRequestModel, gjson.GetBytes(body, "model").String())
	ctx.SetUserAttribute("question", gjson.GetBytes(body, "messages.@reverse.0.content").String())
	return types.ActionContinue
}

func onStreamingResponseBody(ctx wrapper.HttpContext, config StatisticsConfig, chunk []byte, isLastChunk bool) []byte {
	began, _ := ctx.GetContext(startTime).(int64)
	elapsed := time.Now().UnixMilli() - began
	if ctx.GetUserAttribute(firstToken) == nil {
		ctx.SetUserAttribute(firstToken, elapsed)
	}
	usage := tokenusage.GetTokenUsage(ctx, chunk)
	if !isLastChunk {
		return chunk
	}
	ctx.SetUserAttribute(wholeService, elapsed)
	ctx.SetUserAttribute("chat_id", ctx.GetStringContext(tokenusage.CtxKeyChatId, ""))
	ctx.SetUserAttribute("model", usage.Model)
	ctx.SetUserAttribute("input_token", usage.InputToken)
	ctx.SetUserAttribute("output_token", usage.OutputToken)
	if err := ctx.WriteUserAttributeToLogWithKey(wrapper.AILogKey); err != nil {
		log.Errorf("the statistics are not in the access log: %v", err)
	}
	prefix := "route." + property("route_name") + ".upstream." + property("cluster_name") + ".model." + usage.Model + ".metric."
	config.add(prefix+"input_token", uint64(usage.InputToken))
	config.add(prefix+"output_token", uint64(usage.OutputToken))
	config.add(prefix+firstToken, uint64(ctx.GetUserAttribute(firstToken).(int64)))
	return chunk
}

func property(name string) string {
	value, err := proxywasm.GetProperty([]string{name})
	if err != nil {
		return "none"
	}
	// Dots divide the parts of a metric's name.
	return strings.ReplaceAll(string(value), ".", "_")
}

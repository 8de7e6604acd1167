package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"custom-response",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessResponseHeaders(onHttpResponseHeaders),
	)
}

// ResponseConfig is the answer, and the statuses of the service that it replaces; without any, it answers at once.
type ResponseConfig struct {
	statusCode     uint32
	headers        [][2]string
	body           []byte
	enableOnStatus map[uint32]bool
}

func parseConfig(json gjson.Result, config *ResponseConfig) error {
	config.statusCode = 200
	if status := json.Get("statusCode"); status.Exists() {
		if status.Int() < 200 || status.Int() > 599 {
			return fmt.Errorf("statusCode is not between 200 and 599: %s", status.Raw)
		}
		config.statusCode = uint32(status.Int())
	}
	config.body = []byte(json.Get("body").String())
	for _, header := range json.Get("headers").Array() {
		name, value, found := strings.Cut(header.String(), "=")
		if !found {
			return fmt.Errorf("a header is not name=value: %s", header.String())
		}
		config.headers = append(config.headers, [2]string{strings.ToLower(name), value})
	}
	config.enableOnStatus = make(map[uint32]bool)
	for _, status := range json.Get("enableOnStatus").Array() {
		config.enableOnStatus[uint32(status.Uint())] = true
	}
	return nil
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config ResponseConfig) types.Action {
	if len(config.enableOnStatus) > 0 {
		return types.HeaderContinue
	}
	proxywasm.SendHttpResponseWithDetail(config.statusCode, "custom-response", config.headers, config.body, -1)
	return types.HeaderStopAllIterationAndWatermark
}

func onHttpResponseHeaders(ctx wrapper.HttpContext, config ResponseConfig) types.Action {
	if !wrapper.IsResponseFromUpstream() {
		return types.HeaderContinue
	}
	value, err := proxywasm.GetHttpResponseHeader(":status")
	if err != nil {
		return types.HeaderContinue
	}
	status, err := strconv.ParseUint(value, 10, 32)
	if err != nil || !config.enableOnStatus[uint32(status)] {
		return types.HeaderContinue
	}
	proxywasm.SendHttpResponseWithDetail(config.statusCode, "custom-response", config.headers, config.body, -1)
	return types.HeaderStopAllIterationAndWatermark
}

package main

import (
	"strings"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"edit-bodies",
		wrapper.ParseConfig(parseConfig),
		wrapper.ProcessRequestHeaders(onHttpRequestHeaders),
		wrapper.ProcessRequestBody(onHttpRequestBody),
		wrapper.ProcessResponseHeaders(onHttpResponseHeaders),
		wrapper.ProcessResponseBody(onHttpResponseBody),
	)
}

// EditConfig says what is added to, changed in and removed from requests and responses.
type EditConfig struct {
	addHeaders         [][2]string
	removeHeaders      []string
	setRequest         [][2]string
	removeFromResponse string
}

func parseConfig(json gjson.Result, config *EditConfig) error {
	config.addHeaders = pairsOf(json.Get("addHeaders"))
	config.setRequest = pairsOf(json.Get("setRequest"))
	for _, name := range json.Get("removeHeaders").Array() {
		config.removeHeaders = append(config.removeHeaders, name.String())
	}
	config.removeFromResponse = json.Get("removeFromResponse").String()
	return nil
}

func pairsOf(object gjson.Result) (pairs [][2]string) {
	object.ForEach(func(name, value gjson.Result) bool {
		pairs = append(pairs, [2]string{name.String(), value.String()})
		return true
	})
	return pairs
}

func onHttpRequestHeaders(ctx wrapper.HttpContext, config EditConfig) types.Action {
	// Changed headers must not send the request another way.
	ctx.DisableReroute()
	for _, header := range config.addHeaders {
		proxywasm.AddHttpRequestHeader(header[0], header[1])
	}
	for _, name := range config.removeHeaders {
		proxywasm.RemoveHttpRequestHeader(name)
	}
	// An encoded response would pass the body handler by.
	proxywasm.RemoveHttpRequestHeader("accept-encoding")
	if !ctx.HasRequestBody() {
		return types.HeaderContinue
	}
	contentType, _ := proxywasm.GetHttpRequestHeader("content-type")
	if !strings.HasPrefix(contentType, "application/json") {
		ctx.DontReadRequestBody()
		return types.HeaderContinue
	}
	// The body changes its length; the header has to go before the headers do.
	proxywasm.RemoveHttpRequestHeader("content-length")
	return types.HeaderStopIteration
}

func onHttpRequestBody(ctx wrapper.HttpContext, config EditConfig, body []byte) types.Action {
	for _, field := range config.setRequest {
		changed, err := sjson.SetBytes(body, field[0], field[1])
		if err != nil {
			log.Warnf("the request body keeps its %s: %v", field[0], err)
			continue
		}
		body = changed
	}
	proxywasm.ReplaceHttpRequestBody(body)
	return types.ActionContinue
}

func onHttpResponseHeaders(ctx wrapper.HttpContext, config EditConfig) types.Action {
	if !wrapper.IsApplicationJson() {
		ctx.DontReadResponseBody()
		return types.HeaderContinue
	}
	proxywasm.RemoveHttpResponseHeader("content-length")
	proxywasm.AddHttpResponseHeader("x-edited", "yes")
	return types.HeaderContinue
}

func onHttpResponseBody(ctx wrapper.HttpContext, config EditConfig, body []byte) types.Action {
	if config.removeFromResponse == "" {
		return types.ActionContinue
	}
	changed, err := sjson.DeleteBytes(body, config.removeFromResponse)
	if err != nil {
		log.Warnf("the response body keeps its %s: %v", config.removeFromResponse, err)
		return types.ActionContinue
	}
	proxywasm.ReplaceHttpResponseBody(changed)
	return types.ActionContinue
}

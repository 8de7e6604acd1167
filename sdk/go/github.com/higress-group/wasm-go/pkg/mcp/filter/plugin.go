package filter

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/mcp/utils"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

// The method of the request, for the response of the same exchange.
const keyMethod = "mcp:filter:method"

var loaded Context

// The configuration of one rule, or the global one: what the plugin's own parser made.
type filterConfig struct {
	own any
}

// Load sets the filter's parts; call it in func init, before Initialize.
func Load(options ...CtxOption) {
	for _, option := range options {
		option.Apply(&loaded)
	}
}

// Initialize registers the plugin with all that Load has set.
func Initialize() {
	name := loaded.name
	if name == "" {
		name = "mcp-filter"
	}
	options := []wrapper.CtxOption[filterConfig]{
		wrapper.WithLogger[filterConfig](utils.MCPServerLog{}),
		wrapper.ParseOverrideRawConfig(parseConfig, parseRule),
		wrapper.ProcessRequestHeaders(onRequestHeaders),
		wrapper.ProcessRequestBody(onRequestBody),
		wrapper.WithRebuildMaxMemBytes[filterConfig](200 << 20),
	}
	if loaded.response != nil || loaded.fallbackResponse != nil || loaded.toolResult != nil || loaded.toolList != nil {
		options = append(options, wrapper.ProcessResponseHeaders(onResponseHeaders), wrapper.ProcessResponseBody(onResponseBody))
	}
	wrapper.SetCtxWithOptions(name, options...)
}

func parseConfig(data []byte, config *filterConfig) error {
	if loaded.parse == nil {
		return nil
	}
	return loaded.parse(data, &config.own)
}

func parseRule(data []byte, global filterConfig, config *filterConfig) error {
	if loaded.parseRule == nil {
		return parseConfig(data, config)
	}
	return loaded.parseRule(data, global.own, &config.own)
}

func onRequestHeaders(ctx wrapper.HttpContext, config filterConfig) types.Action {
	ctx.DisableReroute()
	ctx.SetRequestBodyBufferLimit(100 << 20)
	_ = proxywasm.RemoveHttpRequestHeader("accept-encoding")
	if !ctx.HasRequestBody() {
		if loaded.fallbackRequest != nil {
			return loaded.fallbackRequest(ctx, config.own, requestHeaders(), nil)
		}
		return types.HeaderContinue
	}
	// A filter may change the body, and refuse it before anything has left.
	_ = proxywasm.RemoveHttpRequestHeader("content-length")
	return types.HeaderStopIteration
}

func onRequestBody(ctx wrapper.HttpContext, config filterConfig, body []byte) types.Action {
	seen := false
	action := utils.HandleJsonRpcRequest(ctx, body, func(ctx wrapper.HttpContext, id utils.JsonRpcID, method string, params gjson.Result, rawBody []byte) types.Action {
		seen = true
		ctx.SetContext(keyMethod, method)
		if method == "tools/call" && loaded.toolCall != nil {
			return loaded.toolCall(ctx, config.own, params.Get("name").String(), params.Get("arguments"), rawBody)
		}
		if loaded.request != nil {
			return loaded.request(ctx, config.own, id, method, params, rawBody)
		}
		return types.ActionContinue
	})
	if !seen && loaded.fallbackRequest != nil {
		return loaded.fallbackRequest(ctx, config.own, requestHeaders(), body)
	}
	return action
}

func onResponseHeaders(ctx wrapper.HttpContext, config filterConfig) types.Action {
	ctx.SetResponseBodyBufferLimit(100 << 20)
	if !ctx.HasResponseBody() {
		if loaded.fallbackResponse != nil {
			return loaded.fallbackResponse(ctx, config.own, responseHeaders(), nil)
		}
		return types.HeaderContinue
	}
	_ = proxywasm.RemoveHttpResponseHeader("content-length")
	return types.HeaderStopIteration
}

func onResponseBody(ctx wrapper.HttpContext, config filterConfig, body []byte) types.Action {
	seen := false
	action := utils.HandleJsonRpcResponse(ctx, body, func(ctx wrapper.HttpContext, id utils.JsonRpcID, result, failure gjson.Result, rawBody []byte) types.Action {
		seen = true
		switch method := ctx.GetStringContext(keyMethod, ""); {
		case method == "tools/list" && loaded.toolList != nil && result.Get("tools").Exists():
			return loaded.toolList(ctx, config.own, result.Get("tools"), rawBody)
		case method == "tools/call" && loaded.toolResult != nil && result.Exists():
			return loaded.toolResult(ctx, config.own, result.Get("isError").Bool(), result.Get("content"), rawBody)
		case loaded.response != nil:
			return loaded.response(ctx, config.own, id, result, failure, rawBody)
		}
		return types.ActionContinue
	})
	if !seen && loaded.fallbackResponse != nil {
		return loaded.fallbackResponse(ctx, config.own, responseHeaders(), body)
	}
	return action
}

func requestHeaders() [][2]string {
	return headersOr(proxywasm.GetHttpRequestHeaders())
}

func responseHeaders() [][2]string {
	return headersOr(proxywasm.GetHttpResponseHeaders())
}

func headersOr(headers [][2]string, err error) [][2]string {
	if err != nil {
		log.Errorf("the headers cannot be read: %v", err)
	}
	return headers
}

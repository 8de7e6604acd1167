// Package filter is a plugin that looks at MCP messages on their way to and from a server: whole requests and
// responses, tool calls and lists of tools.
package filter

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/mcp/utils"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

// What a filter is made of. Each sees the configuration that the parser made; the action it returns is the stream's.
type (
	HTTPFilterF                    func(context wrapper.HttpContext, config any, headers [][2]string, body []byte) types.Action
	JsonRpcRequestFilterF          func(context wrapper.HttpContext, config any, id utils.JsonRpcID, method string, params gjson.Result, rawBody []byte) types.Action
	JsonRpcResponseFilterF         func(context wrapper.HttpContext, config any, id utils.JsonRpcID, result, error gjson.Result, rawBody []byte) types.Action
	ParseFilterConfigF             func(configBytes []byte, filterConfig *any) error
	ParseFilterRuleOverrideConfigF func(configBytes []byte, filterGlobalConfig any, filterConfig *any) error
	ToolCallRequestFilterF         func(context wrapper.HttpContext, config any, toolName string, toolArgs gjson.Result, rawBody []byte) types.Action
	ToolCallResponseFilterF        func(context wrapper.HttpContext, config any, isError bool, content gjson.Result, rawBody []byte) types.Action
	ToolListResponseFilterF        func(context wrapper.HttpContext, config any, tools gjson.Result, rawBody []byte) types.Action
)

// Context is what Load fills.
type Context struct {
	name             string
	parse            ParseFilterConfigF
	parseRule        ParseFilterRuleOverrideConfigF
	request          JsonRpcRequestFilterF
	response         JsonRpcResponseFilterF
	fallbackRequest  HTTPFilterF
	fallbackResponse HTTPFilterF
	toolCall         ToolCallRequestFilterF
	toolResult       ToolCallResponseFilterF
	toolList         ToolListResponseFilterF
}

// CtxOption is an argument of Load.
type CtxOption interface {
	Apply(*Context)
}

type contextOption func(*Context)

// Apply does what the option says.
func (o contextOption) Apply(ctx *Context) { o(ctx) }

// FilterName names the plugin in its log lines.
func FilterName(name string) CtxOption {
	return contextOption(func(ctx *Context) { ctx.name = name })
}

// SetConfigParser reads the configuration, and each rule.
func SetConfigParser(f ParseFilterConfigF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.parse = f })
}

// SetConfigOverrideParser reads the global configuration with f and each rule with g.
func SetConfigOverrideParser(f ParseFilterConfigF, g ParseFilterRuleOverrideConfigF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.parse, ctx.parseRule = f, g })
}

// SetFallbackHTTPRequestFilter sees requests that are not JSON-RPC.
func SetFallbackHTTPRequestFilter(f HTTPFilterF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.fallbackRequest = f })
}

// SetFallbackHTTPResponseFilter sees responses that are not JSON-RPC.
func SetFallbackHTTPResponseFilter(f HTTPFilterF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.fallbackResponse = f })
}

// SetJsonRpcRequestFilter sees requests that no other filter has seen.
func SetJsonRpcRequestFilter(f JsonRpcRequestFilterF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.request = f })
}

// SetJsonRpcResponseFilter sees responses that no other filter has seen.
func SetJsonRpcResponseFilter(f JsonRpcResponseFilterF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.response = f })
}

// SetToolCallRequestFilter sees calls of tools.
func SetToolCallRequestFilter(f ToolCallRequestFilterF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.toolCall = f })
}

// SetToolCallResponseFilter sees what tools answered.
func SetToolCallResponseFilter(f ToolCallResponseFilterF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.toolResult = f })
}

// SetToolListResponseFilter sees lists of tools.
func SetToolListResponseFilter(f ToolListResponseFilterF) CtxOption {
	return contextOption(func(ctx *Context) { ctx.toolList = f })
}

package wrapper

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/matcher"
	"github.com/tidwall/gjson"
)

// Generic code is compiled anew with every plugin that uses it. What stands here is therefore thin: the types that the
// plugin's own configuration is part of, over pluginCtx and httpCtx, which know it as a pointer only.

// CommonPluginCtx is one configuration of the plugin.
type CommonPluginCtx[PluginConfig any] struct {
	types.DefaultPluginContext
	matcher.RuleMatcher[PluginConfig]
	pluginCtx
}

// CommonHttpCtx is one HTTP exchange.
type CommonHttpCtx[PluginConfig any] struct {
	types.DefaultHttpContext
	httpCtx
}

var (
	_ PluginContext       = (*CommonPluginCtx[struct{}])(nil)
	_ types.PluginContext = (*CommonPluginCtx[struct{}])(nil)
	_ HttpContext         = (*CommonHttpCtx[struct{}])(nil)
	_ types.HttpContext   = (*CommonHttpCtx[struct{}])(nil)
)

// NewPluginContext makes the context of one configuration.
func (vm *CommonVmCtx[PluginConfig]) NewPluginContext(uint32) types.PluginContext {
	return vm.newPluginContext()
}

// Lets NewPluginContext make contexts whose types know the configuration. SetCtx does without: a handler sees them as
// HttpContext and PluginContext only. (No method: the methods of a type are compiled wherever the type is used.)
func makeTypedContexts[PluginConfig any](vm *CommonVmCtx[PluginConfig]) {
	vm.newPluginContext = func() types.PluginContext {
		ctx := &CommonPluginCtx[PluginConfig]{}
		ctx.pluginCtx = newPluginCtx(&vm.vmCtx, ctx, readerInto(vm, &ctx.RuleMatcher))
		return ctx
	}
}

// What a plugin context does with configurations, which are kept in the matcher. Inlined, its functions would be compiled
// twice.
//
//go:noinline
func readerInto[PluginConfig any](vm *CommonVmCtx[PluginConfig], rules *matcher.RuleMatcher[PluginConfig]) configReader {
	return configReader{
		hasParser: vm.parse != nil,
		read: func(context PluginContext, config gjson.Result) error {
			return rules.ParseRuleConfig(context, config, func(json gjson.Result, config *PluginConfig) error {
				if vm.parse == nil {
					return nil
				}
				return vm.parse(context, json, config)
			}, vm.parseRule)
		},
		match: func() (any, error) {
			config, err := rules.GetMatchConfig()
			if config == nil {
				return nil, err
			}
			return config, err
		},
	}
}

// OnPluginStart reads the configuration and starts the plugin, as the host's configure callback asks.
func (ctx *CommonPluginCtx[PluginConfig]) OnPluginStart(int) types.OnPluginStartStatus {
	return ctx.pluginCtx.OnPluginStart()
}

// OnTick runs what is due.
func (ctx *CommonPluginCtx[PluginConfig]) OnTick() { ctx.pluginCtx.OnTick() }

// NewHttpContext makes the context of one exchange.
func (ctx *CommonPluginCtx[PluginConfig]) NewHttpContext(contextID uint32) types.HttpContext {
	exchange := &CommonHttpCtx[PluginConfig]{}
	exchange.httpCtx = newHttpCtx(&ctx.pluginCtx, exchange, contextID)
	return exchange
}

// GetMatchConfig gives the configuration that holds for the current request, nil when none does.
func (ctx *CommonHttpCtx[PluginConfig]) GetMatchConfig() (*PluginConfig, error) {
	found, err := ctx.plugin.configs.match()
	config, _ := found.(*PluginConfig)
	return config, err
}

// OnHttpRequestHeaders looks at the request, chooses the configuration that holds for it and calls the handler.
func (ctx *CommonHttpCtx[PluginConfig]) OnHttpRequestHeaders(numHeaders int, endOfStream bool) types.Action {
	return ctx.httpCtx.OnHttpRequestHeaders(numHeaders, endOfStream)
}

// OnHttpRequestBody hands the body on: each chunk to the streaming handler, or all of it to the other one.
func (ctx *CommonHttpCtx[PluginConfig]) OnHttpRequestBody(bodySize int, endOfStream bool) types.Action {
	return ctx.httpCtx.OnHttpRequestBody(bodySize, endOfStream)
}

// OnHttpResponseHeaders calls the handler, or gives the answer of a RouteCall to its callback.
func (ctx *CommonHttpCtx[PluginConfig]) OnHttpResponseHeaders(numHeaders int, endOfStream bool) types.Action {
	return ctx.httpCtx.OnHttpResponseHeaders(numHeaders, endOfStream)
}

// OnHttpResponseBody hands the body on: each chunk to the streaming handler, or all of it to the other one.
func (ctx *CommonHttpCtx[PluginConfig]) OnHttpResponseBody(bodySize int, endOfStream bool) types.Action {
	return ctx.httpCtx.OnHttpResponseBody(bodySize, endOfStream)
}

// OnHttpStreamDone calls the handler of the exchange's end.
func (ctx *CommonHttpCtx[PluginConfig]) OnHttpStreamDone() { ctx.httpCtx.OnHttpStreamDone() }

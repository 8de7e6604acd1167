package wrapper

import "github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"

// The contexts that SetCtx registers. They do what CommonVmCtx, CommonPluginCtx and CommonHttpCtx do; since no
// configuration is part of their types, they are compiled once, and not with every plugin.
type (
	plainVMCtx struct {
		types.DefaultVMContext
		*vmCtx
		// Makes a reader with a matcher of its own.
		configs func() configReader
	}
	plainPluginCtx struct {
		types.DefaultPluginContext
		pluginCtx
	}
	plainHttpCtx struct {
		types.DefaultHttpContext
		httpCtx
	}
)

func (vm *plainVMCtx) NewPluginContext(uint32) types.PluginContext {
	ctx := &plainPluginCtx{}
	ctx.pluginCtx = newPluginCtx(vm.vmCtx, ctx, vm.configs())
	return ctx
}

func (ctx *plainPluginCtx) OnPluginStart(int) types.OnPluginStartStatus {
	return ctx.pluginCtx.OnPluginStart()
}

func (ctx *plainPluginCtx) OnTick() { ctx.pluginCtx.OnTick() }

func (ctx *plainPluginCtx) NewHttpContext(contextID uint32) types.HttpContext {
	exchange := &plainHttpCtx{}
	exchange.httpCtx = newHttpCtx(&ctx.pluginCtx, exchange, contextID)
	return exchange
}

func (ctx *plainHttpCtx) OnHttpRequestHeaders(numHeaders int, endOfStream bool) types.Action {
	return ctx.httpCtx.OnHttpRequestHeaders(numHeaders, endOfStream)
}

func (ctx *plainHttpCtx) OnHttpRequestBody(bodySize int, endOfStream bool) types.Action {
	return ctx.httpCtx.OnHttpRequestBody(bodySize, endOfStream)
}

func (ctx *plainHttpCtx) OnHttpResponseHeaders(numHeaders int, endOfStream bool) types.Action {
	return ctx.httpCtx.OnHttpResponseHeaders(numHeaders, endOfStream)
}

func (ctx *plainHttpCtx) OnHttpResponseBody(bodySize int, endOfStream bool) types.Action {
	return ctx.httpCtx.OnHttpResponseBody(bodySize, endOfStream)
}

func (ctx *plainHttpCtx) OnHttpStreamDone() { ctx.httpCtx.OnHttpStreamDone() }

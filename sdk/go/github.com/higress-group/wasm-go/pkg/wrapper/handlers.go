package wrapper

import "github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"

// Handlers as httpCtx calls them: the configuration is a pointer to the plugin's own struct.
type (
	headersHandler func(context HttpContext, config any) types.Action
	bodyHandler    func(context HttpContext, config any, body []byte) types.Action
	chunkHandler   func(context HttpContext, config any, chunk []byte, isLast bool) []byte
	doneHandler    func(context HttpContext, config any)
)

// The handlers of a plugin; what is nil is not called.
type handlers struct {
	requestHeaders        headersHandler
	requestBody           bodyHandler
	streamingRequestBody  chunkHandler
	responseHeaders       headersHandler
	responseBody          bodyHandler
	streamingResponseBody chunkHandler
	streamDone            doneHandler
}

// ProcessRequestHeadersBy is ProcessRequestHeaders for a function that takes the logger.
func ProcessRequestHeadersBy[PluginConfig any](f oldOnHttpHeadersFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.requestHeaders = headersWithLog(vm, f) })
}

// ProcessRequestHeaders handles the request's headers.
func ProcessRequestHeaders[PluginConfig any](f onHttpHeadersFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.requestHeaders = headers(f) })
}

// ProcessRequestBodyBy is ProcessRequestBody for a function that takes the logger.
func ProcessRequestBodyBy[PluginConfig any](f oldOnHttpBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.requestBody = bodyWithLog(vm, f) })
}

// ProcessRequestBody handles the request's whole body, once.
func ProcessRequestBody[PluginConfig any](f onHttpBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.requestBody = body(f) })
}

// ProcessStreamingRequestBodyBy is ProcessStreamingRequestBody for a function that takes the logger.
func ProcessStreamingRequestBodyBy[PluginConfig any](f oldOnHttpStreamingBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamingRequestBody = chunkWithLog(vm, f) })
}

// ProcessStreamingRequestBody handles each chunk of the request's body; what it returns replaces the chunk.
func ProcessStreamingRequestBody[PluginConfig any](f onHttpStreamingBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamingRequestBody = chunk(f) })
}

// ProcessResponseHeadersBy is ProcessResponseHeaders for a function that takes the logger.
func ProcessResponseHeadersBy[PluginConfig any](f oldOnHttpHeadersFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.responseHeaders = headersWithLog(vm, f) })
}

// ProcessResponseHeaders handles the response's headers.
func ProcessResponseHeaders[PluginConfig any](f onHttpHeadersFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.responseHeaders = headers(f) })
}

// ProcessResponseBodyBy is ProcessResponseBody for a function that takes the logger.
func ProcessResponseBodyBy[PluginConfig any](f oldOnHttpBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.responseBody = bodyWithLog(vm, f) })
}

// ProcessResponseBody handles the response's whole body, once.
func ProcessResponseBody[PluginConfig any](f onHttpBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.responseBody = body(f) })
}

// ProcessStreamingResponseBodyBy is ProcessStreamingResponseBody for a function that takes the logger.
func ProcessStreamingResponseBodyBy[PluginConfig any](f oldOnHttpStreamingBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamingResponseBody = chunkWithLog(vm, f) })
}

// ProcessStreamingResponseBody handles each chunk of the response's body; what it returns replaces the chunk.
func ProcessStreamingResponseBody[PluginConfig any](f onHttpStreamingBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamingResponseBody = chunk(f) })
}

// ProcessStreamDoneBy is ProcessStreamDone for a function that takes the logger.
func ProcessStreamDoneBy[PluginConfig any](f oldOnHttpStreamDoneFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		vm.on.streamDone = func(context HttpContext, config any) { f(context, *config.(*PluginConfig), vm.log) }
	})
}

// ProcessStreamDone runs when the exchange has ended, in the host's log phase.
func ProcessStreamDone[PluginConfig any](f onHttpStreamDoneFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		if f != nil {
			vm.on.streamDone = func(context HttpContext, config any) { f(context, *config.(*PluginConfig)) }
		}
	})
}

func headers[PluginConfig any](f onHttpHeadersFunc[PluginConfig]) headersHandler {
	if f == nil {
		return nil
	}
	return func(context HttpContext, config any) types.Action { return f(context, *config.(*PluginConfig)) }
}

func body[PluginConfig any](f onHttpBodyFunc[PluginConfig]) bodyHandler {
	if f == nil {
		return nil
	}
	return func(context HttpContext, config any, body []byte) types.Action {
		return f(context, *config.(*PluginConfig), body)
	}
}

func chunk[PluginConfig any](f onHttpStreamingBodyFunc[PluginConfig]) chunkHandler {
	if f == nil {
		return nil
	}
	return func(context HttpContext, config any, chunk []byte, isLast bool) []byte {
		return f(context, *config.(*PluginConfig), chunk, isLast)
	}
}

func headersWithLog[PluginConfig any](vm *CommonVmCtx[PluginConfig], f oldOnHttpHeadersFunc[PluginConfig]) headersHandler {
	return func(context HttpContext, config any) types.Action {
		return f(context, *config.(*PluginConfig), vm.log)
	}
}

func bodyWithLog[PluginConfig any](vm *CommonVmCtx[PluginConfig], f oldOnHttpBodyFunc[PluginConfig]) bodyHandler {
	return func(context HttpContext, config any, body []byte) types.Action {
		return f(context, *config.(*PluginConfig), body, vm.log)
	}
}

func chunkWithLog[PluginConfig any](vm *CommonVmCtx[PluginConfig], f oldOnHttpStreamingBodyFunc[PluginConfig]) chunkHandler {
	return func(context HttpContext, config any, chunk []byte, isLast bool) []byte {
		return f(context, *config.(*PluginConfig), chunk, isLast, vm.log)
	}
}

package wrapper

import "github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"

// The handlers of a plugin; what is nil is not called.
type handlers[PluginConfig any] struct {
	requestHeaders        onHttpHeadersFunc[PluginConfig]
	requestBody           onHttpBodyFunc[PluginConfig]
	streamingRequestBody  onHttpStreamingBodyFunc[PluginConfig]
	responseHeaders       onHttpHeadersFunc[PluginConfig]
	responseBody          onHttpBodyFunc[PluginConfig]
	streamingResponseBody onHttpStreamingBodyFunc[PluginConfig]
	streamDone            onHttpStreamDoneFunc[PluginConfig]
}

// ProcessRequestHeadersBy is ProcessRequestHeaders for a function that takes the logger.
func ProcessRequestHeadersBy[PluginConfig any](f oldOnHttpHeadersFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.requestHeaders = headersWithLog(vm, f) })
}

// ProcessRequestHeaders handles the request's headers.
func ProcessRequestHeaders[PluginConfig any](f onHttpHeadersFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.requestHeaders = f })
}

// ProcessRequestBodyBy is ProcessRequestBody for a function that takes the logger.
func ProcessRequestBodyBy[PluginConfig any](f oldOnHttpBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.requestBody = bodyWithLog(vm, f) })
}

// ProcessRequestBody handles the request's whole body, once.
func ProcessRequestBody[PluginConfig any](f onHttpBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.requestBody = f })
}

// ProcessStreamingRequestBodyBy is ProcessStreamingRequestBody for a function that takes the logger.
func ProcessStreamingRequestBodyBy[PluginConfig any](f oldOnHttpStreamingBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamingRequestBody = chunkWithLog(vm, f) })
}

// ProcessStreamingRequestBody handles each chunk of the request's body; what it returns replaces the chunk.
func ProcessStreamingRequestBody[PluginConfig any](f onHttpStreamingBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamingRequestBody = f })
}

// ProcessResponseHeadersBy is ProcessResponseHeaders for a function that takes the logger.
func ProcessResponseHeadersBy[PluginConfig any](f oldOnHttpHeadersFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.responseHeaders = headersWithLog(vm, f) })
}

// ProcessResponseHeaders handles the response's headers.
func ProcessResponseHeaders[PluginConfig any](f onHttpHeadersFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.responseHeaders = f })
}

// ProcessResponseBodyBy is ProcessResponseBody for a function that takes the logger.
func ProcessResponseBodyBy[PluginConfig any](f oldOnHttpBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.responseBody = bodyWithLog(vm, f) })
}

// ProcessResponseBody handles the response's whole body, once.
func ProcessResponseBody[PluginConfig any](f onHttpBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.responseBody = f })
}

// ProcessStreamingResponseBodyBy is ProcessStreamingResponseBody for a function that takes the logger.
func ProcessStreamingResponseBodyBy[PluginConfig any](f oldOnHttpStreamingBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamingResponseBody = chunkWithLog(vm, f) })
}

// ProcessStreamingResponseBody handles each chunk of the response's body; what it returns replaces the chunk.
func ProcessStreamingResponseBody[PluginConfig any](f onHttpStreamingBodyFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamingResponseBody = f })
}

// ProcessStreamDoneBy is ProcessStreamDone for a function that takes the logger.
func ProcessStreamDoneBy[PluginConfig any](f oldOnHttpStreamDoneFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		vm.on.streamDone = func(context HttpContext, config PluginConfig) { f(context, config, vm.log) }
	})
}

// ProcessStreamDone runs when the exchange has ended, in the host's log phase.
func ProcessStreamDone[PluginConfig any](f onHttpStreamDoneFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.on.streamDone = f })
}

func headersWithLog[PluginConfig any](vm *CommonVmCtx[PluginConfig], f oldOnHttpHeadersFunc[PluginConfig]) onHttpHeadersFunc[PluginConfig] {
	return func(context HttpContext, config PluginConfig) types.Action { return f(context, config, vm.log) }
}

func bodyWithLog[PluginConfig any](vm *CommonVmCtx[PluginConfig], f oldOnHttpBodyFunc[PluginConfig]) onHttpBodyFunc[PluginConfig] {
	return func(context HttpContext, config PluginConfig, body []byte) types.Action {
		return f(context, config, body, vm.log)
	}
}

func chunkWithLog[PluginConfig any](vm *CommonVmCtx[PluginConfig], f oldOnHttpStreamingBodyFunc[PluginConfig]) onHttpStreamingBodyFunc[PluginConfig] {
	return func(context HttpContext, config PluginConfig, chunk []byte, isLast bool) []byte {
		return f(context, config, chunk, isLast, vm.log)
	}
}

// The sample of the Chinese chapter on Wasm plugins, in its shape (workflows.md W29): registered in main, a line for
// every callback, bodies collected with ActionPause until the stream ends.
package main

import (
	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm"
	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {
	proxywasm.LogInfo("main")
	proxywasm.SetVMContext(&vmContext{})
}

type vmContext struct {
	types.DefaultVMContext
}

func (*vmContext) OnVMStart(vmConfigurationSize int) types.OnVMStartStatus {
	proxywasm.LogInfof("OnVMStart %d", vmConfigurationSize)
	return types.OnVMStartStatusOK
}

func (*vmContext) NewPluginContext(contextID uint32) types.PluginContext {
	proxywasm.LogInfof("NewPluginContext %d", contextID)
	return &pluginContext{contextID: contextID}
}

type pluginContext struct {
	types.DefaultPluginContext
	contextID     uint32
	configuration string
}

func (ctx *pluginContext) OnPluginStart(pluginConfigurationSize int) types.OnPluginStartStatus {
	data, err := proxywasm.GetPluginConfiguration()
	if err != nil {
		proxywasm.LogErrorf("no configuration: %v", err)
		return types.OnPluginStartStatusFailed
	}
	ctx.configuration = string(data)
	proxywasm.LogInfof("OnPluginStart %d %s", pluginConfigurationSize, data)
	return types.OnPluginStartStatusOK
}

func (ctx *pluginContext) OnPluginDone() bool {
	proxywasm.LogInfo("OnPluginDone")
	return true
}

func (ctx *pluginContext) NewHttpContext(contextID uint32) types.HttpContext {
	proxywasm.LogInfof("NewHttpContext %d", contextID)
	return &httpContext{contextID: contextID}
}

type httpContext struct {
	types.DefaultHttpContext
	contextID uint32
	size      int
}

func (ctx *httpContext) OnHttpRequestHeaders(numHeaders int, endOfStream bool) types.Action {
	proxywasm.LogInfof("OnHttpRequestHeaders %t", endOfStream)
	return types.ActionContinue
}

func (ctx *httpContext) OnHttpRequestBody(bodySize int, endOfStream bool) types.Action {
	ctx.size = bodySize
	if !endOfStream {
		return types.ActionPause
	}
	body, err := proxywasm.GetHttpRequestBody(0, ctx.size)
	proxywasm.LogInfof("OnHttpRequestBody %d %s %v", bodySize, body, err)
	return types.ActionContinue
}

func (ctx *httpContext) OnHttpResponseHeaders(numHeaders int, endOfStream bool) types.Action {
	proxywasm.LogInfo("OnHttpResponseHeaders")
	return types.ActionContinue
}

func (ctx *httpContext) OnHttpResponseBody(bodySize int, endOfStream bool) types.Action {
	if !endOfStream {
		return types.ActionPause
	}
	body, err := proxywasm.GetHttpResponseBody(0, bodySize)
	proxywasm.LogInfof("OnHttpResponseBody %d %s %v", bodySize, body, err)
	return types.ActionContinue
}

func (ctx *httpContext) OnHttpStreamDone() {
	proxywasm.LogInfof("OnHttpStreamDone %d", ctx.contextID)
}

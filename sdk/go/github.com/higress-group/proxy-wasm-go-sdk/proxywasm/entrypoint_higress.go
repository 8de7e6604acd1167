package proxywasm

import (
	"proxyground.dev/abi/guest"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
)

// What was registered; a factory stands in where the contexts above it make none.
var (
	vmContext     types.VMContext = &types.DefaultVMContext{}
	pluginFactory types.PluginContextFactory
	httpFactory   types.HttpContextFactory
	tcpFactory    types.TcpContextFactory
)

// SetVMContext registers the module. Call it in init.
func SetVMContext(ctx types.VMContext) {
	vmContext = ctx
	register()
}

// SetPluginContext registers how plugin contexts are made, for a module without a VMContext of its own.
func SetPluginContext(newPluginContext func(contextID uint32) types.PluginContext) {
	pluginFactory = newPluginContext
	register()
}

// SetHttpContext registers how HTTP contexts are made, for plugin contexts that make none.
func SetHttpContext(newHttpContext func(contextID uint32) types.HttpContext) {
	httpFactory = newHttpContext
	register()
}

// SetTcpContext registers how TCP contexts are made, for plugin contexts that make none.
func SetTcpContext(newTcpContext func(contextID uint32) types.TcpContext) {
	tcpFactory = newTcpContext
	register()
}

func register() {
	context := vmContext
	if pluginFactory != nil || httpFactory != nil || tcpFactory != nil {
		context = vmOfFactories{vmContext}
	}
	guest.SetVM(context)
}

type vmOfFactories struct{ types.VMContext }

func (vm vmOfFactories) NewPluginContext(contextID uint32) types.PluginContext {
	if pluginFactory != nil {
		return pluginOfFactories{pluginFactory(contextID)}
	}
	return pluginOfFactories{vm.VMContext.NewPluginContext(contextID)}
}

type pluginOfFactories struct{ types.PluginContext }

func (plugin pluginOfFactories) NewHttpContext(contextID uint32) types.HttpContext {
	if made := plugin.PluginContext.NewHttpContext(contextID); made != nil || httpFactory == nil {
		return made
	}
	return httpFactory(contextID)
}

func (plugin pluginOfFactories) NewTcpContext(contextID uint32) types.TcpContext {
	if made := plugin.PluginContext.NewTcpContext(contextID); made != nil || tcpFactory == nil {
		return made
	}
	return tcpFactory(contextID)
}

// Package wrapper is what a Higress plugin is written with: SetCtx registers the plugin's configuration parser and its
// handlers; HttpContext, the cluster clients and the helpers here are used inside of them.
package wrapper

import (
	"unsafe"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/matcher"
)

// vmCtx is what of a plugin does not depend on the type of its configuration.
type vmCtx struct {
	pluginName            string
	log                   log.Log
	beforeStart           onPluginStartOrReload
	on                    handlers
	rebuild               rebuildPolicy
	maxRequestsPerIoCycle uint64
	newPluginContext      func() types.PluginContext
}

// CommonVmCtx is the plugin in one VM: its name, options and handlers.
type CommonVmCtx[PluginConfig any] struct {
	types.DefaultVMContext
	vmCtx
	parse     ParseConfigWithContextFunc[PluginConfig]
	parseRule ParseRuleConfigFunc[PluginConfig]
}

// SetCtx registers a plugin under a name, with the standard logger. Call it in func init: main never runs.
func SetCtx[PluginConfig any](pluginName string, options ...CtxOption[PluginConfig]) {
	register(newVmCtx(pluginName, newDefaultLog(pluginName), options))
}

// SetCtxWithOptions registers a plugin without a logger: WithLogger must be one of the options.
func SetCtxWithOptions[PluginConfig any](pluginName string, options ...CtxOption[PluginConfig]) {
	register(newVmCtx(pluginName, nil, options))
}

// NewCommonVmCtx makes what SetCtx registers.
func NewCommonVmCtx[PluginConfig any](pluginName string, options ...CtxOption[PluginConfig]) *CommonVmCtx[PluginConfig] {
	vm := newVmCtx(pluginName, newDefaultLog(pluginName), options)
	makeTypedContexts(vm)
	return vm
}

// NewCommonVmCtxWithOptions makes what SetCtxWithOptions registers. It panics when nothing reads the configuration
// although the plugin's struct has fields.
func NewCommonVmCtxWithOptions[PluginConfig any](pluginName string, options ...CtxOption[PluginConfig]) *CommonVmCtx[PluginConfig] {
	vm := newVmCtx(pluginName, nil, options)
	makeTypedContexts(vm)
	return vm
}

func newVmCtx[PluginConfig any](pluginName string, logger log.Log, options []CtxOption[PluginConfig]) *CommonVmCtx[PluginConfig] {
	vm := &CommonVmCtx[PluginConfig]{vmCtx: vmCtx{pluginName: pluginName}}
	if logger != nil {
		vm.useLogger(logger)
	}
	for _, opt := range options {
		opt.Apply(vm)
	}
	if vm.parse == nil {
		var config PluginConfig
		if unsafe.Sizeof(config) != 0 {
			panic("the `parseConfig` is missing in NewCommonVmCtx's arguments")
		}
	}
	return vm
}

func register[PluginConfig any](vm *CommonVmCtx[PluginConfig]) {
	registerPlain(&vm.vmCtx, func() configReader { return readerInto(vm, new(matcher.RuleMatcher[PluginConfig])) })
}

// Not inlined: it would bring the generic core of proxywasm into every plugin.
//
//go:noinline
func registerPlain(vm *vmCtx, configs func() configReader) {
	proxywasm.SetVMContext(&plainVMCtx{vmCtx: vm, configs: configs})
}

func (vm *vmCtx) useLogger(logger log.Log) {
	vm.log = logger
	log.SetPluginLog(logger)
}

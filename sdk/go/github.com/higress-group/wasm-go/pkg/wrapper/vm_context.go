// Package wrapper is what a Higress plugin is written with: SetCtx registers the plugin's configuration parser and its
// handlers; HttpContext, the cluster clients and the helpers here are used inside of them.
package wrapper

import (
	"unsafe"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/tidwall/gjson"
)

// CommonVmCtx is the plugin in one VM: its name, options and handlers.
type CommonVmCtx[PluginConfig any] struct {
	types.DefaultVMContext
	pluginName            string
	log                   log.Log
	parse                 ParseConfigWithContextFunc[PluginConfig]
	parseRule             ParseRuleConfigFunc[PluginConfig]
	beforeStart           onPluginStartOrReload
	on                    handlers[PluginConfig]
	rebuild               rebuildPolicy
	maxRequestsPerIoCycle uint64
}

// SetCtx registers a plugin under a name, with the standard logger. Call it in func init: main never runs.
func SetCtx[PluginConfig any](pluginName string, options ...CtxOption[PluginConfig]) {
	proxywasm.SetVMContext(NewCommonVmCtx(pluginName, options...))
}

// SetCtxWithOptions registers a plugin without a logger: WithLogger must be one of the options.
func SetCtxWithOptions[PluginConfig any](pluginName string, options ...CtxOption[PluginConfig]) {
	proxywasm.SetVMContext(NewCommonVmCtxWithOptions(pluginName, options...))
}

// NewCommonVmCtx makes what SetCtx registers.
func NewCommonVmCtx[PluginConfig any](pluginName string, options ...CtxOption[PluginConfig]) *CommonVmCtx[PluginConfig] {
	withLogger := append([]CtxOption[PluginConfig]{WithLogger[PluginConfig](newDefaultLog(pluginName))}, options...)
	return NewCommonVmCtxWithOptions(pluginName, withLogger...)
}

// NewCommonVmCtxWithOptions makes what SetCtxWithOptions registers. It panics when nothing reads the configuration
// although the plugin's struct has fields.
func NewCommonVmCtxWithOptions[PluginConfig any](pluginName string, options ...CtxOption[PluginConfig]) *CommonVmCtx[PluginConfig] {
	vm := &CommonVmCtx[PluginConfig]{pluginName: pluginName}
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

func (vm *CommonVmCtx[PluginConfig]) useLogger(logger log.Log) {
	vm.log = logger
	log.SetPluginLog(logger)
}

// NewPluginContext makes the context of one configuration.
func (vm *CommonVmCtx[PluginConfig]) NewPluginContext(uint32) types.PluginContext {
	return &CommonPluginCtx[PluginConfig]{vm: vm, values: make(map[string]interface{})}
}

// Reads a configuration, or a rule, when the plugin has no rule parser of its own.
func (vm *CommonVmCtx[PluginConfig]) parser(context PluginContext) func(gjson.Result, *PluginConfig) error {
	return func(json gjson.Result, config *PluginConfig) error {
		if vm.parse == nil {
			return nil
		}
		return vm.parse(context, json, config)
	}
}

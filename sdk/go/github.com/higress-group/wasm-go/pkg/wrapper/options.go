package wrapper

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/tidwall/gjson"
)

// HttpContext is one HTTP exchange.
type HttpContext iface.HttpContext

// PluginContext is one configuration of the plugin.
type PluginContext iface.PluginContext

// Log is a plugin's logger.
type Log log.Log

// The functions that read a configuration: the whole JSON (or the bytes of it) into the plugin's own struct. The Rule
// forms read one entry of _rules_ and see the global configuration beside it.
type (
	ParseConfigFunc[PluginConfig any]                   func(json gjson.Result, config *PluginConfig) error
	ParseConfigWithContextFunc[PluginConfig any]        func(context PluginContext, json gjson.Result, config *PluginConfig) error
	ParseRawConfigFunc[PluginConfig any]                func(configBytes []byte, config *PluginConfig) error
	ParseRawConfigWithContextFunc[PluginConfig any]     func(context PluginContext, configBytes []byte, config *PluginConfig) error
	ParseRuleConfigFunc[PluginConfig any]               func(json gjson.Result, global PluginConfig, config *PluginConfig) error
	ParseRawRuleConfigFunc[PluginConfig any]            func(configBytes []byte, global PluginConfig, config *PluginConfig) error
	ParseRawRuleConfigWithContextFunc[PluginConfig any] func(context PluginContext, configBytes []byte, global PluginConfig, config *PluginConfig) error

	oldParseConfigFunc[PluginConfig any]     func(json gjson.Result, config *PluginConfig, log log.Log) error
	oldParseRuleConfigFunc[PluginConfig any] func(json gjson.Result, global PluginConfig, config *PluginConfig, log log.Log) error
)

// The functions that handle an exchange. The old forms take the logger as an argument.
type (
	onPluginStartOrReload                        func(context PluginContext) error
	onHttpHeadersFunc[PluginConfig any]          func(context HttpContext, config PluginConfig) types.Action
	onHttpBodyFunc[PluginConfig any]             func(context HttpContext, config PluginConfig, body []byte) types.Action
	onHttpStreamingBodyFunc[PluginConfig any]    func(context HttpContext, config PluginConfig, chunk []byte, isLastChunk bool) []byte
	onHttpStreamDoneFunc[PluginConfig any]       func(context HttpContext, config PluginConfig)
	oldOnHttpHeadersFunc[PluginConfig any]       func(context HttpContext, config PluginConfig, log log.Log) types.Action
	oldOnHttpBodyFunc[PluginConfig any]          func(context HttpContext, config PluginConfig, body []byte, log log.Log) types.Action
	oldOnHttpStreamingBodyFunc[PluginConfig any] func(context HttpContext, config PluginConfig, chunk []byte, isLastChunk bool, log log.Log) []byte
	oldOnHttpStreamDoneFunc[PluginConfig any]    func(context HttpContext, config PluginConfig, log log.Log)
)

// CtxOption is one argument of SetCtx after the plugin's name.
type CtxOption[PluginConfig any] interface {
	Apply(*CommonVmCtx[PluginConfig])
}

// Every option is a function that writes its part into the VM context.
type option[PluginConfig any] func(*CommonVmCtx[PluginConfig])

// Apply does what the option says.
func (o option[PluginConfig]) Apply(vm *CommonVmCtx[PluginConfig]) { o(vm) }

// ParseConfigBy is ParseConfig for a function that takes the logger.
func ParseConfigBy[PluginConfig any](f oldParseConfigFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		vm.parse = func(_ PluginContext, json gjson.Result, config *PluginConfig) error { return f(json, config, vm.log) }
	})
}

// ParseConfig reads the configuration, and each rule, from JSON.
func ParseConfig[PluginConfig any](f ParseConfigFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		vm.parse = func(_ PluginContext, json gjson.Result, config *PluginConfig) error { return f(json, config) }
	})
}

// ParseConfigWithContext is ParseConfig for a function that wants the plugin's context.
func ParseConfigWithContext[PluginConfig any](f ParseConfigWithContextFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.parse = f })
}

// ParseRawConfig reads the configuration, and each rule, from the bytes of its JSON.
func ParseRawConfig[PluginConfig any](f ParseRawConfigFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		vm.parse = func(_ PluginContext, json gjson.Result, config *PluginConfig) error {
			return f([]byte(json.Raw), config)
		}
	})
}

// ParseOverrideConfigBy is ParseOverrideConfig for functions that take the logger.
func ParseOverrideConfigBy[PluginConfig any](f oldParseConfigFunc[PluginConfig], g oldParseRuleConfigFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		vm.parse = func(_ PluginContext, json gjson.Result, config *PluginConfig) error { return f(json, config, vm.log) }
		vm.parseRule = func(json gjson.Result, global PluginConfig, config *PluginConfig) error {
			return g(json, global, config, vm.log)
		}
	})
}

// ParseOverrideConfig reads the global configuration with f and each rule with g.
func ParseOverrideConfig[PluginConfig any](f ParseConfigFunc[PluginConfig], g ParseRuleConfigFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		vm.parse = func(_ PluginContext, json gjson.Result, config *PluginConfig) error { return f(json, config) }
		vm.parseRule = g
	})
}

// ParseOverrideRawConfig is ParseOverrideConfig for functions that take bytes.
func ParseOverrideRawConfig[PluginConfig any](f ParseRawConfigFunc[PluginConfig], g ParseRawRuleConfigFunc[PluginConfig]) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) {
		vm.parse = func(_ PluginContext, json gjson.Result, config *PluginConfig) error {
			return f([]byte(json.Raw), config)
		}
		vm.parseRule = func(json gjson.Result, global PluginConfig, config *PluginConfig) error {
			return g([]byte(json.Raw), global, config)
		}
	})
}

// PrePluginStartOrReload runs before a configuration is read. An error fails the start.
func PrePluginStartOrReload[PluginConfig any](f onPluginStartOrReload) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.beforeStart = f })
}

// WithLogger replaces the logger that SetCtx installs.
func WithLogger[PluginConfig any](logger log.Log) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.useLogger(logger) })
}

// EnableSafeLog lets lines that may hold private data drop to the debug level.
func EnableSafeLog[PluginConfig any]() CtxOption[PluginConfig] {
	return option[PluginConfig](func(*CommonVmCtx[PluginConfig]) { log.SetSafeLogEnabled(true) })
}

// WithRebuildAfterRequests asks the host for a new VM after so many requests.
func WithRebuildAfterRequests[PluginConfig any](requestCount uint64) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.rebuild.afterRequests = requestCount })
}

// WithRebuildMaxMemBytes asks the host for a new VM when this one uses at least so many bytes.
func WithRebuildMaxMemBytes[PluginConfig any](memSizeBytes uint64) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.rebuild.maxMemory = memSizeBytes })
}

// WithMaxRequestsPerIoCycle limits, for the whole host, how many requests one turn of its event loop takes.
func WithMaxRequestsPerIoCycle[PluginConfig any](maxRequests uint64) CtxOption[PluginConfig] {
	return option[PluginConfig](func(vm *CommonVmCtx[PluginConfig]) { vm.maxRequestsPerIoCycle = maxRequests })
}

package wrapper

import (
	"encoding/binary"
	"errors"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"
)

// PluginIDKey is the field of a configuration that names one use of a plugin in its log lines.
const PluginIDKey = "_plugin_id_"

// pluginCtx is what of a plugin context does not depend on the type of the configuration.
type pluginCtx struct {
	vm *vmCtx
	// What hooks are given: the CommonPluginCtx that this is part of.
	self            PluginContext
	configs         configReader
	values          map[string]interface{}
	ticks           []TickFuncEntry
	isolated        bool
	starting        bool
	fingerPrint     string
	lease           leaseHolder
	handledRequests uint64
}

// configReader is what has to be known of a plugin's own struct. Configurations are pointers to it.
type configReader struct {
	// Says whether the plugin reads its configuration at all.
	hasParser bool
	// Reads a whole configuration.
	read func(PluginContext, gjson.Result) error
	// The configuration that holds for the current request, nil when none does.
	match func() (any, error)
}

func newPluginCtx(vm *vmCtx, self PluginContext, configs configReader) pluginCtx {
	return pluginCtx{vm: vm, self: self, configs: configs, values: make(map[string]interface{})}
}

// OnPluginStart reads the configuration and starts the plugin, as the host's configure callback asks.
func (ctx *pluginCtx) OnPluginStart() types.OnPluginStartStatus {
	pendingTicks = nil
	if before := ctx.vm.beforeStart; before != nil {
		ctx.starting = true
		err := before(ctx.self)
		ctx.starting = false
		if err != nil {
			log.Errorf("prePluginStartOrReload hook failed: %v", err)
			return types.OnPluginStartStatusFailed
		}
	}
	ctx.limitRequestsPerIoCycle()
	config, ok := ctx.readConfig()
	if !ok {
		return types.OnPluginStartStatusFailed
	}
	if err := ctx.configs.read(ctx.self, config); err != nil {
		log.Warnf("parse rule config failed: %v", err)
		log.Error("plugin start failed")
		return types.OnPluginStartStatusFailed
	}
	if !ctx.startTicks() {
		return types.OnPluginStartStatusFailed
	}
	log.Info("plugin start successfully")
	return types.OnPluginStartStatusOK
}

func (ctx *pluginCtx) limitRequestsPerIoCycle() {
	if ctx.vm.maxRequestsPerIoCycle == 0 {
		return
	}
	limit := binary.LittleEndian.AppendUint64(nil, ctx.vm.maxRequestsPerIoCycle)
	if _, err := proxywasm.CallForeignFunction("set_global_max_requests_per_io_cycle", limit); err != nil {
		log.Warnf("set_global_max_requests_per_io_cycle failed: %v", err)
	}
}

// The configuration without its plugin id; no configuration at all is an empty result.
func (ctx *pluginCtx) readConfig() (gjson.Result, bool) {
	data, err := proxywasm.GetPluginConfiguration()
	if err != nil && !errors.Is(err, types.ErrorStatusNotFound) {
		log.Criticalf("error reading plugin configuration: %v", err)
		return gjson.Result{}, false
	}
	if len(data) == 0 {
		if ctx.configs.hasParser {
			log.Warn("config is empty, but has ParseConfigFunc")
		}
		return gjson.Result{}, true
	}
	if !gjson.ValidBytes(data) {
		log.Warnf("the plugin configuration is not a valid json: %s", data)
		return gjson.Result{}, false
	}
	if id := gjson.GetBytes(data, PluginIDKey).String(); id != "" {
		ctx.vm.log.ResetID(id)
		if data, err = sjson.DeleteBytes(data, PluginIDKey); err != nil {
			log.Errorf("the plugin id cannot be removed from the configuration: %v", err)
			return gjson.Result{}, false
		}
	}
	return gjson.ParseBytes(data), true
}

// SetContext keeps a value for the plugin's life.
func (ctx *pluginCtx) SetContext(key string, value interface{}) {
	ctx.values[key] = value
}

// GetContext gives a value that SetContext kept, or nil.
func (ctx *pluginCtx) GetContext(key string) interface{} { return ctx.values[key] }

// EnableRuleLevelConfigIsolation lets one faulty rule keep its last good version. Call it in PrePluginStartOrReload.
func (ctx *pluginCtx) EnableRuleLevelConfigIsolation() {
	if !ctx.starting {
		log.Warn("EnableRuleLevelConfigIsolation has no effect outside of the PrePluginStartOrReload hook")
		return
	}
	ctx.isolated = true
}

// IsRuleLevelConfigIsolation says whether rules are isolated.
func (ctx *pluginCtx) IsRuleLevelConfigIsolation() bool { return ctx.isolated }

// GetFingerPrint is empty, as in the releases of wasm-go seen (higress.md 1.3).
func (ctx *pluginCtx) GetFingerPrint() string { return ctx.fingerPrint }

// GetPluginFingerPrint is the plugin's name as the host knows it, or empty.
func GetPluginFingerPrint() string {
	name, err := proxywasm.GetProperty([]string{"plugin_name"})
	if err != nil {
		return ""
	}
	return string(name)
}

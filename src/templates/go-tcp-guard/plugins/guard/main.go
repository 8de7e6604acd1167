package main

import (
	"bytes"
	"strings"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	proxywasm.SetVMContext(&vmContext{})
}

type vmContext struct {
	types.DefaultVMContext
}

func (*vmContext) NewPluginContext(contextID uint32) types.PluginContext {
	return &pluginContext{}
}

// The commands that no client may send, and how many lines have passed.
type pluginContext struct {
	types.DefaultPluginContext
	denied []string
	passed proxywasm.MetricCounter
}

func (ctx *pluginContext) OnPluginStart(pluginConfigurationSize int) types.OnPluginStartStatus {
	data, err := proxywasm.GetPluginConfiguration()
	if err != nil {
		proxywasm.LogCriticalf("the configuration cannot be read: %v", err)
		return types.OnPluginStartStatusFailed
	}
	for _, command := range gjson.GetBytes(data, "denied").Array() {
		ctx.denied = append(ctx.denied, strings.ToUpper(command.String()))
	}
	ctx.passed = proxywasm.DefineCounterMetric("guard.lines_passed")
	return types.OnPluginStartStatusOK
}

func (ctx *pluginContext) NewTcpContext(contextID uint32) types.TcpContext {
	return &connection{plugin: ctx}
}

type connection struct {
	types.DefaultTcpContext
	plugin *pluginContext
}

func (ctx *connection) OnNewConnection() types.Action {
	address, err := proxywasm.GetProperty([]string{"source", "address"})
	if err == nil {
		proxywasm.LogInfof("connection from %s", address)
	}
	return types.ActionContinue
}

func (ctx *connection) OnDownstreamData(dataSize int, endOfStream bool) types.Action {
	if dataSize == 0 {
		return types.ActionContinue
	}
	data, err := proxywasm.GetDownstreamData(0, dataSize)
	if err != nil {
		proxywasm.LogErrorf("the data cannot be read: %v", err)
		return types.ActionContinue
	}
	// Half a line waits here for its other half.
	if !bytes.HasSuffix(data, []byte("\n")) && !endOfStream {
		return types.ActionPause
	}
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		command, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
		for _, denied := range ctx.plugin.denied {
			if command == denied {
				proxywasm.LogWarnf("%s is denied", command)
				proxywasm.CloseDownstream()
				return types.ActionPause
			}
		}
		ctx.plugin.passed.Increment(1)
	}
	return types.ActionContinue
}

func (ctx *connection) OnUpstreamData(dataSize int, endOfStream bool) types.Action {
	if dataSize > 0 {
		proxywasm.PrependUpstreamData([]byte("> "))
	}
	return types.ActionContinue
}

func (ctx *connection) OnStreamDone() {
	proxywasm.LogInfo("connection closed")
}

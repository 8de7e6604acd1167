// A TCP plugin: it logs its callbacks, holds the first word of the client until the second comes, and marks what passes.
package main

import (
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {}

func init() { proxywasm.SetVMContext(&vm{}) }

type vm struct{ types.DefaultVMContext }

func (*vm) NewPluginContext(uint32) types.PluginContext { return &plugin{} }

type plugin struct{ types.DefaultPluginContext }

func (*plugin) NewTcpContext(uint32) types.TcpContext { return &connection{} }

type connection struct{ types.DefaultTcpContext }

func (*connection) OnNewConnection() types.Action {
	address, err := proxywasm.GetProperty([]string{"source", "address"})
	proxywasm.LogInfof("stream: connection %t %v", len(address) > 0, err)
	return types.ActionContinue
}

func (*connection) OnDownstreamData(size int, end bool) types.Action {
	if size == 0 {
		proxywasm.LogInfof("stream: downstream end %t", end)
		return types.ActionContinue
	}
	data, err := proxywasm.GetDownstreamData(0, size)
	proxywasm.LogInfof("stream: downstream %d %s %t %v", size, data, end, err)
	if size < 6 {
		return types.ActionPause
	}
	proxywasm.LogInfof("stream: prepend %v", proxywasm.PrependDownstreamData([]byte("<")))
	proxywasm.LogInfof("stream: append %v", proxywasm.AppendDownstreamData([]byte(">")))
	return types.ActionContinue
}

func (*connection) OnUpstreamData(size int, end bool) types.Action {
	if size == 0 {
		proxywasm.LogInfof("stream: upstream end %t", end)
		return types.ActionContinue
	}
	data, err := proxywasm.GetUpstreamData(0, size)
	proxywasm.LogInfof("stream: upstream %d %s %t %v", size, data, end, err)
	proxywasm.LogInfof("stream: replace %v", proxywasm.ReplaceUpstreamData([]byte("replaced")))
	return types.ActionContinue
}

func (*connection) OnDownstreamClose(peer types.PeerType) {
	proxywasm.LogInfof("stream: downstream close %d", peer)
}

func (*connection) OnUpstreamClose(peer types.PeerType) {
	proxywasm.LogInfof("stream: upstream close %d", peer)
}

func (*connection) OnStreamDone() { proxywasm.LogInfo("stream: done") }

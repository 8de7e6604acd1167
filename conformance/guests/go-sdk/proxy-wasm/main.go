// A plugin of the proxy-wasm generation.
package main

import (
	"fmt"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {}

func init() { proxywasm.SetVMContext(&vm{}) }

type vm struct{ types.DefaultVMContext }

func (*vm) NewPluginContext(uint32) types.PluginContext { return &plugin{} }

type plugin struct{ types.DefaultPluginContext }

func (*plugin) NewHttpContext(uint32) types.HttpContext { return &stream{} }

type stream struct{ types.DefaultHttpContext }

func (*stream) OnHttpRequestHeaders(count int, end bool) types.Action {
	host, err := proxywasm.GetHttpRequestHeader(":authority")
	proxywasm.LogInfo(fmt.Sprint(count, " ", end, " ", host, " ", err))
	if err := proxywasm.AddHttpRequestHeader("x-generation", "known"); err != nil {
		proxywasm.LogCritical(err.Error())
	}
	return types.ActionContinue
}

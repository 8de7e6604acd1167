// A Higress plugin on proxywasm alone: configuration, headers, logs, properties, a local reply.
package main

import (
	"fmt"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {}

func init() { proxywasm.SetVMContext(&vm{}) }

type vm struct{ types.DefaultVMContext }

func (*vm) OnVMStart(size int) types.OnVMStartStatus {
	configuration, err := proxywasm.GetVMConfiguration()
	proxywasm.LogDebugf("vm start %d %q %v", size, configuration, err)
	return types.OnVMStartStatusOK
}

func (*vm) NewPluginContext(contextID uint32) types.PluginContext { return &plugin{} }

type plugin struct {
	types.DefaultPluginContext
	configuration string
}

func (p *plugin) OnPluginStart(size int) types.OnPluginStartStatus {
	configuration, err := proxywasm.GetPluginConfiguration()
	if err != nil {
		proxywasm.LogWarn("no configuration: " + err.Error())
		return types.OnPluginStartStatusOK
	}
	p.configuration = string(configuration)
	proxywasm.LogInfo("started with " + p.configuration)
	return types.OnPluginStartStatus(p.configuration != "refuse")
}

func (p *plugin) NewHttpContext(contextID uint32) types.HttpContext {
	return &stream{plugin: p, id: contextID}
}

type stream struct {
	types.DefaultHttpContext
	plugin *plugin
	id     uint32
}

func (s *stream) OnHttpRequestHeaders(count int, end bool) types.Action {
	headers, err := proxywasm.GetHttpRequestHeaders()
	proxywasm.LogInfof("request %d %d %t %v %v", s.id, count, end, headers, err)
	report(proxywasm.GetHttpRequestHeader("missing"))
	report(proxywasm.GetHttpResponseHeader(":status"))
	report(proxywasm.GetProperty([]string{"route_name"}))
	report(proxywasm.GetProperty(nil))
	report("", proxywasm.SetProperty([]string{"mine"}, []byte("value")))
	report("", proxywasm.SetProperty([]string{"mine"}, nil))
	report(proxywasm.GetProperty([]string{"mine"}))
	report("", proxywasm.AddHttpRequestHeader("x-many", "1"))
	report("", proxywasm.AddHttpRequestHeader("x-many", "2"))
	report(proxywasm.GetHttpRequestHeader("x-many"))
	report("", proxywasm.ReplaceHttpRequestHeader("x-one", ""))
	report(proxywasm.GetHttpRequestHeader("x-one"))
	report("", proxywasm.RemoveHttpRequestHeader("x-secret"))
	switch s.plugin.configuration {
	case "reply":
		report("", proxywasm.SendHttpResponse(403, [][2]string{{"x-why", "test"}, {"x-空", "值"}}, []byte("no\n"), -1))
	case "detail":
		report("", proxywasm.SendHttpResponseWithDetail(200, "headers.detail", nil, nil, -1))
	case "replace":
		report("", proxywasm.ReplaceHttpRequestHeaders([][2]string{{":authority", "b"}, {"k", "v"}}))
	case "hold":
		return types.HeaderStopAllIterationAndWatermark
	}
	return types.HeaderContinue
}

func report(value any, err error) {
	proxywasm.LogInfo(fmt.Sprintf("%s|%v", value, err))
}

// A plugin of the proxy-wasm generation that logs its callbacks, holds the request for a call, collects the body and
// changes it: what a real Envoy and the emulator must do alike.
package main

import (
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {}

func init() { proxywasm.SetVMContext(&vm{}) }

type vm struct{ types.DefaultVMContext }

func (*vm) OnVMStart(int) types.OnVMStartStatus {
	configuration, err := proxywasm.GetVMConfiguration()
	proxywasm.LogInfof("vm start %s %v", configuration, err)
	return types.OnVMStartStatusOK
}

func (*vm) NewPluginContext(uint32) types.PluginContext { return &plugin{} }

type plugin struct {
	types.DefaultPluginContext
	hits proxywasm.MetricCounter
}

func (p *plugin) OnPluginStart(size int) types.OnPluginStartStatus {
	configuration, err := proxywasm.GetPluginConfiguration()
	proxywasm.LogInfof("plugin start %d %s %v", size, configuration, err)
	p.hits = proxywasm.DefineCounterMetric("lifecycle_hits")
	return types.OnPluginStartStatusOK
}

func (p *plugin) NewHttpContext(uint32) types.HttpContext { return &stream{plugin: p} }

type stream struct {
	types.DefaultHttpContext
	plugin *plugin
}

func (s *stream) OnHttpRequestHeaders(_ int, end bool) types.Action {
	path, err := proxywasm.GetHttpRequestHeader(":path")
	_, missing := proxywasm.GetHttpRequestHeader("missing")
	_, early := proxywasm.GetHttpResponseHeaders()
	proxywasm.LogInfof("stream: headers %t %s %v, %v, %v", end, path, err, missing, early)
	s.plugin.hits.Increment(2)
	headers := [][2]string{{":method", "GET"}, {":path", "/check"}, {":authority", "service"}}
	_, err = proxywasm.DispatchHttpCall("nowhere", headers, nil, nil, 1000, s.answered)
	proxywasm.LogInfof("stream: unknown %v", err)
	_, err = proxywasm.DispatchHttpCall("service", headers, []byte("question"), nil, 5000, s.answered)
	proxywasm.LogInfof("stream: call %v", err)
	_ = proxywasm.RemoveHttpRequestHeader("content-length")
	return types.ActionPause
}

func (s *stream) answered(numHeaders, bodySize, numTrailers int) {
	body, err := proxywasm.GetHttpCallResponseBody(0, bodySize)
	headers, _ := proxywasm.GetHttpCallResponseHeaders()
	proxywasm.LogInfof("stream: answer %t %d %s %v %s", numHeaders == len(headers), numTrailers, body, err, headers[0])
	err = proxywasm.AddHttpRequestHeader("x-answer", string(body))
	proxywasm.LogInfof("stream: edit %v", err)
	if err := proxywasm.SetProperty([]string{"answer"}, body); err != nil {
		proxywasm.LogInfof("stream: property %v", err)
	}
	err = proxywasm.ResumeHttpRequest()
	proxywasm.LogInfof("stream: resume %v", err)
}

func (s *stream) OnHttpRequestBody(size int, end bool) types.Action {
	if !end {
		return types.ActionPause
	}
	body, err := proxywasm.GetHttpRequestBody(0, size)
	proxywasm.LogInfof("stream: body %d %s %v", size, body, err)
	proxywasm.LogInfof("stream: prepend %v", proxywasm.PrependHttpRequestBody([]byte("<")))
	proxywasm.LogInfof("stream: append %v", proxywasm.AppendHttpRequestBody([]byte(">")))
	return types.ActionContinue
}

func (s *stream) OnHttpResponseHeaders(int, bool) types.Action {
	status, err := proxywasm.GetHttpResponseHeader(":status")
	property, missing := proxywasm.GetProperty([]string{"answer"})
	proxywasm.LogInfof("stream: status %s %v, %s %v, %d", status, err, property, missing, s.plugin.hits.Value())
	return types.ActionContinue
}

func (s *stream) OnHttpStreamDone() {
	path, err := proxywasm.GetHttpRequestHeader(":path")
	proxywasm.LogInfof("stream: done %s %v", path, err)
}

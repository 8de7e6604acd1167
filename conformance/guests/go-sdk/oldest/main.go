// A plugin of the oldest form, as the first blogs on TinyGo and Envoy have it. There the import path is the one without
// -legacy; see sdk/go/README.md.
package main

import (
	"fmt"

	"github.com/tetratelabs/proxy-wasm-go-sdk-legacy/proxywasm"
	"github.com/tetratelabs/proxy-wasm-go-sdk-legacy/proxywasm/types"
)

func main() {
	proxywasm.SetNewRootContext(func(contextID uint32) proxywasm.RootContext { return &root{} })
	proxywasm.SetNewHttpContext(newContext)
}

type root struct {
	proxywasm.DefaultRootContext
	configuration string
}

func (r *root) OnVMStart(size int) bool {
	proxywasm.LogInfof("vm start %d", size)
	return true
}

func (r *root) OnPluginStart(size int) bool {
	configuration, err := proxywasm.GetPluginConfiguration(size)
	r.configuration = string(configuration)
	proxywasm.LogInfo(fmt.Sprintf("plugin start %s %v", configuration, err))
	return true
}

func newContext(rootContextID, contextID uint32) proxywasm.HttpContext {
	owner, err := proxywasm.GetRootContextByID(rootContextID)
	if err != nil {
		proxywasm.LogCritical(err.Error())
	}
	_, err = proxywasm.GetRootContextByID(99)
	proxywasm.LogWarnf("%v", err)
	return &stream{root: owner.(*root)}
}

type stream struct {
	proxywasm.DefaultHttpContext
	root *root
}

func (s *stream) OnHttpRequestHeaders(numHeaders int, _ bool) types.Action {
	headers, err := proxywasm.GetHttpRequestHeaders()
	proxywasm.LogInfof("%d %v %v %s", numHeaders-len(headers), headers[0], err, s.root.configuration)
	if err := proxywasm.SetHttpRequestHeader("x-oldest", "yes"); err != nil {
		proxywasm.LogError(err.Error())
	}
	return types.ActionContinue
}

func (s *stream) OnHttpResponseBody(bodySize int, endOfStream bool) types.Action {
	body, err := proxywasm.GetHttpResponseBody(0, bodySize)
	proxywasm.LogInfo(fmt.Sprintf("body %s %v %v", body, endOfStream, err))
	return types.ActionContinue
}

func (s *stream) OnLog()            { proxywasm.LogInfo("log") }
func (s *stream) OnHttpStreamDone() { proxywasm.LogInfo("done") }

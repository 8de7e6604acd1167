// A plugin in the shape of the first blogs on TinyGo and Envoy (workflows.md W31): the oldest API under the import path
// that newer programs use too.
package main

import (
	"fmt"

	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm"
	"github.com/tetratelabs/proxy-wasm-go-sdk/proxywasm/types"
)

type helloContext struct {
	proxywasm.DefaultHttpContext
}

func main() {
	proxywasm.SetNewHttpContext(newHelloContext)
}

func newHelloContext(uint32, uint32) proxywasm.HttpContext {
	return &helloContext{}
}

func (ctx *helloContext) OnHttpRequestHeaders(numHeaders int, _ bool) types.Action {
	headers, err := proxywasm.GetHttpRequestHeaders()
	if err != nil {
		proxywasm.LogErrorf("no request headers: %v", err)
		return types.ActionContinue
	}
	proxywasm.LogInfof("request headers: %d %s", numHeaders, headers[0][1])
	return types.ActionContinue
}

func (ctx *helloContext) OnHttpRequestBody(bodySize int, endOfStream bool) types.Action {
	proxywasm.LogInfo(fmt.Sprintf("request body: %v %v", bodySize, endOfStream))
	return types.ActionContinue
}

func (ctx *helloContext) OnHttpResponseBody(bodySize int, endOfStream bool) types.Action {
	if bodySize == 0 {
		return types.ActionContinue
	}
	body, err := proxywasm.GetHttpResponseBody(0, bodySize)
	if err != nil {
		proxywasm.LogError(fmt.Sprintf("no response body: %v", err))
		return types.ActionContinue
	}
	proxywasm.LogInfo(fmt.Sprintf("response body: %v", string(body)))
	return types.ActionContinue
}

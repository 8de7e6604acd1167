// A Higress plugin that edits bodies and trailers in both directions and logs what each call answers.
package main

import (
	"fmt"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
)

func main() {}

func init() {
	proxywasm.SetHttpContext(func(contextID uint32) types.HttpContext { return &stream{} })
}

type stream struct{ types.DefaultHttpContext }

func (*stream) OnHttpRequestHeaders(int, bool) types.Action {
	report("remove", "", proxywasm.RemoveHttpRequestHeader("content-length"))
	body, err := proxywasm.GetHttpRequestBody(0, 10)
	report("early", body, err)
	return types.HeaderStopIteration
}

func (*stream) OnHttpRequestBody(size int, end bool) types.Action {
	if !end {
		return types.DataStopIterationAndBuffer
	}
	part, err := proxywasm.GetHttpRequestBody(1, 2)
	report("part", part, err)
	beyond, err := proxywasm.GetHttpRequestBody(100, 2)
	report("beyond", beyond, err)
	report("append", "", proxywasm.AppendHttpRequestBody([]byte("|end")))
	report("prepend", "", proxywasm.PrependHttpRequestBody([]byte("start|")))
	report("nothing", "", proxywasm.AppendHttpRequestBody(nil))
	all, err := proxywasm.GetHttpRequestBody(0, 1<<31-1)
	report("request of "+fmt.Sprint(size), all, err)
	return types.DataContinue
}

func (*stream) OnHttpRequestTrailers(count int) types.Action {
	trailers, err := proxywasm.GetHttpRequestTrailers()
	report("trailers "+fmt.Sprint(count), trailers, err)
	report("replace all", "", proxywasm.ReplaceHttpRequestTrailers([][2]string{{"a", "1"}, {"b", "2"}, {"b", "3"}}))
	report("add", "", proxywasm.AddHttpRequestTrailer("c", "4"))
	report("replace", "", proxywasm.ReplaceHttpRequestTrailer("b", "5"))
	report("remove", "", proxywasm.RemoveHttpRequestTrailer("a"))
	value, err := proxywasm.GetHttpRequestTrailer("b")
	report("get", value, err)
	return types.ActionContinue
}

func (*stream) OnHttpResponseHeaders(int, bool) types.Action {
	status, err := proxywasm.GetHttpResponseHeader(":status")
	report("status", status, err)
	report("remove", "", proxywasm.RemoveHttpResponseHeader("content-length"))
	report("add", "", proxywasm.AddHttpResponseHeader("x-added", "1"))
	report("replace", "", proxywasm.ReplaceHttpResponseHeader("x-added", "2"))
	headers, err := proxywasm.GetHttpResponseHeaders()
	report("headers", len(headers) > 2, err)
	report("replace all", "", proxywasm.ReplaceHttpResponseHeaders(headers))
	return types.HeaderContinue
}

func (*stream) OnHttpResponseBody(size int, end bool) types.Action {
	body, err := proxywasm.GetHttpResponseBody(0, size)
	report("response", body, err)
	report("replace", "", proxywasm.ReplaceHttpResponseBody([]byte("replaced")))
	report("prepend", "", proxywasm.PrependHttpResponseBody([]byte("<")))
	report("append", "", proxywasm.AppendHttpResponseBody([]byte(">")))
	return types.DataContinue
}

func (*stream) OnHttpResponseTrailers(count int) types.Action {
	trailers, err := proxywasm.GetHttpResponseTrailers()
	report("trailers "+fmt.Sprint(count), trailers, err)
	report("replace all", "", proxywasm.ReplaceHttpResponseTrailers([][2]string{{"x", "1"}, {"y", "2"}}))
	report("add", "", proxywasm.AddHttpResponseTrailer("z", "3"))
	report("replace", "", proxywasm.ReplaceHttpResponseTrailer("y", "4"))
	report("remove", "", proxywasm.RemoveHttpResponseTrailer("x"))
	value, err := proxywasm.GetHttpResponseTrailer("y")
	report("get", value, err)
	return types.ActionContinue
}

func (*stream) OnHttpStreamDone() {
	value, err := proxywasm.GetHttpRequestHeader(":path")
	report("done", value, err)
	report("too late", "", proxywasm.AddHttpRequestHeader("x", "y"))
}

func report(what string, value any, err error) {
	proxywasm.LogInfo(fmt.Sprintf("%s: %s|%v", what, value, err))
}

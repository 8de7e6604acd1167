package wrapper

import (
	"math"
	"os"
	"runtime"
	"strings"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/higress-group/wasm-go/pkg/log"
)

// Keeps a panic of a handler inside the stream it happened in, which then goes on (higress.md 1.5).
func recoverPanic() {
	cause := recover()
	if cause == nil {
		return
	}
	if os.Getenv("WASM_DISABLE_PANIC_RECOVERY") == "true" {
		panic(cause)
	}
	stack := make([]byte, 64<<10)
	stack = stack[:runtime.Stack(stack, false)]
	// One panic is one line of the log.
	log.Errorf("recovered from panic %v, stack: %s", cause, strings.ReplaceAll(string(stack), "\n", `\n`))
}

// OnHttpRequestHeaders looks at the request, chooses the configuration that holds for it and calls the handler.
func (ctx *httpCtx) OnHttpRequestHeaders(numHeaders int, endOfStream bool) types.Action {
	defer recoverPanic()
	ctx.phase = iface.DecodeHeader
	ctx.readRequest(endOfStream)
	ctx.plugin.rebuildIfDue()

	config, err := ctx.plugin.configs.match()
	if err != nil {
		log.Errorf("get match config failed, err: %v", err)
		return types.ActionContinue
	}
	if config == nil {
		return types.ActionContinue
	}
	ctx.config = config
	// Bodies that are not text are not for the handlers.
	if ctx.request.binary {
		ctx.request.wanted = false
	}
	if ctx.websocket {
		ctx.request.wanted, ctx.response.wanted = false, false
	}
	if handle := ctx.plugin.vm.on.requestHeaders; handle != nil {
		return handle(ctx.self, config)
	}
	return types.ActionContinue
}

func (ctx *httpCtx) readRequest(endOfStream bool) {
	ctx.scheme = GetRequestScheme()
	ctx.host = GetRequestHost()
	ctx.path = GetRequestPath()
	ctx.method = GetRequestMethod()
	ctx.websocket = IsWebsocket()
	ctx.request.binary = IsBinaryRequestBody()
	ctx.request.hasBody = !endOfStream
	if id, err := proxywasm.GetHttpRequestHeader("x-request-id"); err == nil && id != "" {
		_ = proxywasm.SetProperty([]string{"x_request_id"}, []byte(id))
	}
}

// OnHttpRequestBody hands the body on: each chunk to the streaming handler, or all of it to the other one.
func (ctx *httpCtx) OnHttpRequestBody(bodySize int, endOfStream bool) types.Action {
	defer recoverPanic()
	ctx.phase = iface.DecodeData
	if ctx.config == nil || !ctx.request.wanted {
		return types.ActionContinue
	}
	on := &ctx.plugin.vm.on
	if on.streamingRequestBody != nil && ctx.request.streaming {
		chunk, _ := proxywasm.GetHttpRequestBody(0, bodySize)
		replacement := on.streamingRequestBody(ctx.self, ctx.config, chunk, endOfStream)
		if err := proxywasm.ReplaceHttpRequestBody(replacement); err != nil {
			log.Warnf("replace request body chunk failed: %v", err)
		}
		return types.ActionContinue
	}
	if on.requestBody == nil {
		return types.ActionContinue
	}
	ctx.request.size = addSize(ctx.request.size, bodySize)
	if !endOfStream {
		return types.ActionPause
	}
	body, err := proxywasm.GetHttpRequestBody(0, ctx.request.size)
	if err != nil {
		log.Warnf("get request body failed: %v", err)
		return types.ActionContinue
	}
	return on.requestBody(ctx.self, ctx.config, body)
}

// The host clamps what is read, so the sum of sizes that grow may be too large; it must only stay a 32-bit number.
func addSize(sum, size int) int {
	if sum > math.MaxInt32-size {
		return math.MaxInt32
	}
	return sum + size
}

// OnHttpResponseHeaders calls the handler, or gives the answer of a RouteCall to its callback.
func (ctx *httpCtx) OnHttpResponseHeaders(numHeaders int, endOfStream bool) types.Action {
	defer recoverPanic()
	ctx.phase = iface.EncodeHeader
	if ctx.config == nil {
		return types.ActionContinue
	}
	ctx.response.hasBody = !endOfStream
	ctx.response.binary = IsBinaryResponseBody()
	if ctx.response.binary {
		ctx.response.wanted = false
	}
	if ctx.routeCall != nil {
		return ctx.routeCall.onHeaders(endOfStream)
	}
	if handle := ctx.plugin.vm.on.responseHeaders; handle != nil {
		return handle(ctx.self, ctx.config)
	}
	return types.ActionContinue
}

// OnHttpResponseBody hands the body on: each chunk to the streaming handler, or all of it to the other one.
func (ctx *httpCtx) OnHttpResponseBody(bodySize int, endOfStream bool) types.Action {
	defer recoverPanic()
	ctx.phase = iface.EncodeData
	if ctx.config == nil {
		return types.ActionContinue
	}
	if ctx.routeCall != nil {
		return ctx.routeCall.onBody(bodySize, endOfStream)
	}
	if !ctx.response.wanted {
		return types.ActionContinue
	}
	on := &ctx.plugin.vm.on
	if on.streamingResponseBody != nil && ctx.response.streaming {
		return ctx.streamResponse(bodySize, endOfStream)
	}
	if on.responseBody == nil {
		return types.ActionContinue
	}
	if !endOfStream {
		return types.ActionPause
	}
	body, err := proxywasm.GetHttpResponseBody(0, bodySize)
	if err != nil {
		log.Warnf("get response body failed: %v", err)
		return types.ActionContinue
	}
	return on.responseBody(ctx.self, ctx.config, body)
}

func (ctx *httpCtx) streamResponse(bodySize int, endOfStream bool) types.Action {
	chunk, _ := proxywasm.GetHttpResponseBody(0, bodySize)
	replacement := ctx.plugin.vm.on.streamingResponseBody(ctx.self, ctx.config, chunk, endOfStream)
	if ctx.pauseStreaming {
		return types.DataStopIterationNoBuffer
	}
	if err := proxywasm.ReplaceHttpResponseBody(replacement); err != nil {
		log.Warnf("replace response body chunk failed: %v", err)
	}
	return types.ActionContinue
}

// OnHttpStreamDone calls the handler of the exchange's end.
func (ctx *httpCtx) OnHttpStreamDone() {
	defer recoverPanic()
	ctx.phase = iface.Done
	if ctx.config == nil {
		return
	}
	if handle := ctx.plugin.vm.on.streamDone; handle != nil {
		handle(ctx.self, ctx.config)
	}
}

package wrapper

import (
	"strconv"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/higress-group/wasm-go/pkg/log"
)

// httpCtx is what of an exchange does not depend on the type of the configuration.
type httpCtx struct {
	plugin *pluginCtx
	// What handlers are given: the CommonHttpCtx that this is part of.
	self      HttpContext
	contextID uint32
	// A pointer to the plugin's own struct. Nil while the request's headers are not seen, and when no configuration holds
	// for the request.
	config any
	phase  iface.HTTPExecutionPhase

	scheme, host, path, method string

	request, response side
	websocket         bool
	pauseStreaming    bool
	routeCall         *routeCall

	values     map[string]interface{}
	attributes map[string]interface{}
	queue      [][]byte
}

// One direction of an exchange.
type side struct {
	// A body handler wants to see this body.
	wanted bool
	// The streaming handler gets it, chunk by chunk.
	streaming bool
	binary    bool
	// The headers did not end the message.
	hasBody bool
	// Bytes announced so far.
	size int
}

func newHttpCtx(plugin *pluginCtx, self HttpContext, contextID uint32) httpCtx {
	on := &plugin.vm.on
	return httpCtx{
		plugin:     plugin,
		self:       self,
		contextID:  contextID,
		request:    side{wanted: on.requestBody != nil || on.streamingRequestBody != nil, streaming: on.streamingRequestBody != nil},
		response:   side{wanted: on.responseBody != nil || on.streamingResponseBody != nil, streaming: on.streamingResponseBody != nil},
		values:     make(map[string]interface{}),
		attributes: make(map[string]interface{}),
	}
}

// Scheme is the request's scheme when its headers arrived.
func (ctx *httpCtx) Scheme() string { return ctx.scheme }

// Host is the request's authority when its headers arrived.
func (ctx *httpCtx) Host() string { return ctx.host }

// Path is the request's path with its query when its headers arrived.
func (ctx *httpCtx) Path() string { return ctx.path }

// Method is the request's method when its headers arrived.
func (ctx *httpCtx) Method() string { return ctx.method }

// SetContext keeps a value for the later callbacks of this exchange.
func (ctx *httpCtx) SetContext(key string, value interface{}) {
	ctx.values[key] = value
}

// GetContext gives what SetContext kept, or nil.
func (ctx *httpCtx) GetContext(key string) interface{} { return ctx.values[key] }

// GetBoolContext gives a kept bool, or the default.
func (ctx *httpCtx) GetBoolContext(key string, defaultValue bool) bool {
	return valueOr(ctx.values[key], defaultValue)
}

// GetIntContext gives a kept int, or the default.
func (ctx *httpCtx) GetIntContext(key string, defaultValue int) int {
	return valueOr(ctx.values[key], defaultValue)
}

// GetStringContext gives a kept string, or the default.
func (ctx *httpCtx) GetStringContext(key, defaultValue string) string {
	return valueOr(ctx.values[key], defaultValue)
}

// GetByteSliceContext gives a kept byte slice, or the default.
func (ctx *httpCtx) GetByteSliceContext(key string, defaultValue []byte) []byte {
	return valueOr(ctx.values[key], defaultValue)
}

func valueOr[T any](value interface{}, defaultValue T) T {
	if typed, ok := value.(T); ok {
		return typed
	}
	return defaultValue
}

// DontReadRequestBody switches the request's body handlers off for this exchange.
func (ctx *httpCtx) DontReadRequestBody() { ctx.request.wanted = false }

// DontReadResponseBody switches the response's body handlers off for this exchange.
func (ctx *httpCtx) DontReadResponseBody() { ctx.response.wanted = false }

// BufferRequestBody prefers the handler of the whole request body over the streaming one.
func (ctx *httpCtx) BufferRequestBody() { ctx.request.streaming = false }

// BufferResponseBody prefers the handler of the whole response body over the streaming one.
func (ctx *httpCtx) BufferResponseBody() { ctx.response.streaming = false }

// NeedPauseStreamingResponse stops response chunks here; the plugin injects what the client gets.
func (ctx *httpCtx) NeedPauseStreamingResponse() { ctx.pauseStreaming = true }

// PushBuffer appends to the exchange's queue.
func (ctx *httpCtx) PushBuffer(buffer []byte) {
	ctx.queue = append(ctx.queue, buffer)
}

// PopBuffer takes the oldest entry of the queue, nil when it is empty.
func (ctx *httpCtx) PopBuffer() []byte {
	if len(ctx.queue) == 0 {
		return nil
	}
	oldest := ctx.queue[0]
	ctx.queue = ctx.queue[1:]
	return oldest
}

// BufferQueueSize is the number of entries in the queue.
func (ctx *httpCtx) BufferQueueSize() int { return len(ctx.queue) }

// DisableReroute keeps the chosen route when request headers change afterwards.
func (ctx *httpCtx) DisableReroute() {
	setHostProperty("clear_route_cache", "off")
}

// SetRequestBodyBufferLimit sets how many bytes of the request the host buffers for plugins.
func (ctx *httpCtx) SetRequestBodyBufferLimit(size uint32) {
	setHostProperty("set_decoder_buffer_limit", strconv.FormatUint(uint64(size), 10))
}

// SetResponseBodyBufferLimit sets how many bytes of the response the host buffers for plugins.
func (ctx *httpCtx) SetResponseBodyBufferLimit(size uint32) {
	setHostProperty("set_encoder_buffer_limit", strconv.FormatUint(uint64(size), 10))
}

func setHostProperty(name, value string) {
	if err := proxywasm.SetProperty([]string{name}, []byte(value)); err != nil {
		log.Errorf("failed to set the property %s: %v", name, err)
	}
}

// GetExecutionPhase is the callback that runs, or ran last.
func (ctx *httpCtx) GetExecutionPhase() iface.HTTPExecutionPhase {
	return ctx.phase
}

// HasRequestBody says that the request did not end with its headers.
func (ctx *httpCtx) HasRequestBody() bool { return ctx.request.hasBody }

// HasResponseBody says that the response did not end with its headers.
func (ctx *httpCtx) HasResponseBody() bool { return ctx.response.hasBody }

// IsWebsocket says that the request asks for an upgrade to WebSocket.
func (ctx *httpCtx) IsWebsocket() bool { return ctx.websocket }

// IsBinaryRequestBody says that the request's body is encoded, an octet-stream or gRPC: its handlers do not run.
func (ctx *httpCtx) IsBinaryRequestBody() bool { return ctx.request.binary }

// IsBinaryResponseBody says that the response's body is encoded, an octet-stream or gRPC: its handlers do not run.
func (ctx *httpCtx) IsBinaryResponseBody() bool { return ctx.response.binary }

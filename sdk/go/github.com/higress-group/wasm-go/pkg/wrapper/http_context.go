package wrapper

import (
	"strconv"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/higress-group/wasm-go/pkg/log"
)

// CommonHttpCtx is one HTTP exchange.
type CommonHttpCtx[PluginConfig any] struct {
	types.DefaultHttpContext
	plugin    *CommonPluginCtx[PluginConfig]
	contextID uint32
	// Nil while the request's headers are not seen, and when no configuration holds for the request.
	config *PluginConfig
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

var _ HttpContext = (*CommonHttpCtx[struct{}])(nil)

func newHttpCtx[PluginConfig any](plugin *CommonPluginCtx[PluginConfig], contextID uint32) *CommonHttpCtx[PluginConfig] {
	on := &plugin.vm.on
	return &CommonHttpCtx[PluginConfig]{
		plugin:     plugin,
		contextID:  contextID,
		request:    side{wanted: on.requestBody != nil || on.streamingRequestBody != nil, streaming: on.streamingRequestBody != nil},
		response:   side{wanted: on.responseBody != nil || on.streamingResponseBody != nil, streaming: on.streamingResponseBody != nil},
		values:     make(map[string]interface{}),
		attributes: make(map[string]interface{}),
	}
}

// GetMatchConfig gives the configuration that holds for the current request, nil when none does.
func (ctx *CommonHttpCtx[PluginConfig]) GetMatchConfig() (*PluginConfig, error) {
	return ctx.plugin.GetMatchConfig()
}

// Scheme is the request's scheme when its headers arrived.
func (ctx *CommonHttpCtx[PluginConfig]) Scheme() string { return ctx.scheme }

// Host is the request's authority when its headers arrived.
func (ctx *CommonHttpCtx[PluginConfig]) Host() string { return ctx.host }

// Path is the request's path with its query when its headers arrived.
func (ctx *CommonHttpCtx[PluginConfig]) Path() string { return ctx.path }

// Method is the request's method when its headers arrived.
func (ctx *CommonHttpCtx[PluginConfig]) Method() string { return ctx.method }

// SetContext keeps a value for the later callbacks of this exchange.
func (ctx *CommonHttpCtx[PluginConfig]) SetContext(key string, value interface{}) {
	ctx.values[key] = value
}

// GetContext gives what SetContext kept, or nil.
func (ctx *CommonHttpCtx[PluginConfig]) GetContext(key string) interface{} { return ctx.values[key] }

// GetBoolContext gives a kept bool, or the default.
func (ctx *CommonHttpCtx[PluginConfig]) GetBoolContext(key string, defaultValue bool) bool {
	return valueOr(ctx.values[key], defaultValue)
}

// GetIntContext gives a kept int, or the default.
func (ctx *CommonHttpCtx[PluginConfig]) GetIntContext(key string, defaultValue int) int {
	return valueOr(ctx.values[key], defaultValue)
}

// GetStringContext gives a kept string, or the default.
func (ctx *CommonHttpCtx[PluginConfig]) GetStringContext(key, defaultValue string) string {
	return valueOr(ctx.values[key], defaultValue)
}

// GetByteSliceContext gives a kept byte slice, or the default.
func (ctx *CommonHttpCtx[PluginConfig]) GetByteSliceContext(key string, defaultValue []byte) []byte {
	return valueOr(ctx.values[key], defaultValue)
}

func valueOr[T any](value interface{}, defaultValue T) T {
	if typed, ok := value.(T); ok {
		return typed
	}
	return defaultValue
}

// DontReadRequestBody switches the request's body handlers off for this exchange.
func (ctx *CommonHttpCtx[PluginConfig]) DontReadRequestBody() { ctx.request.wanted = false }

// DontReadResponseBody switches the response's body handlers off for this exchange.
func (ctx *CommonHttpCtx[PluginConfig]) DontReadResponseBody() { ctx.response.wanted = false }

// BufferRequestBody prefers the handler of the whole request body over the streaming one.
func (ctx *CommonHttpCtx[PluginConfig]) BufferRequestBody() { ctx.request.streaming = false }

// BufferResponseBody prefers the handler of the whole response body over the streaming one.
func (ctx *CommonHttpCtx[PluginConfig]) BufferResponseBody() { ctx.response.streaming = false }

// NeedPauseStreamingResponse stops response chunks here; the plugin injects what the client gets.
func (ctx *CommonHttpCtx[PluginConfig]) NeedPauseStreamingResponse() { ctx.pauseStreaming = true }

// PushBuffer appends to the exchange's queue.
func (ctx *CommonHttpCtx[PluginConfig]) PushBuffer(buffer []byte) {
	ctx.queue = append(ctx.queue, buffer)
}

// PopBuffer takes the oldest entry of the queue, nil when it is empty.
func (ctx *CommonHttpCtx[PluginConfig]) PopBuffer() []byte {
	if len(ctx.queue) == 0 {
		return nil
	}
	oldest := ctx.queue[0]
	ctx.queue = ctx.queue[1:]
	return oldest
}

// BufferQueueSize is the number of entries in the queue.
func (ctx *CommonHttpCtx[PluginConfig]) BufferQueueSize() int { return len(ctx.queue) }

// DisableReroute keeps the chosen route when request headers change afterwards.
func (ctx *CommonHttpCtx[PluginConfig]) DisableReroute() {
	setHostProperty("clear_route_cache", "off")
}

// SetRequestBodyBufferLimit sets how many bytes of the request the host buffers for plugins.
func (ctx *CommonHttpCtx[PluginConfig]) SetRequestBodyBufferLimit(size uint32) {
	setHostProperty("set_decoder_buffer_limit", strconv.FormatUint(uint64(size), 10))
}

// SetResponseBodyBufferLimit sets how many bytes of the response the host buffers for plugins.
func (ctx *CommonHttpCtx[PluginConfig]) SetResponseBodyBufferLimit(size uint32) {
	setHostProperty("set_encoder_buffer_limit", strconv.FormatUint(uint64(size), 10))
}

func setHostProperty(name, value string) {
	if err := proxywasm.SetProperty([]string{name}, []byte(value)); err != nil {
		log.Errorf("failed to set the property %s: %v", name, err)
	}
}

// GetExecutionPhase is the callback that runs, or ran last.
func (ctx *CommonHttpCtx[PluginConfig]) GetExecutionPhase() iface.HTTPExecutionPhase {
	return ctx.phase
}

// HasRequestBody says that the request did not end with its headers.
func (ctx *CommonHttpCtx[PluginConfig]) HasRequestBody() bool { return ctx.request.hasBody }

// HasResponseBody says that the response did not end with its headers.
func (ctx *CommonHttpCtx[PluginConfig]) HasResponseBody() bool { return ctx.response.hasBody }

// IsWebsocket says that the request asks for an upgrade to WebSocket.
func (ctx *CommonHttpCtx[PluginConfig]) IsWebsocket() bool { return ctx.websocket }

// IsBinaryRequestBody says that the request's body is encoded, an octet-stream or gRPC: its handlers do not run.
func (ctx *CommonHttpCtx[PluginConfig]) IsBinaryRequestBody() bool { return ctx.request.binary }

// IsBinaryResponseBody says that the response's body is encoded, an octet-stream or gRPC: its handlers do not run.
func (ctx *CommonHttpCtx[PluginConfig]) IsBinaryResponseBody() bool { return ctx.response.binary }

// Package iface holds the interfaces that plugin code meets in its callbacks: the context of one HTTP exchange and
// the context of one plugin configuration.
package iface

// HTTPExecutionPhase says which callback of a stream runs now, or ran last.
type HTTPExecutionPhase int

const (
	// DecodeHeader: request headers.
	DecodeHeader HTTPExecutionPhase = iota
	// DecodeData: request body.
	DecodeData
	// EncodeHeader: response headers.
	EncodeHeader
	// EncodeData: response body.
	EncodeData
	// Done: the stream has ended.
	Done
)

// RouteResponseCallback receives the answer to HttpContext.RouteCall: the response of the route's own upstream.
type RouteResponseCallback func(statusCode int, responseHeaders [][2]string, responseBody []byte)

// HttpContext is one HTTP exchange as a plugin sees it.
type HttpContext interface {
	// Scheme, Host, Path and Method are those of the request when its headers arrived.
	Scheme() string
	Host() string
	Path() string
	Method() string

	// SetContext keeps a value for the later callbacks of this exchange; GetContext gives nil when there is none.
	SetContext(key string, value interface{})
	GetContext(key string) interface{}
	GetBoolContext(key string, defaultValue bool) bool
	GetStringContext(key, defaultValue string) string
	GetByteSliceContext(key string, defaultValue []byte) []byte

	// User attributes end up in the access log or in the trace span, when written with one of the Write methods.
	GetUserAttribute(key string) interface{}
	SetUserAttribute(key string, value interface{})
	SetUserAttributeMap(kvmap map[string]interface{})
	GetUserAttributeMap() map[string]interface{}
	// WriteUserAttributeToLog writes the attributes for the access log under the key custom_log.
	WriteUserAttributeToLog() error
	WriteUserAttributeToLogWithKey(key string) error
	WriteUserAttributeToTrace() error

	// DontReadRequestBody and DontReadResponseBody switch the body handlers of this exchange off.
	DontReadRequestBody()
	DontReadResponseBody()
	// BufferRequestBody and BufferResponseBody prefer the whole-body handler over the streaming one.
	BufferRequestBody()
	BufferResponseBody()
	// NeedPauseStreamingResponse stops response chunks here; the plugin sends data itself with
	// proxywasm.InjectEncodedDataToFilterChain.
	NeedPauseStreamingResponse()
	// PushBuffer, PopBuffer and BufferQueueSize are a queue of byte slices, first in, first out.
	PushBuffer(buffer []byte)
	PopBuffer() []byte
	BufferQueueSize() int

	// DisableReroute keeps the chosen route when request headers change afterwards.
	DisableReroute()
	// SetRequestBodyBufferLimit and SetResponseBodyBufferLimit are in bytes.
	SetRequestBodyBufferLimit(byteSize uint32)
	SetResponseBodyBufferLimit(byteSize uint32)

	// RouteCall turns this request into another one to the route's own upstream and gives the answer to the callback.
	// The request headers must be held (HeaderStopIteration); call it while the request body is handled.
	RouteCall(method, url string, headers [][2]string, body []byte, callback RouteResponseCallback) error

	GetExecutionPhase() HTTPExecutionPhase
	// HasRequestBody and HasResponseBody: the headers did not end the message.
	HasRequestBody() bool
	HasResponseBody() bool
	IsWebsocket() bool
	// IsBinaryRequestBody and IsBinaryResponseBody: an encoded, octet-stream or gRPC body.
	IsBinaryRequestBody() bool
	IsBinaryResponseBody() bool
}

// PluginContext is one configuration of the plugin.
type PluginContext interface {
	SetContext(key string, value interface{})
	GetContext(key string) interface{}
	// EnableRuleLevelConfigIsolation lets one faulty rule keep its last good version instead of failing the start.
	// It has an effect only in the PrePluginStartOrReload hook.
	EnableRuleLevelConfigIsolation()
	IsRuleLevelConfigIsolation() bool
	GetFingerPrint() string
	// DoLeaderElection tries to become, or to stay, the one worker that IsLeader is true for. A lease lasts 60 s.
	DoLeaderElection()
	IsLeader() bool
}

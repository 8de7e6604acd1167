package proxywasm

import "github.com/tetratelabs/proxy-wasm-go-sdk-legacy/proxywasm/types"

// RootContext is one configuration of the plugin.
type RootContext interface {
	// OnVMStart is called before OnPluginStart; GetVMConfiguration works here. false rejects the configuration.
	OnVMStart(vmConfigurationSize int) bool
	// OnPluginStart is called with each configuration; GetPluginConfiguration works here. false rejects it.
	OnPluginStart(pluginConfigurationSize int) bool
	// OnVMDone is called before the configuration is dropped.
	OnVMDone() bool
	// OnQueueReady is called for each item put into a queue this context registered.
	OnQueueReady(queueID uint32)
	// OnTick is called at the period of SetTickPeriodMilliSeconds.
	OnTick()
	// OnLog is called when the context is an access logger.
	OnLog()
}

// StreamContext is one TCP connection.
type StreamContext interface {
	OnNewConnection() types.Action
	OnDownstreamData(dataSize int, endOfStream bool) types.Action
	OnDownstreamClose(peerType types.PeerType)
	OnUpstreamData(dataSize int, endOfStream bool) types.Action
	OnUpstreamClose(peerType types.PeerType)
	// OnStreamDone is called last.
	OnStreamDone()
	// OnLog is called when the access log is written.
	OnLog()
}

// HttpContext is one HTTP stream: a request and its response.
type HttpContext interface {
	OnHttpRequestHeaders(numHeaders int, endOfStream bool) types.Action
	OnHttpRequestBody(bodySize int, endOfStream bool) types.Action
	OnHttpRequestTrailers(numTrailers int) types.Action
	OnHttpResponseHeaders(numHeaders int, endOfStream bool) types.Action
	OnHttpResponseBody(bodySize int, endOfStream bool) types.Action
	OnHttpResponseTrailers(numTrailers int) types.Action
	// OnHttpStreamDone is called last.
	OnHttpStreamDone()
	// OnLog is called when the access log is written.
	OnLog()
}

// The Default contexts do nothing and let everything pass; embed one and write only the callbacks you need.
type (
	// DefaultRootContext accepts every configuration.
	DefaultRootContext struct{}
	// DefaultStreamContext lets all data pass.
	DefaultStreamContext struct{}
	// DefaultHttpContext lets requests and responses pass.
	DefaultHttpContext struct{}
)

func (*DefaultRootContext) OnVMStart(int) bool     { return true }
func (*DefaultRootContext) OnPluginStart(int) bool { return true }
func (*DefaultRootContext) OnVMDone() bool         { return true }
func (*DefaultRootContext) OnQueueReady(uint32)    {}
func (*DefaultRootContext) OnTick()                {}
func (*DefaultRootContext) OnLog()                 {}

func (*DefaultStreamContext) OnNewConnection() types.Action           { return types.ActionContinue }
func (*DefaultStreamContext) OnDownstreamData(int, bool) types.Action { return types.ActionContinue }
func (*DefaultStreamContext) OnDownstreamClose(types.PeerType)        {}
func (*DefaultStreamContext) OnUpstreamData(int, bool) types.Action   { return types.ActionContinue }
func (*DefaultStreamContext) OnUpstreamClose(types.PeerType)          {}
func (*DefaultStreamContext) OnStreamDone()                           {}
func (*DefaultStreamContext) OnLog()                                  {}

func (*DefaultHttpContext) OnHttpRequestHeaders(int, bool) types.Action  { return types.ActionContinue }
func (*DefaultHttpContext) OnHttpRequestBody(int, bool) types.Action     { return types.ActionContinue }
func (*DefaultHttpContext) OnHttpRequestTrailers(int) types.Action       { return types.ActionContinue }
func (*DefaultHttpContext) OnHttpResponseHeaders(int, bool) types.Action { return types.ActionContinue }
func (*DefaultHttpContext) OnHttpResponseBody(int, bool) types.Action    { return types.ActionContinue }
func (*DefaultHttpContext) OnHttpResponseTrailers(int) types.Action      { return types.ActionContinue }
func (*DefaultHttpContext) OnHttpStreamDone()                            {}
func (*DefaultHttpContext) OnLog()                                       {}

var (
	_ RootContext   = (*DefaultRootContext)(nil)
	_ StreamContext = (*DefaultStreamContext)(nil)
	_ HttpContext   = (*DefaultHttpContext)(nil)
)

// Package types holds what a plugin implements and what its callbacks answer with.
//
// A module has one VMContext in each VM. It makes a PluginContext for each plugin configuration, which makes an
// HttpContext for each HTTP stream or a TcpContext for each TCP connection.
package types

// VMContext is the module in one VM.
type VMContext interface {
	// OnVMStart is called before a plugin context starts; GetVMConfiguration works here.
	OnVMStart(vmConfigurationSize int) OnVMStartStatus
	// NewPluginContext makes the context of one plugin configuration.
	NewPluginContext(contextID uint32) PluginContext
}

// PluginContext is one configuration of the plugin.
type PluginContext interface {
	// OnPluginStart is called with each new configuration; GetPluginConfiguration works here.
	OnPluginStart(pluginConfigurationSize int) OnPluginStartStatus
	// OnPluginDone is called when the gateway is about to drop this configuration. After false it waits for PluginDone.
	OnPluginDone() bool
	// OnQueueReady is called for each item put into a queue this context registered.
	OnQueueReady(queueID uint32)
	// OnTick is called at the period of SetTickPeriodMilliSeconds.
	OnTick()
	// NewTcpContext makes the context of a TCP connection; nil if this plugin is for HTTP.
	NewTcpContext(contextID uint32) TcpContext
	// NewHttpContext makes the context of an HTTP stream; nil if this plugin is for TCP.
	NewHttpContext(contextID uint32) HttpContext
}

// TcpContext is one TCP connection.
type TcpContext interface {
	// OnNewConnection is called when the connection is open.
	OnNewConnection() Action
	// OnDownstreamData is called when the client has sent data; dataSize counts all that is held. GetDownstreamData works here.
	OnDownstreamData(dataSize int, endOfStream bool) Action
	// OnDownstreamClose is called when the connection to the client closes.
	OnDownstreamClose(peerType PeerType)
	// OnUpstreamData is called when the upstream has sent data. GetUpstreamData works here.
	OnUpstreamData(dataSize int, endOfStream bool) Action
	// OnUpstreamClose is called when the connection to the upstream closes.
	OnUpstreamClose(peerType PeerType)
	// OnStreamDone is called last, before the context is deleted.
	OnStreamDone()
}

// HttpContext is one HTTP stream: a request and its response.
type HttpContext interface {
	// OnHttpRequestHeaders is called with the request's headers; endOfStream means that no body follows.
	OnHttpRequestHeaders(numHeaders int, endOfStream bool) Action
	// OnHttpRequestBody is called for each piece of the request body.
	OnHttpRequestBody(bodySize int, endOfStream bool) Action
	// OnHttpRequestTrailers is called if the request has trailers.
	OnHttpRequestTrailers(numTrailers int) Action
	// OnHttpResponseHeaders is called with the response's headers; endOfStream means that no body follows.
	OnHttpResponseHeaders(numHeaders int, endOfStream bool) Action
	// OnHttpResponseBody is called for each piece of the response body.
	OnHttpResponseBody(bodySize int, endOfStream bool) Action
	// OnHttpResponseTrailers is called if the response has trailers.
	OnHttpResponseTrailers(numTrailers int) Action
	// OnHttpStreamDone is called last, when the access log is written: headers can be read, nothing can be changed.
	OnHttpStreamDone()
}

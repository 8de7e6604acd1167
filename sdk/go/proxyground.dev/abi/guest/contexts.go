package guest

// What a plugin implements, as every generation's types package declares it with types of its own: A is its Action,
// P its PeerType, V its OnVMStartStatus, S its OnPluginStartStatus, H, T and G its HttpContext, TcpContext and
// PluginContext. Methods are called as proxy-wasm-host.md 3.3 and 9 say.

// HTTPContext is one HTTP stream.
type HTTPContext[A ~uint32] interface {
	OnHttpRequestHeaders(numHeaders int, endOfStream bool) A
	OnHttpRequestBody(bodySize int, endOfStream bool) A
	OnHttpRequestTrailers(numTrailers int) A
	OnHttpResponseHeaders(numHeaders int, endOfStream bool) A
	OnHttpResponseBody(bodySize int, endOfStream bool) A
	OnHttpResponseTrailers(numTrailers int) A
	OnHttpStreamDone()
}

// TCPContext is one TCP connection.
type TCPContext[A, P ~uint32] interface {
	OnNewConnection() A
	OnDownstreamData(dataSize int, endOfStream bool) A
	OnDownstreamClose(peerType P)
	OnUpstreamData(dataSize int, endOfStream bool) A
	OnUpstreamClose(peerType P)
	OnStreamDone()
}

// PluginContext is one configuration of the plugin.
type PluginContext[S ~bool, H, T any] interface {
	OnPluginStart(pluginConfigurationSize int) S
	OnPluginDone() bool
	OnQueueReady(queueID uint32)
	OnTick()
	NewTcpContext(contextID uint32) T
	NewHttpContext(contextID uint32) H
}

// VMContext is the module in one VM.
type VMContext[V ~bool, G any] interface {
	OnVMStart(vmConfigurationSize int) V
	NewPluginContext(contextID uint32) G
}

package types

// The Default contexts do nothing and let everything pass; embed one and write only the callbacks you need.
type (
	// DefaultVMContext starts and makes DefaultPluginContexts.
	DefaultVMContext struct{}
	// DefaultPluginContext starts and makes no stream contexts.
	DefaultPluginContext struct{}
	// DefaultTcpContext lets all data pass.
	DefaultTcpContext struct{}
	// DefaultHttpContext lets requests and responses pass.
	DefaultHttpContext struct{}
)

// OnVMStart answers OnVMStartStatusOK.
func (*DefaultVMContext) OnVMStart(vmConfigurationSize int) OnVMStartStatus { return OnVMStartStatusOK }

// NewPluginContext makes a DefaultPluginContext.
func (*DefaultVMContext) NewPluginContext(contextID uint32) PluginContext {
	return &DefaultPluginContext{}
}

// OnPluginStart answers OnPluginStartStatusOK.
func (*DefaultPluginContext) OnPluginStart(int) OnPluginStartStatus { return OnPluginStartStatusOK }

// OnPluginDone answers that nothing is left to do.
func (*DefaultPluginContext) OnPluginDone() bool { return true }

// OnQueueReady does nothing.
func (*DefaultPluginContext) OnQueueReady(uint32) {}

// OnTick does nothing.
func (*DefaultPluginContext) OnTick() {}

// NewTcpContext makes none.
func (*DefaultPluginContext) NewTcpContext(uint32) TcpContext { return nil }

// NewHttpContext makes none.
func (*DefaultPluginContext) NewHttpContext(uint32) HttpContext { return nil }

// OnNewConnection answers ActionContinue.
func (*DefaultTcpContext) OnNewConnection() Action { return ActionContinue }

// OnDownstreamData answers ActionContinue.
func (*DefaultTcpContext) OnDownstreamData(int, bool) Action { return ActionContinue }

// OnDownstreamClose does nothing.
func (*DefaultTcpContext) OnDownstreamClose(PeerType) {}

// OnUpstreamData answers ActionContinue.
func (*DefaultTcpContext) OnUpstreamData(int, bool) Action { return ActionContinue }

// OnUpstreamClose does nothing.
func (*DefaultTcpContext) OnUpstreamClose(PeerType) {}

// OnStreamDone does nothing.
func (*DefaultTcpContext) OnStreamDone() {}

// OnHttpRequestHeaders answers ActionContinue.
func (*DefaultHttpContext) OnHttpRequestHeaders(int, bool) Action { return ActionContinue }

// OnHttpRequestBody answers ActionContinue.
func (*DefaultHttpContext) OnHttpRequestBody(int, bool) Action { return ActionContinue }

// OnHttpRequestTrailers answers ActionContinue.
func (*DefaultHttpContext) OnHttpRequestTrailers(int) Action { return ActionContinue }

// OnHttpResponseHeaders answers ActionContinue.
func (*DefaultHttpContext) OnHttpResponseHeaders(int, bool) Action { return ActionContinue }

// OnHttpResponseBody answers ActionContinue.
func (*DefaultHttpContext) OnHttpResponseBody(int, bool) Action { return ActionContinue }

// OnHttpResponseTrailers answers ActionContinue.
func (*DefaultHttpContext) OnHttpResponseTrailers(int) Action { return ActionContinue }

// OnHttpStreamDone does nothing.
func (*DefaultHttpContext) OnHttpStreamDone() {}

var (
	_ VMContext     = (*DefaultVMContext)(nil)
	_ PluginContext = (*DefaultPluginContext)(nil)
	_ TcpContext    = (*DefaultTcpContext)(nil)
	_ HttpContext   = (*DefaultHttpContext)(nil)
)

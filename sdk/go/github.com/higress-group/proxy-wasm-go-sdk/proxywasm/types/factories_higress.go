package types

// PluginContextFactory makes the context of one plugin configuration.
type PluginContextFactory func(contextID uint32) PluginContext

// HttpContextFactory makes the context of one HTTP stream.
type HttpContextFactory func(contextID uint32) HttpContext

// TcpContextFactory makes the context of one TCP connection.
type TcpContextFactory func(contextID uint32) TcpContext

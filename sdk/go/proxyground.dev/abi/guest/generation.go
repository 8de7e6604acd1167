package guest

// SetVM registers the VMContext of a generation; H, T and G are its interface types. A later one replaces it.
func SetVM[A, P ~uint32, V, S ~bool, H HTTPContext[A], T TCPContext[A, P], G PluginContext[S, H, T], C VMContext[V, G]](context C) {
	registered = &virtualMachine{
		start: func(size int) bool { return bool(context.OnVMStart(size)) },
		newPlugin: func(id uint32) *plugin {
			made := context.NewPluginContext(id)
			return &plugin{
				context: made,
				start:   func(size int) bool { return bool(made.OnPluginStart(size)) },
				newHTTP: func(id uint32) httpStream {
					if stream := any(made.NewHttpContext(id)); stream != nil {
						return &http[A]{stream.(HTTPContext[A])}
					}
					return nil
				},
				newTCP: func(id uint32) tcpConnection {
					if connection := any(made.NewTcpContext(id)); connection != nil {
						return &tcp[A, P]{connection.(TCPContext[A, P])}
					}
					return nil
				},
			}
		},
	}
}

type http[A ~uint32] struct{ context HTTPContext[A] }

func (s *http[A]) requestHeaders(count int, end bool) uint32 {
	return uint32(s.context.OnHttpRequestHeaders(count, end))
}
func (s *http[A]) requestBody(size int, end bool) uint32 {
	return uint32(s.context.OnHttpRequestBody(size, end))
}
func (s *http[A]) requestTrailers(count int) uint32 {
	return uint32(s.context.OnHttpRequestTrailers(count))
}
func (s *http[A]) responseHeaders(count int, end bool) uint32 {
	return uint32(s.context.OnHttpResponseHeaders(count, end))
}
func (s *http[A]) responseBody(size int, end bool) uint32 {
	return uint32(s.context.OnHttpResponseBody(size, end))
}
func (s *http[A]) responseTrailers(count int) uint32 {
	return uint32(s.context.OnHttpResponseTrailers(count))
}
func (s *http[A]) streamDone() { s.context.OnHttpStreamDone() }

type tcp[A, P ~uint32] struct{ context TCPContext[A, P] }

func (c *tcp[A, P]) newConnection() uint32 { return uint32(c.context.OnNewConnection()) }
func (c *tcp[A, P]) downstreamData(size int, end bool) uint32 {
	return uint32(c.context.OnDownstreamData(size, end))
}
func (c *tcp[A, P]) downstreamClose(peer uint32) { c.context.OnDownstreamClose(P(peer)) }
func (c *tcp[A, P]) upstreamData(size int, end bool) uint32 {
	return uint32(c.context.OnUpstreamData(size, end))
}
func (c *tcp[A, P]) upstreamClose(peer uint32) { c.context.OnUpstreamClose(P(peer)) }
func (c *tcp[A, P]) streamDone()               { c.context.OnStreamDone() }

//go:build !wasip1

package guest

import (
	"fmt"
	"reflect"
	"testing"

	"proxyground.dev/abi/hostcall"
)

// A plugin that notes every callback, with action and status types of its own as a generation has.
type (
	action  uint32
	peer    uint32
	started bool
	notes   struct{ list []string }
	vmNotes struct{ *notes }
	plugins struct {
		*notes
		id uint32
	}
	httpNotes struct {
		*notes
		id uint32
	}
	tcpNotes struct {
		*notes
		id uint32
	}
)

func (n *notes) add(format string, args ...any) {
	n.list = append(n.list, fmt.Sprintf(format, args...))
}

func (v vmNotes) OnVMStart(size int) started { v.add("vm start %d", size); return true }
func (v vmNotes) NewPluginContext(id uint32) *plugins {
	v.add("new plugin %d", id)
	return &plugins{v.notes, id}
}

func (p *plugins) OnPluginStart(size int) started { p.add("plugin start %d", size); return size != 13 }
func (p *plugins) OnPluginDone() bool             { p.add("plugin done"); return false }
func (p *plugins) OnQueueReady(queue uint32)      { p.add("queue %d", queue) }
func (p *plugins) OnTick()                        { p.add("tick %d", p.id) }
func (p *plugins) NewHttpContext(id uint32) HTTPContext[action] {
	if id >= 10 {
		return nil
	}
	return &httpNotes{p.notes, id}
}
func (p *plugins) NewTcpContext(id uint32) TCPContext[action, peer] {
	if id >= 20 {
		return nil
	}
	return &tcpNotes{p.notes, id}
}

func (h *httpNotes) OnHttpRequestHeaders(n int, end bool) action {
	h.add("%d request headers %d %t", h.id, n, end)
	return 4
}
func (h *httpNotes) OnHttpRequestBody(n int, end bool) action {
	h.add("request body %d %t", n, end)
	return 1
}
func (h *httpNotes) OnHttpRequestTrailers(n int) action { h.add("request trailers %d", n); return 0 }
func (h *httpNotes) OnHttpResponseHeaders(n int, end bool) action {
	h.add("response headers %d %t", n, end)
	return 3
}
func (h *httpNotes) OnHttpResponseBody(n int, end bool) action {
	h.add("response body %d %t", n, end)
	return 2
}
func (h *httpNotes) OnHttpResponseTrailers(n int) action { h.add("response trailers %d", n); return 1 }
func (h *httpNotes) OnHttpStreamDone()                   { h.add("%d done", h.id) }

func (c *tcpNotes) OnNewConnection() action { c.add("%d connection", c.id); return 1 }
func (c *tcpNotes) OnDownstreamData(n int, end bool) action {
	c.add("downstream %d %t", n, end)
	return 0
}
func (c *tcpNotes) OnDownstreamClose(p peer) { c.add("downstream close %d", p) }
func (c *tcpNotes) OnUpstreamData(n int, end bool) action {
	c.add("upstream %d %t", n, end)
	return 1
}
func (c *tcpNotes) OnUpstreamClose(p peer) { c.add("upstream close %d", p) }
func (c *tcpNotes) OnStreamDone()          { c.add("%d done", c.id) }

// load registers a plugin in a module without contexts; host calls are noted too.
func load(t *testing.T) *notes {
	t.Helper()
	contexts, active = map[uint32]*entry{}, 0
	made := &notes{}
	SetVM(vmNotes{made})
	before := hostcall.Native
	token := uint32(0)
	hostcall.Native = func(name string, arguments ...any) uint32 {
		if name == "proxy_set_effective_context" {
			made.add("effective context %d", arguments[0])
		}
		if out, ok := arguments[len(arguments)-1].(*uint32); ok {
			token += 4
			*out = token
		}
		return 0
	}
	t.Cleanup(func() { hostcall.Native, registered = before, nil })
	return made
}

func expect(t *testing.T, made *notes, want ...string) {
	t.Helper()
	if !reflect.DeepEqual(made.list, want) {
		t.Errorf("\n%q, not\n%q", made.list, want)
	}
	made.list = nil
}

func panics(t *testing.T, want string, call func()) {
	t.Helper()
	defer func() {
		if got := recover(); got != want {
			t.Errorf("panicked with %v, not %s", got, want)
		}
	}()
	call()
}

func TestAnHTTPStreamGetsItsCallbacksAndAnswersWithItsNumbers(t *testing.T) {
	made := load(t)
	onContextCreate(1, 0)
	if !onVMStart(1, 5) || !onConfigure(1, 7) || onConfigure(1, 13) {
		t.Error("the answers of the start do not come through")
	}
	onContextCreate(2, 1)
	s := stream(2, "")
	got := []uint32{
		s.requestHeaders(3, false), s.requestBody(4, true), s.requestTrailers(5),
		s.responseHeaders(6, true), s.responseBody(7, false), s.responseTrailers(8),
	}
	if want := []uint32{4, 1, 0, 3, 2, 1}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
	onLog(2)
	if !onDone(2) || onDone(1) {
		t.Error("done: a stream always is, a plugin says so itself")
	}
	onDelete(2)
	expect(t, made, "new plugin 1", "vm start 5", "plugin start 7", "plugin start 13", "2 request headers 3 false",
		"request body 4 true", "request trailers 5", "response headers 6 true", "response body 7 false",
		"response trailers 8", "2 done", "plugin done")
}

func TestATCPConnectionGetsItsCallbacks(t *testing.T) {
	made := load(t)
	onContextCreate(1, 0)
	onContextCreate(10, 1)
	c := connection(10, "")
	got := []uint32{c.newConnection(), c.downstreamData(3, false), c.upstreamData(4, true)}
	if want := []uint32{1, 0, 1}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
	c.downstreamClose(2)
	c.upstreamClose(1)
	onLog(10)
	onDelete(10)
	expect(t, made, "new plugin 1", "10 connection", "downstream 3 false", "upstream 4 true", "downstream close 2",
		"upstream close 1", "10 done")
}

func TestTicksAndQueuesReachTheirPluginContext(t *testing.T) {
	made := load(t)
	onContextCreate(1, 0)
	onContextCreate(2, 0)
	onTick(2)
	onQueueReady(1, 9)
	expect(t, made, "new plugin 1", "new plugin 2", "tick 2", "queue 9")
}

func TestACallIsAnsweredWithItsStreamInEffect(t *testing.T) {
	made := load(t)
	onContextCreate(1, 0)
	onContextCreate(2, 1)
	onContextCreate(3, 1)
	stream(2, "")
	first, _ := DispatchHTTPCall("c", nil, nil, nil, 0, func(h, b, n int) { made.add("http %d %d %d", h, b, n) })
	second, _ := DispatchRedisCall("c", nil, func(status, size int) { made.add("redis %d %d", status, size) })
	stream(3, "")
	OnRedisCallResponse(1, second, 0, 6)
	onHTTPCallResponse(1, first, 3, 4, 5)
	expect(t, made, "new plugin 1", "effective context 2", "redis 0 6", "effective context 2", "http 3 4 5")
	panics(t, "invalid callout id", func() { onHTTPCallResponse(1, first, 3, 4, 5) })
	panics(t, "invalid redis callout id", func() { OnRedisCallResponse(1, second, 0, 6) })
}

func TestACallInTheCallbackOfACallBelongsToTheSameStream(t *testing.T) {
	made := load(t)
	onContextCreate(1, 0)
	onContextCreate(2, 1)
	stream(2, "")
	var inner uint32
	outer, _ := DispatchHTTPCall("c", nil, nil, nil, 0, func(int, int, int) {
		inner, _ = DispatchHTTPCall("c", nil, nil, nil, 0, func(int, int, int) { made.add("inner") })
	})
	onHTTPCallResponse(1, outer, 0, 0, 0)
	onTick(1)
	onHTTPCallResponse(1, inner, 0, 0, 0)
	expect(t, made, "new plugin 1", "effective context 2", "tick 1", "effective context 2", "inner")
}

func TestTheAnswerForADeletedStreamIsDropped(t *testing.T) {
	made := load(t)
	onContextCreate(1, 0)
	onContextCreate(2, 1)
	stream(2, "")
	token, _ := DispatchHTTPCall("c", nil, nil, nil, 0, func(int, int, int) { made.add("answered") })
	onDelete(2)
	onHTTPCallResponse(1, token, 1, 0, 0)
	expect(t, made, "new plugin 1")
}

func TestWhatTheHostMustNotDoPanics(t *testing.T) {
	load(t)
	panics(t, "invalid plugin context id", func() { onContextCreate(2, 1) })
	onContextCreate(1, 0)
	onContextCreate(10, 1)
	panics(t, "context id duplicated", func() { onContextCreate(1, 0) })
	panics(t, "invalid context id on proxy_on_context_create", func() { onContextCreate(20, 1) })
	panics(t, "invalid context on proxy_on_request_headers", func() { stream(10, "proxy_on_request_headers") })
	panics(t, "invalid context on proxy_on_new_connection", func() { connection(1, "proxy_on_new_connection") })
	panics(t, "invalid context on proxy_on_configure", func() { onConfigure(10, 0) })
	panics(t, "invalid root_context_id", func() { onTick(10) })
	panics(t, "invalid context", func() { onQueueReady(10, 1) })
	panics(t, "invalid context on proxy_on_delete", func() { onDelete(99) })
	panics(t, "http_call_response on invalid plugin context", func() { onHTTPCallResponse(10, 4, 0, 0, 0) })
	panics(t, "redis_call_response on invalid plugin context", func() { OnRedisCallResponse(10, 7, 0, 0) })
	onLog(99)
	if !onDone(99) {
		t.Error("an unknown context is done")
	}
}

func TestAModuleThatRegisteredNothingSaysSo(t *testing.T) {
	load(t)
	registered = nil
	text := "no VMContext is registered: a c-shared module does not run main, register in init"
	panics(t, text, func() { onContextCreate(1, 0) })
	registered = &virtualMachine{}
	active = 0
	panics(t, "a call was dispatched outside the callbacks of a context", func() {
		_, _ = DispatchHTTPCall("c", nil, nil, nil, 0, nil)
	})
}

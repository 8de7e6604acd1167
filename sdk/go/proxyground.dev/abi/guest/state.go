// Package guest is the plugin's side of the ABI: the exports the host calls, the contexts they are for, and the calls
// that wait for an answer. It knows no generation of the SDK; each one hands its VMContext to SetVM.
package guest

// httpStream and tcpConnection are a plugin's contexts with plain numbers for the generation's own types.
type httpStream interface {
	requestHeaders(numHeaders int, endOfStream bool) uint32
	requestBody(bodySize int, endOfStream bool) uint32
	requestTrailers(numTrailers int) uint32
	responseHeaders(numHeaders int, endOfStream bool) uint32
	responseBody(bodySize int, endOfStream bool) uint32
	responseTrailers(numTrailers int) uint32
	streamDone()
}

type tcpConnection interface {
	newConnection() uint32
	downstreamData(dataSize int, endOfStream bool) uint32
	downstreamClose(peer uint32)
	upstreamData(dataSize int, endOfStream bool) uint32
	upstreamClose(peer uint32)
	streamDone()
}

type pluginCallbacks interface {
	OnPluginDone() bool
	OnQueueReady(queueID uint32)
	OnTick()
}

type plugin struct {
	context    pluginCallbacks
	start      func(configurationSize int) bool
	newHTTP    func(context uint32) httpStream
	newTCP     func(context uint32) tcpConnection
	httpCalls  map[uint32]callout[HTTPCallback]
	redisCalls map[uint32]callout[RedisCallback]
}

type virtualMachine struct {
	start     func(configurationSize int) bool
	newPlugin func(context uint32) *plugin
}

// entry is one context: exactly one of plugin, http and tcp is set.
type entry struct {
	root   *plugin
	plugin *plugin
	http   httpStream
	tcp    tcpConnection
}

func (known *entry) asPlugin() *plugin {
	if known == nil {
		return nil
	}
	return known.plugin
}

var (
	registered *virtualMachine
	contexts   = map[uint32]*entry{}
	// The context whose callback runs now; calls that are dispatched belong to it.
	active uint32

	// Starting is the plugin context the last OnVMStart is for: the host starts the VM once for each.
	Starting uint32
)

// vm is the registered VM. There is none if the plugin registers in main, which a c-shared module never runs.
func vm() *virtualMachine {
	if registered == nil {
		panic("no VMContext is registered: a c-shared module does not run main, register in init")
	}
	return registered
}

func activePlugin() *plugin {
	known, ok := contexts[active]
	if !ok {
		panic("a call was dispatched outside the callbacks of a context")
	}
	return known.root
}

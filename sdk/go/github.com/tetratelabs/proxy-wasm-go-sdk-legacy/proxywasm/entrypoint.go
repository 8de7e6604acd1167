package proxywasm

import (
	"errors"
	"fmt"

	"proxyground.dev/abi/guest"

	"github.com/tetratelabs/proxy-wasm-go-sdk-legacy/proxywasm/types"
)

// ErrorRootContextNotFound is the error of GetRootContextByID.
var ErrorRootContextNotFound = errors.New("root context not found")

var (
	newRoot   = func(uint32) RootContext { return &DefaultRootContext{} }
	newHTTP   func(rootContextID, contextID uint32) HttpContext
	newStream func(rootContextID, contextID uint32) StreamContext
	roots     = map[uint32]RootContext{}
)

// SetNewRootContext registers how root contexts are made. Call it in main.
func SetNewRootContext(newContext func(contextID uint32) RootContext) {
	newRoot = newContext
	guest.SetVM(vm{})
}

// SetNewHttpContext registers how HTTP contexts are made. Call it in main. The function gets the ids of the root context
// and of the stream; in the earliest programs only the latter.
func SetNewHttpContext[F func(rootContextID, contextID uint32) HttpContext | func(contextID uint32) HttpContext](newContext F) {
	newHTTP = withRoot[HttpContext](newContext)
	guest.SetVM(vm{})
}

// SetNewStreamContext registers how TCP contexts are made. Call it in main. The function gets the ids of the root context
// and of the connection; in the earliest programs only the latter.
func SetNewStreamContext[F func(rootContextID, contextID uint32) StreamContext | func(contextID uint32) StreamContext](newContext F) {
	newStream = withRoot[StreamContext](newContext)
	guest.SetVM(vm{})
}

// GetRootContextByID is a root context, for the streams that belong to it.
func GetRootContextByID(rootContextID uint32) (RootContext, error) {
	root, ok := roots[rootContextID]
	if !ok {
		return nil, fmt.Errorf("%w: %d", ErrorRootContextNotFound, rootContextID)
	}
	return root, nil
}

func withRoot[C any](newContext any) func(rootContextID, contextID uint32) C {
	if own, ok := newContext.(func(uint32) C); ok {
		return func(_, contextID uint32) C { return own(contextID) }
	}
	return newContext.(func(uint32, uint32) C)
}

// Streams of this generation as the core wants them.
type (
	httpCallbacks   = guest.HTTPContext[types.Action]
	streamCallbacks = guest.TCPContext[types.Action, types.PeerType]
)

// vm makes the contexts of today out of those of then. Here the root context, not the module, is told of the VM's start.
type vm struct{}

func (vm) OnVMStart(vmConfigurationSize int) bool {
	return roots[guest.Starting].OnVMStart(vmConfigurationSize)
}

func (vm) NewPluginContext(contextID uint32) rootContext {
	root := newRoot(contextID)
	roots[contextID] = root
	return rootContext{root, contextID}
}

type rootContext struct {
	RootContext
	id uint32
}

func (root rootContext) OnPluginDone() bool { return root.OnVMDone() }

func (root rootContext) NewHttpContext(contextID uint32) httpCallbacks {
	if newHTTP == nil {
		return nil
	}
	return httpContext{newHTTP(root.id, contextID)}
}

func (root rootContext) NewTcpContext(contextID uint32) streamCallbacks {
	if newStream == nil {
		return nil
	}
	return streamContext{newStream(root.id, contextID)}
}

// At the end of a stream the gateway asks for the log first (proxy-wasm-host.md 3.3), then says that it is done.
type httpContext struct{ HttpContext }

func (stream httpContext) OnHttpStreamDone() {
	stream.HttpContext.OnLog()
	stream.HttpContext.OnHttpStreamDone()
}

type streamContext struct{ StreamContext }

func (stream streamContext) OnStreamDone() {
	stream.StreamContext.OnLog()
	stream.StreamContext.OnStreamDone()
}

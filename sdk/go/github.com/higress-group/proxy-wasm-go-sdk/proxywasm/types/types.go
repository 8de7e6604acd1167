package types

import "proxyground.dev/abi/hostcall"

// Action is what the gateway does with the headers, body or trailers a callback was called for. The number goes to the
// host as it is; what it means depends on the phase.
type Action uint32

const (
	// ActionContinue lets the message go on.
	ActionContinue Action = 0
	// ActionPause holds the message: until ResumeHttpRequest or ResumeHttpResponse, or until a later body callback
	// returns ActionContinue.
	ActionPause Action = 1
)

// PeerType says which side closed a TCP connection.
type PeerType uint32

const (
	// PeerTypeUnknown is a side that is not known.
	PeerTypeUnknown PeerType = 0
	// PeerTypeLocal is the gateway.
	PeerTypeLocal PeerType = 1
	// PeerTypeRemote is the other side of the connection.
	PeerTypeRemote PeerType = 2
)

// OnVMStartStatus is the answer of OnVMStart.
type OnVMStartStatus bool

const (
	// OnVMStartStatusOK starts the VM.
	OnVMStartStatusOK OnVMStartStatus = true
	// OnVMStartStatusFailed rejects the configuration: the gateway does not use this VM.
	OnVMStartStatusFailed OnVMStartStatus = false
)

// OnPluginStartStatus is the answer of OnPluginStart.
type OnPluginStartStatus bool

const (
	// OnPluginStartStatusOK starts the plugin.
	OnPluginStartStatusOK OnPluginStartStatus = true
	// OnPluginStartStatusFailed rejects the configuration: the gateway does not use this plugin.
	OnPluginStartStatusFailed OnPluginStartStatus = false
)

var (
	// ErrorStatusNotFound: there is no such key, value, property or buffer, or it is empty.
	ErrorStatusNotFound = hostcall.ErrorStatusNotFound
	// ErrorStatusBadArgument: the host refuses the arguments, or headers or a body are not there in this phase.
	ErrorStatusBadArgument = hostcall.ErrorStatusBadArgument
	// ErrorStatusEmpty: the shared queue has no item.
	ErrorStatusEmpty = hostcall.ErrorStatusEmpty
	// ErrorStatusCasMismatch: somebody else changed the shared value meanwhile; read it again and retry.
	ErrorStatusCasMismatch = hostcall.ErrorStatusCasMismatch
	// ErrorInternalFailure: the host failed.
	ErrorInternalFailure = hostcall.ErrorInternalFailure
	// ErrorUnimplemented: this host does not have the function.
	ErrorUnimplemented = hostcall.ErrorUnimplemented
)

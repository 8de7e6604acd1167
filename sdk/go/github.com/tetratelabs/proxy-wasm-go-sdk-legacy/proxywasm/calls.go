package proxywasm

import (
	"proxyground.dev/abi/guest"
	"proxyground.dev/abi/hostcall"

	"github.com/tetratelabs/proxy-wasm-go-sdk-legacy/proxywasm/types"
)

// HttpCalloutCallBack receives the answer of DispatchHttpCall.
type HttpCalloutCallBack = func(numHeaders, bodySize, numTrailers int)

// GetVMConfiguration reads up to size bytes of the VM's configuration.
func GetVMConfiguration(size int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.VMConfiguration, 0, size)
}

// GetPluginConfiguration reads up to size bytes of the plugin's configuration. Only during OnPluginStart.
func GetPluginConfiguration(size int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.PluginConfiguration, 0, size)
}

// SetTickPeriodMilliSeconds starts or changes the timer that calls OnTick; 0 stops it.
func SetTickPeriodMilliSeconds(millSec uint32) error {
	return hostcall.SetTickPeriod(millSec)
}

// SetEffectiveContext makes the calls of the current callback act on another context.
func SetEffectiveContext(contextID uint32) {
	// The form of then has no error result.
	_ = hostcall.SetEffectiveContext(contextID)
}

// FinishContext tells the gateway that a root context that answered false in OnVMDone is ready now.
func FinishContext() {
	hostcall.Done()
}

// SendHttpResponse answers the client from here, after the current callback.
func SendHttpResponse(statusCode uint32, headers types.Headers, body []byte) error {
	return hostcall.SendLocalResponse(statusCode, "", headers, body, -1)
}

// DispatchHttpCall sends a request to a cluster and calls callBack with the answer; the stream that started it is then
// the context in effect.
func DispatchHttpCall(
	upstream string, headers types.Headers, body string, trailers types.Trailers, timeoutMillisecond uint32, callBack HttpCalloutCallBack,
) (calloutID uint32, err error) {
	return guest.DispatchHTTPCall(upstream, headers, []byte(body), trailers, timeoutMillisecond, callBack)
}

// GetHttpCallResponseHeaders is the headers of the answer. Only during the callback of DispatchHttpCall.
func GetHttpCallResponseHeaders() (types.Headers, error) {
	return hostcall.GetPairs(hostcall.CallResponseHeaders)
}

// GetHttpCallResponseBody is the body of the answer. Only during the callback of DispatchHttpCall.
func GetHttpCallResponseBody(start, maxSize int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.CallResponseBody, start, maxSize)
}

// GetHttpCallResponseTrailers is the trailers of the answer. Only during the callback of DispatchHttpCall.
func GetHttpCallResponseTrailers() (types.Trailers, error) {
	return hostcall.GetPairs(hostcall.CallResponseTrailers)
}

// CallForeignFunction calls a function of the gateway by name.
func CallForeignFunction(funcName string, param []byte) (ret []byte, err error) {
	return hostcall.CallForeignFunction(funcName, param)
}

// GetProperty is the raw value of a property.
func GetProperty(path []string) ([]byte, error) {
	return hostcall.GetProperty(path)
}

// SetProperty stores a value with the stream.
func SetProperty(path string, data []byte) error {
	return hostcall.SetProperty([]string{path}, data)
}

// ContinueDownstream lets held data of the client go on. ContinueUpstream exists, but no gateway implements it.
func ContinueDownstream() error { return hostcall.Continue(hostcall.DownstreamStream) }

// ContinueUpstream is ErrorUnimplemented on Envoy.
func ContinueUpstream() error { return hostcall.Continue(hostcall.UpstreamStream) }

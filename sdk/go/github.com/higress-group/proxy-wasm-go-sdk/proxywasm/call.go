package proxywasm

import (
	"proxyground.dev/abi/guest"
	"proxyground.dev/abi/hostcall"
)

// DispatchHttpCall sends a request to a cluster and calls callBack with the answer. headers must hold :method, :path and
// :authority. Hold the stream meanwhile and resume it in callBack, where it is the context in effect. A timeout answers
// 504, a failed connection 503; numHeaders is 0 if the answer broke off. ErrorStatusBadArgument for an unknown cluster.
func DispatchHttpCall(
	cluster string,
	headers [][2]string,
	body []byte,
	trailers [][2]string,
	timeoutMillisecond uint32,
	callBack func(numHeaders, bodySize, numTrailers int),
) (calloutID uint32, err error) {
	return guest.DispatchHTTPCall(cluster, headers, body, trailers, timeoutMillisecond, callBack)
}

// GetHttpCallResponseHeaders is the headers of the answer, with :status. Only during the callback of DispatchHttpCall.
func GetHttpCallResponseHeaders() ([][2]string, error) {
	return hostcall.GetPairs(hostcall.CallResponseHeaders)
}

// GetHttpCallResponseBody is the body of the answer. Only during the callback of DispatchHttpCall.
func GetHttpCallResponseBody(start, maxSize int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.CallResponseBody, start, maxSize)
}

// GetHttpCallResponseTrailers is the trailers of the answer. Only during the callback of DispatchHttpCall.
func GetHttpCallResponseTrailers() ([][2]string, error) {
	return hostcall.GetPairs(hostcall.CallResponseTrailers)
}

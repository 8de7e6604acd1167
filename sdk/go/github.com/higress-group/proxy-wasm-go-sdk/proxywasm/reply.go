package proxywasm

import "proxyground.dev/abi/hostcall"

// SendHttpResponse answers the client from here. It happens after the current callback, whose own answer then no
// longer counts. Without a content-type header a body is text/plain. gRPCStatus is for gRPC requests; -1 otherwise.
func SendHttpResponse(statusCode uint32, headers [][2]string, body []byte, gRPCStatus int32) error {
	return hostcall.SendLocalResponse(statusCode, "", headers, body, gRPCStatus)
}

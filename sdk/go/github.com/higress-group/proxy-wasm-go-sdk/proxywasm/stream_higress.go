package proxywasm

import "proxyground.dev/abi/hostcall"

// SendHttpResponseWithDetail is SendHttpResponse with a text for the access log (response.code_details).
func SendHttpResponseWithDetail(statusCode uint32, statusCodeDetailData string, headers [][2]string, body []byte, gRPCStatus int32) error {
	return hostcall.SendLocalResponse(statusCode, statusCodeDetailData, headers, body, gRPCStatus)
}

// InjectEncodedDataToFilterChain sends a piece of response body on towards the client, past this plugin; endStream marks
// the last one. For bodies that OnHttpResponseBody throws away with DataStopIterationNoBuffer.
func InjectEncodedDataToFilterChain(body []byte, endStream bool) error {
	return hostcall.InjectEncodedData(body, endStream)
}

// GetUpstreamHosts is the hosts of the request's cluster: address and what the gateway knows of each, as JSON.
func GetUpstreamHosts() ([][2]string, error) {
	return hostcall.GetUpstreamHosts()
}

// SetUpstreamOverrideHost chooses the upstream host (ip:port) for this request. It must be set before the request is
// routed: from a header callback that holds the request and is resumed later.
func SetUpstreamOverrideHost(address []byte) error {
	return hostcall.SetUpstreamOverrideHost(address)
}

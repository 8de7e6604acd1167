package proxywasm

import "proxyground.dev/abi/hostcall"

// GetHttpRequestHeaders is all request headers in order, a repeated name as several pairs. ErrorStatusNotFound if
// there are none or they cannot be read now. Only during OnHttpRequestHeaders, and later while it holds the request;
// readable in OnHttpStreamDone.
func GetHttpRequestHeaders() ([][2]string, error) {
	return hostcall.GetPairs(hostcall.RequestHeaders)
}

// ReplaceHttpRequestHeaders replaces all request headers, pseudo headers too. Only during OnHttpRequestHeaders, and
// later while it holds the request.
func ReplaceHttpRequestHeaders(headers [][2]string) error {
	return hostcall.SetPairs(hostcall.RequestHeaders, headers)
}

// GetHttpRequestHeader is the first value of a request header; ErrorStatusNotFound if it is missing,
// ErrorStatusBadArgument if the request headers cannot be read now. Only during OnHttpRequestHeaders, and later while
// it holds the request; readable in OnHttpStreamDone.
func GetHttpRequestHeader(key string) (string, error) {
	return hostcall.GetValue(hostcall.RequestHeaders, key)
}

// RemoveHttpRequestHeader removes all values of a request header; no error if it is missing. Only during
// OnHttpRequestHeaders, and later while it holds the request.
func RemoveHttpRequestHeader(key string) error {
	return hostcall.RemoveValue(hostcall.RequestHeaders, key)
}

// ReplaceHttpRequestHeader sets a request header to one value, adding it if it is missing. Only during
// OnHttpRequestHeaders, and later while it holds the request.
func ReplaceHttpRequestHeader(key, value string) error {
	return hostcall.ReplaceValue(hostcall.RequestHeaders, key, value)
}

// AddHttpRequestHeader adds a value to a request header. Only during OnHttpRequestHeaders, and later while it holds
// the request.
func AddHttpRequestHeader(key, value string) error {
	return hostcall.AddValue(hostcall.RequestHeaders, key, value)
}

// GetHttpRequestBody reads up to maxSize bytes of the request body from start; ErrorStatusNotFound if there are none.
// Only during OnHttpRequestBody, and later while it holds the body.
func GetHttpRequestBody(start, maxSize int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.RequestBody, start, maxSize)
}

// AppendHttpRequestBody puts data behind the request body. Only during OnHttpRequestBody, and later while it holds
// the body. The content-length header does not follow: remove it in OnHttpRequestHeaders.
func AppendHttpRequestBody(data []byte) error {
	return hostcall.AppendBuffer(hostcall.RequestBody, data)
}

// PrependHttpRequestBody puts data before the request body. Only during OnHttpRequestBody, and later while it holds
// the body. The content-length header does not follow: remove it in OnHttpRequestHeaders.
func PrependHttpRequestBody(data []byte) error {
	return hostcall.PrependBuffer(hostcall.RequestBody, data)
}

// ReplaceHttpRequestBody puts data in place of the request body. Only during OnHttpRequestBody, and later while it
// holds the body. The content-length header does not follow: remove it in OnHttpRequestHeaders.
func ReplaceHttpRequestBody(data []byte) error {
	return hostcall.ReplaceBuffer(hostcall.RequestBody, data)
}

// GetHttpRequestTrailers is all request trailers in order, a repeated name as several pairs. ErrorStatusNotFound if
// there are none or they cannot be read now. Only during OnHttpRequestTrailers, or in the last OnHttpRequestBody to
// make trailers.
func GetHttpRequestTrailers() ([][2]string, error) {
	return hostcall.GetPairs(hostcall.RequestTrailers)
}

// ReplaceHttpRequestTrailers replaces all request trailers. Only during OnHttpRequestTrailers, or in the last
// OnHttpRequestBody to make trailers.
func ReplaceHttpRequestTrailers(trailers [][2]string) error {
	return hostcall.SetPairs(hostcall.RequestTrailers, trailers)
}

// GetHttpRequestTrailer is the first value of a request trailer; ErrorStatusNotFound if it is missing,
// ErrorStatusBadArgument if the request trailers cannot be read now. Only during OnHttpRequestTrailers, or in the
// last OnHttpRequestBody to make trailers.
func GetHttpRequestTrailer(key string) (string, error) {
	return hostcall.GetValue(hostcall.RequestTrailers, key)
}

// RemoveHttpRequestTrailer removes all values of a request trailer; no error if it is missing. Only during
// OnHttpRequestTrailers, or in the last OnHttpRequestBody to make trailers.
func RemoveHttpRequestTrailer(key string) error {
	return hostcall.RemoveValue(hostcall.RequestTrailers, key)
}

// ReplaceHttpRequestTrailer sets a request trailer to one value, adding it if it is missing. Only during
// OnHttpRequestTrailers, or in the last OnHttpRequestBody to make trailers.
func ReplaceHttpRequestTrailer(key, value string) error {
	return hostcall.ReplaceValue(hostcall.RequestTrailers, key, value)
}

// AddHttpRequestTrailer adds a value to a request trailer. Only during OnHttpRequestTrailers, or in the last
// OnHttpRequestBody to make trailers.
func AddHttpRequestTrailer(key, value string) error {
	return hostcall.AddValue(hostcall.RequestTrailers, key, value)
}

// ResumeHttpRequest lets a held request go on, after the current callback. Outside the stream's own callbacks it acts
// on the context in effect, which in the callback of a call is the stream that started it.
func ResumeHttpRequest() error {
	return hostcall.Continue(hostcall.RequestStream)
}

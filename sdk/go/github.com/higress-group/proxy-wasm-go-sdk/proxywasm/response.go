package proxywasm

import "proxyground.dev/abi/hostcall"

// GetHttpResponseHeaders is all response headers in order, a repeated name as several pairs. ErrorStatusNotFound if
// there are none or they cannot be read now. Only during OnHttpResponseHeaders, and later while it holds the
// response; readable in OnHttpStreamDone.
func GetHttpResponseHeaders() ([][2]string, error) {
	return hostcall.GetPairs(hostcall.ResponseHeaders)
}

// ReplaceHttpResponseHeaders replaces all response headers, pseudo headers too. Only during OnHttpResponseHeaders,
// and later while it holds the response.
func ReplaceHttpResponseHeaders(headers [][2]string) error {
	return hostcall.SetPairs(hostcall.ResponseHeaders, headers)
}

// GetHttpResponseHeader is the first value of a response header; ErrorStatusNotFound if it is missing,
// ErrorStatusBadArgument if the response headers cannot be read now. Only during OnHttpResponseHeaders, and later
// while it holds the response; readable in OnHttpStreamDone.
func GetHttpResponseHeader(key string) (string, error) {
	return hostcall.GetValue(hostcall.ResponseHeaders, key)
}

// RemoveHttpResponseHeader removes all values of a response header; no error if it is missing. Only during
// OnHttpResponseHeaders, and later while it holds the response.
func RemoveHttpResponseHeader(key string) error {
	return hostcall.RemoveValue(hostcall.ResponseHeaders, key)
}

// ReplaceHttpResponseHeader sets a response header to one value, adding it if it is missing. Only during
// OnHttpResponseHeaders, and later while it holds the response.
func ReplaceHttpResponseHeader(key, value string) error {
	return hostcall.ReplaceValue(hostcall.ResponseHeaders, key, value)
}

// AddHttpResponseHeader adds a value to a response header. Only during OnHttpResponseHeaders, and later while it
// holds the response.
func AddHttpResponseHeader(key, value string) error {
	return hostcall.AddValue(hostcall.ResponseHeaders, key, value)
}

// GetHttpResponseBody reads up to maxSize bytes of the response body from start; ErrorStatusNotFound if there are
// none. Only during OnHttpResponseBody, and later while it holds the body.
func GetHttpResponseBody(start, maxSize int) ([]byte, error) {
	return hostcall.GetBuffer(hostcall.ResponseBody, start, maxSize)
}

// AppendHttpResponseBody puts data behind the response body. Only during OnHttpResponseBody, and later while it holds
// the body. The content-length header does not follow: remove it in OnHttpResponseHeaders.
func AppendHttpResponseBody(data []byte) error {
	return hostcall.AppendBuffer(hostcall.ResponseBody, data)
}

// PrependHttpResponseBody puts data before the response body. Only during OnHttpResponseBody, and later while it
// holds the body. The content-length header does not follow: remove it in OnHttpResponseHeaders.
func PrependHttpResponseBody(data []byte) error {
	return hostcall.PrependBuffer(hostcall.ResponseBody, data)
}

// ReplaceHttpResponseBody puts data in place of the response body. Only during OnHttpResponseBody, and later while it
// holds the body. The content-length header does not follow: remove it in OnHttpResponseHeaders.
func ReplaceHttpResponseBody(data []byte) error {
	return hostcall.ReplaceBuffer(hostcall.ResponseBody, data)
}

// GetHttpResponseTrailers is all response trailers in order, a repeated name as several pairs. ErrorStatusNotFound if
// there are none or they cannot be read now. Only during OnHttpResponseTrailers, or in the last OnHttpResponseBody to
// make trailers.
func GetHttpResponseTrailers() ([][2]string, error) {
	return hostcall.GetPairs(hostcall.ResponseTrailers)
}

// ReplaceHttpResponseTrailers replaces all response trailers. Only during OnHttpResponseTrailers, or in the last
// OnHttpResponseBody to make trailers.
func ReplaceHttpResponseTrailers(trailers [][2]string) error {
	return hostcall.SetPairs(hostcall.ResponseTrailers, trailers)
}

// GetHttpResponseTrailer is the first value of a response trailer; ErrorStatusNotFound if it is missing,
// ErrorStatusBadArgument if the response trailers cannot be read now. Only during OnHttpResponseTrailers, or in the
// last OnHttpResponseBody to make trailers.
func GetHttpResponseTrailer(key string) (string, error) {
	return hostcall.GetValue(hostcall.ResponseTrailers, key)
}

// RemoveHttpResponseTrailer removes all values of a response trailer; no error if it is missing. Only during
// OnHttpResponseTrailers, or in the last OnHttpResponseBody to make trailers.
func RemoveHttpResponseTrailer(key string) error {
	return hostcall.RemoveValue(hostcall.ResponseTrailers, key)
}

// ReplaceHttpResponseTrailer sets a response trailer to one value, adding it if it is missing. Only during
// OnHttpResponseTrailers, or in the last OnHttpResponseBody to make trailers.
func ReplaceHttpResponseTrailer(key, value string) error {
	return hostcall.ReplaceValue(hostcall.ResponseTrailers, key, value)
}

// AddHttpResponseTrailer adds a value to a response trailer. Only during OnHttpResponseTrailers, or in the last
// OnHttpResponseBody to make trailers.
func AddHttpResponseTrailer(key, value string) error {
	return hostcall.AddValue(hostcall.ResponseTrailers, key, value)
}

// ResumeHttpResponse lets a held response go on, after the current callback.
func ResumeHttpResponse() error {
	return hostcall.Continue(hostcall.ResponseStream)
}

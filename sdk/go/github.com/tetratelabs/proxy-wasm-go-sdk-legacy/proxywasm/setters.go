package proxywasm

import (
	"proxyground.dev/abi/hostcall"

	"github.com/tetratelabs/proxy-wasm-go-sdk-legacy/proxywasm/types"
)

// What is called Replace since 2021 was called Set.

// SetHttpRequestHeaders replaces all request headers.
func SetHttpRequestHeaders(headers types.Headers) error {
	return hostcall.SetPairs(hostcall.RequestHeaders, headers)
}

// SetHttpRequestHeader sets a request header to one value.
func SetHttpRequestHeader(key, value string) error {
	return hostcall.ReplaceValue(hostcall.RequestHeaders, key, value)
}

// SetHttpRequestTrailers replaces all request trailers.
func SetHttpRequestTrailers(trailers types.Trailers) error {
	return hostcall.SetPairs(hostcall.RequestTrailers, trailers)
}

// SetHttpRequestTrailer sets a request trailer to one value.
func SetHttpRequestTrailer(key, value string) error {
	return hostcall.ReplaceValue(hostcall.RequestTrailers, key, value)
}

// SetHttpResponseHeaders replaces all response headers.
func SetHttpResponseHeaders(headers types.Headers) error {
	return hostcall.SetPairs(hostcall.ResponseHeaders, headers)
}

// SetHttpResponseHeader sets a response header to one value.
func SetHttpResponseHeader(key, value string) error {
	return hostcall.ReplaceValue(hostcall.ResponseHeaders, key, value)
}

// SetHttpResponseTrailers replaces all response trailers.
func SetHttpResponseTrailers(trailers types.Trailers) error {
	return hostcall.SetPairs(hostcall.ResponseTrailers, trailers)
}

// SetHttpResponseTrailer sets a response trailer to one value.
func SetHttpResponseTrailer(key, value string) error {
	return hostcall.ReplaceValue(hostcall.ResponseTrailers, key, value)
}

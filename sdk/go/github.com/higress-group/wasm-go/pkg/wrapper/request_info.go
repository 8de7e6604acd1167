package wrapper

import (
	"strings"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
)

func requestHeaderOrEmpty(name string) string {
	value, err := proxywasm.GetHttpRequestHeader(name)
	if err != nil {
		proxywasm.LogErrorf("get request %s failed: %v", strings.TrimPrefix(name, ":"), err)
		return ""
	}
	return value
}

// GetRequestScheme is the request's :scheme.
func GetRequestScheme() string { return requestHeaderOrEmpty(":scheme") }

// GetRequestHost is the request's :authority.
func GetRequestHost() string { return requestHeaderOrEmpty(":authority") }

// GetRequestPath is the request's :path, with its query.
func GetRequestPath() string { return requestHeaderOrEmpty(":path") }

// GetRequestMethod is the request's :method.
func GetRequestMethod() string { return requestHeaderOrEmpty(":method") }

// GetRequestPathWithoutQuery is the request's :path up to the question mark.
func GetRequestPathWithoutQuery() string {
	path, _, _ := strings.Cut(GetRequestPath(), "?")
	return path
}

// IsWebsocket says whether the request asks for an upgrade to WebSocket.
func IsWebsocket() bool {
	connection, _ := proxywasm.GetHttpRequestHeader("connection")
	if !strings.Contains(strings.ToLower(connection), "upgrade") {
		return false
	}
	upgrade, _ := proxywasm.GetHttpRequestHeader("upgrade")
	return strings.EqualFold(upgrade, "websocket")
}

// A body that handlers cannot read as text: of a binary type, or encoded.
func isBinary(contentType, contentEncoding string) bool {
	return contentEncoding != "" || strings.Contains(contentType, "octet-stream") || strings.Contains(contentType, "grpc")
}

// IsBinaryRequestBody says whether the request's body is encoded, an octet-stream or gRPC.
func IsBinaryRequestBody() bool {
	contentType, _ := proxywasm.GetHttpRequestHeader("content-type")
	encoding, _ := proxywasm.GetHttpRequestHeader("content-encoding")
	return isBinary(contentType, encoding)
}

// IsBinaryResponseBody says whether the response's body is encoded, an octet-stream or gRPC.
func IsBinaryResponseBody() bool {
	contentType, _ := proxywasm.GetHttpResponseHeader("content-type")
	encoding, _ := proxywasm.GetHttpResponseHeader("content-encoding")
	return isBinary(contentType, encoding)
}

// IsApplicationJson says whether the response's content type is JSON.
func IsApplicationJson() bool {
	contentType, _ := proxywasm.GetHttpResponseHeader("content-type")
	return strings.Contains(strings.ToLower(contentType), "application/json")
}

// HasRequestBody guesses from the headers whether the request has a body.
//
// Deprecated: HttpContext.HasRequestBody knows.
func HasRequestBody() bool {
	return looksLikeBody(proxywasm.GetHttpRequestHeader)
}

// HasResponseBody guesses from the headers whether the response has a body.
//
// Deprecated: HttpContext.HasResponseBody knows.
func HasResponseBody() bool {
	return looksLikeBody(proxywasm.GetHttpResponseHeader)
}

func looksLikeBody(header func(string) (string, error)) bool {
	if length, err := header("content-length"); err == nil && length != "" {
		return length != "0"
	}
	if contentType, err := header("content-type"); err == nil && contentType != "" {
		return true
	}
	encoding, _ := header("transfer-encoding")
	return strings.Contains(strings.ToLower(encoding), "chunked")
}

// IsResponseFromUpstream says whether the response came from the upstream, and not from the gateway or a plugin.
func IsResponseFromUpstream() bool {
	details, err := proxywasm.GetProperty([]string{"response", "code_details"})
	return err == nil && string(details) == "via_upstream"
}

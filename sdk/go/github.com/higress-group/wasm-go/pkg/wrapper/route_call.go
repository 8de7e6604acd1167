package wrapper

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/iface"
	"github.com/higress-group/wasm-go/pkg/log"
)

// An exchange whose request became another one; the response is for the callback (higress.md 1.8).
type routeCall struct {
	callback iface.RouteResponseCallback
	status   int
	headers  [][2]string
}

// RouteCall turns the request into another one to the route's own upstream. The request's headers must still be held
// (HeaderStopIteration) and its body be at hand; the callback gets the whole response, which is held meanwhile.
func (ctx *httpCtx) RouteCall(method, rawURL string, headers [][2]string, body []byte, callback iface.RouteResponseCallback) error {
	target, err := url.Parse(rawURL)
	if err != nil {
		log.Criticalf("invalid rawurl:%s", rawURL)
		return fmt.Errorf("invalid url %q: %w", rawURL, err)
	}
	for _, name := range []string{"accept-encoding", "content-length"} {
		_ = proxywasm.RemoveHttpRequestHeader(name)
	}
	replace := [][2]string{
		{"x-envoy-original-method", ctx.method},
		{"x-envoy-original-path", ctx.path},
		{"x-envoy-original-host", ctx.host},
		{":method", method},
		{":path", requestPath(target)},
	}
	if target.Host != "" {
		replace = append(replace, [2]string{":authority", target.Host})
	}
	for _, header := range append(replace, headers...) {
		if err := proxywasm.ReplaceHttpRequestHeader(header[0], header[1]); err != nil {
			return fmt.Errorf("failed to set the request header %s: %w", header[0], err)
		}
	}
	if err := proxywasm.ReplaceHttpRequestBody(body); err != nil {
		return fmt.Errorf("failed to replace the request body: %w", err)
	}
	ctx.routeCall = &routeCall{callback: callback}
	return nil
}

func (c *routeCall) onHeaders(endOfStream bool) types.Action {
	headers, err := proxywasm.GetHttpResponseHeaders()
	if err != nil {
		log.Errorf("failed to get the response headers of a route call: %v", err)
	}
	c.headers = headers
	c.status = 502
	for _, header := range headers {
		if header[0] != ":status" {
			continue
		}
		if c.status, err = strconv.Atoi(header[1]); err != nil {
			log.Errorf("failed to parse the status %s of a route call: %v", header[1], err)
			c.status = 500
		}
	}
	_ = proxywasm.RemoveHttpResponseHeader("content-length")
	if endOfStream {
		c.callback(c.status, c.headers, nil)
		return types.ActionContinue
	}
	return types.HeaderStopIteration
}

func (c *routeCall) onBody(bodySize int, endOfStream bool) types.Action {
	if !endOfStream {
		return types.ActionPause
	}
	body, err := proxywasm.GetHttpResponseBody(0, bodySize)
	if err != nil {
		log.Warnf("failed to get the response body of a route call: %v", err)
	}
	c.callback(c.status, c.headers, body)
	return types.ActionContinue
}

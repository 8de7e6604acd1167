package wrapper

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/wasm-go/pkg/log"
)

// The time an HTTP call may take when the plugin does not say, in milliseconds.
const defaultCallTimeout uint32 = 500

// ResponseCallback receives the answer to a call. A call that fails answers too: 504 after the timeout, 503 when
// nobody could be reached, 502 when the connection broke.
type ResponseCallback func(statusCode int, responseHeaders http.Header, responseBody []byte)

// HttpClient calls a service. An error means that nothing was sent and the callback will not run: do not pause.
type HttpClient interface {
	Get(rawURL string, headers [][2]string, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Head(rawURL string, headers [][2]string, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Options(rawURL string, headers [][2]string, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Post(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Put(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Patch(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Delete(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Connect(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Trace(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error
	Call(method, rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error
	ClusterName() string
}

// ClusterClient is the HttpClient of one cluster.
type ClusterClient[C Cluster] struct {
	cluster C
}

var _ HttpClient = ClusterClient[Cluster]{}

// NewClusterClient makes a client for a cluster.
func NewClusterClient[C Cluster](cluster C) *ClusterClient[C] {
	return &ClusterClient[C]{cluster: cluster}
}

// ClusterName is the host's name of the cluster.
func (c ClusterClient[C]) ClusterName() string { return c.cluster.ClusterName() }

// Get sends a GET request.
func (c ClusterClient[C]) Get(rawURL string, headers [][2]string, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodGet, rawURL, headers, nil, cb, timeoutMillisecond...)
}

// Head sends a HEAD request.
func (c ClusterClient[C]) Head(rawURL string, headers [][2]string, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodHead, rawURL, headers, nil, cb, timeoutMillisecond...)
}

// Options sends an OPTIONS request.
func (c ClusterClient[C]) Options(rawURL string, headers [][2]string, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodOptions, rawURL, headers, nil, cb, timeoutMillisecond...)
}

// Post sends a POST request.
func (c ClusterClient[C]) Post(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodPost, rawURL, headers, body, cb, timeoutMillisecond...)
}

// Put sends a PUT request.
func (c ClusterClient[C]) Put(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodPut, rawURL, headers, body, cb, timeoutMillisecond...)
}

// Patch sends a PATCH request.
func (c ClusterClient[C]) Patch(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodPatch, rawURL, headers, body, cb, timeoutMillisecond...)
}

// Delete sends a DELETE request.
func (c ClusterClient[C]) Delete(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodDelete, rawURL, headers, body, cb, timeoutMillisecond...)
}

// Connect sends a CONNECT request.
func (c ClusterClient[C]) Connect(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodConnect, rawURL, headers, body, cb, timeoutMillisecond...)
}

// Trace sends a TRACE request.
func (c ClusterClient[C]) Trace(rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, http.MethodTrace, rawURL, headers, body, cb, timeoutMillisecond...)
}

// Call sends a request with any method.
func (c ClusterClient[C]) Call(method, rawURL string, headers [][2]string, body []byte, cb ResponseCallback, timeoutMillisecond ...uint32) error {
	return HttpCall(c.cluster, method, rawURL, headers, body, cb, timeoutMillisecond...)
}

// HttpCall sends a request to a cluster and gives the answer to the callback. The authority is the URL's host, else
// the cluster's; pseudo headers among the given ones are dropped.
func HttpCall(cluster Cluster, method, rawURL string, headers [][2]string, body []byte, callback ResponseCallback, timeoutMillisecond ...uint32) error {
	target, err := url.Parse(rawURL)
	if err != nil {
		log.Criticalf("invalid rawurl:%s", rawURL)
		return fmt.Errorf("invalid url %q: %w", rawURL, err)
	}
	timeout := defaultCallTimeout
	if len(timeoutMillisecond) > 0 {
		timeout = timeoutMillisecond[0]
	}
	sent := make([][2]string, 0, len(headers)+3)
	for _, header := range headers {
		switch header[0] {
		case ":method", ":path", ":authority":
		default:
			sent = append(sent, header)
		}
	}
	sent = append(sent,
		[2]string{":method", method},
		[2]string{":path", requestPath(target)},
		[2]string{":authority", firstOf(target.Host, cluster.HostName(), "unknownhost")},
	)
	call := &httpCall{id: uuid.New().String(), callback: callback}
	name := cluster.ClusterName()
	if _, err = proxywasm.DispatchHttpCall(name, sent, body, nil, timeout, call.done); err != nil {
		log.Criticalf("http call failed, id: %s, cluster: %s, err: %v", call.id, name, err)
		return err
	}
	log.UnsafeInfof("http call start, id: %s, cluster: %s, method: %s, url: %s, headers: %#v, body: %s, timeout: %d",
		call.id, name, method, rawURL, sent, oneLine(body), timeout)
	return nil
}

// The path and query of a URL; its fragment is not sent.
func requestPath(target *url.URL) string {
	path := "/" + strings.TrimLeft(target.Path, "/")
	if target.RawQuery != "" {
		path += "?" + target.RawQuery
	}
	return path
}

func oneLine(body []byte) string { return strings.ReplaceAll(string(body), "\n", `\n`) }

type httpCall struct {
	id       string
	callback ResponseCallback
}

// The host's answer. A panic of the callback is not kept inside: only those of stream handlers are (higress.md 1.5).
func (c *httpCall) done(numHeaders, bodySize, numTrailers int) {
	body, err := proxywasm.GetHttpCallResponseBody(0, bodySize)
	if err != nil && bodySize > 0 {
		log.Criticalf("http call %s: get response body failed: %v", c.id, err)
	}
	pairs, err := proxywasm.GetHttpCallResponseHeaders()
	if err != nil {
		log.Criticalf("http call %s: get response headers failed: %v", c.id, err)
	}
	headers := make(http.Header, len(pairs))
	for _, pair := range pairs {
		headers.Add(pair[0], pair[1])
	}
	code, normal := http.StatusBadGateway, false
	if status := headers.Get(":status"); status != "" {
		if code, err = strconv.Atoi(status); err == nil {
			normal = true
		} else {
			log.Criticalf("http call %s: parse status %q failed: %v", c.id, status, err)
			code = http.StatusInternalServerError
		}
	}
	log.UnsafeInfof("http call end, id: %s, code: %d, normal: %t, body: %s", c.id, code, normal, oneLine(body))
	c.callback(code, headers, body)
}

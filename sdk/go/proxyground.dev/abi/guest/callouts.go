package guest

import "proxyground.dev/abi/hostcall"

// A call that waits for its answer: the host calls the plugin context, the plugin expects to act on the stream that
// started the call.
type callout[F any] struct {
	caller   uint32
	callback F
}

// HTTPCallback receives the answer of an HTTP call.
type HTTPCallback func(numHeaders, bodySize, numTrailers int)

// RedisCallback receives the answer of a Redis call; status 0 is an answer, 1 a broken connection.
type RedisCallback func(status, responseSize int)

// DispatchHTTPCall starts an HTTP call; the callback runs with the caller's context in effect, unless it is gone.
func DispatchHTTPCall(
	cluster string, headers [][2]string, body []byte, trailers [][2]string, timeoutMilliseconds uint32, callback HTTPCallback,
) (uint32, error) {
	token, err := hostcall.HTTPCall(cluster, headers, body, trailers, timeoutMilliseconds)
	if err != nil {
		return 0, err
	}
	activePlugin().httpCalls[token] = callout[HTTPCallback]{active, callback}
	return token, nil
}

// DispatchRedisCall starts a Redis call; the callback runs with the caller's context in effect, unless it is gone.
func DispatchRedisCall(cluster string, query []byte, callback RedisCallback) (uint32, error) {
	token, err := hostcall.RedisCall(cluster, query)
	if err != nil {
		return 0, err
	}
	activePlugin().redisCalls[token] = callout[RedisCallback]{active, callback}
	return token, nil
}

// resume makes the waiting context the effective one; false if it has been deleted meanwhile, then the answer is
// dropped (higress.md 1.6).
func (waiting callout[F]) resume() bool {
	active = waiting.caller
	if _, ok := contexts[waiting.caller]; !ok {
		return false
	}
	// The context was not deleted here, so the host knows it too.
	_ = hostcall.SetEffectiveContext(waiting.caller)
	return true
}

func onHTTPCallResponse(plugin, token uint32, numHeaders, bodySize, numTrailers int) {
	root := contexts[plugin].asPlugin()
	if root == nil {
		panic("http_call_response on invalid plugin context")
	}
	waiting, ok := root.httpCalls[token]
	if !ok {
		panic("invalid callout id")
	}
	delete(root.httpCalls, token)
	if waiting.resume() {
		waiting.callback(numHeaders, bodySize, numTrailers)
	}
}

// OnRedisCallResponse answers the export proxy_on_redis_call_response, which only the Higress SDK has.
func OnRedisCallResponse(plugin, token uint32, status, responseSize int) {
	root := contexts[plugin].asPlugin()
	if root == nil {
		panic("redis_call_response on invalid plugin context")
	}
	waiting, ok := root.redisCalls[token]
	if !ok {
		panic("invalid redis callout id")
	}
	delete(root.redisCalls, token)
	if waiting.resume() {
		waiting.callback(status, responseSize)
	}
}

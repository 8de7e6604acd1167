package hostcall

// HTTPCall starts a request to a cluster and returns its token (proxy-wasm-host.md 8.1).
func HTTPCall(cluster string, headers [][2]string, body []byte, trailers [][2]string, timeoutMilliseconds uint32) (uint32, error) {
	head, tail := asString(EncodePairs(headers)), asString(EncodePairs(trailers))
	status := proxyHTTPCall(cluster, head, asString(body), tail, timeoutMilliseconds, &outNumber)
	if status != statusOK {
		return 0, toError(status)
	}
	return outNumber, nil
}

// RedisInit sets user, password and timeout for a cluster (proxy-wasm-host.md 8.4).
func RedisInit(cluster, username, password string, timeoutMilliseconds uint32) error {
	return toError(proxyRedisInit(cluster, username, password, timeoutMilliseconds))
}

// RedisCall sends a command in RESP form and returns its token.
func RedisCall(cluster string, query []byte) (uint32, error) {
	if status := proxyRedisCall(cluster, asString(query), &outNumber); status != statusOK {
		return 0, toError(status)
	}
	return outNumber, nil
}

// SetEffectiveContext makes the host functions of this callback act on another context.
func SetEffectiveContext(context uint32) error {
	return toError(proxySetEffectiveContext(context))
}

// CallForeignFunction calls a function of the gateway by name (proxy-wasm-host.md 2.11); nil if the result is empty.
func CallForeignFunction(name string, argument []byte) ([]byte, error) {
	if status := proxyCallForeignFunction(name, asString(argument), &outAddress, &outSize); status != statusOK {
		return nil, toError(status)
	}
	return take(), nil
}

// SetTickPeriod starts, changes or (0) stops the timer of the plugin context.
func SetTickPeriod(milliseconds uint32) error {
	return toError(proxySetTickPeriod(milliseconds))
}

// Done tells the host that a plugin context that said "not yet" in OnPluginDone is ready.
func Done() {
	proxyDone()
}

// Log writes a line into the gateway's log.
func Log(level uint32, message string) {
	proxyLog(level, message)
}

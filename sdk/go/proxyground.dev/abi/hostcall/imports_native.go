//go:build !wasip1

package hostcall

// Native answers every host function outside wasm, where tests run; it gets the arguments in order, results as the
// pointers they are written to. Without one a call panics: there is no gateway.
var Native = func(name string, arguments ...any) uint32 {
	panic(name + ": no gateway outside wasm")
}

func proxyLog(level uint32, message string) uint32 {
	return Native("proxy_log", level, message)
}

func proxySetTickPeriod(milliseconds uint32) uint32 {
	return Native("proxy_set_tick_period_milliseconds", milliseconds)
}

func proxyDone() uint32 {
	return Native("proxy_done")
}

func proxyGetMapValue(mapType uint32, key string, address, size *uint32) uint32 {
	return Native("proxy_get_header_map_value", mapType, key, address, size)
}

func proxyGetMapPairs(mapType uint32, address, size *uint32) uint32 {
	return Native("proxy_get_header_map_pairs", mapType, address, size)
}

func proxyAddMapValue(mapType uint32, key, value string) uint32 {
	return Native("proxy_add_header_map_value", mapType, key, value)
}

func proxyReplaceMapValue(mapType uint32, key, value string) uint32 {
	return Native("proxy_replace_header_map_value", mapType, key, value)
}

func proxyRemoveMapValue(mapType uint32, key string) uint32 {
	return Native("proxy_remove_header_map_value", mapType, key)
}

func proxySetMapPairs(mapType uint32, pairs string) uint32 {
	return Native("proxy_set_header_map_pairs", mapType, pairs)
}

func proxyGetBuffer(bufferType, start, maxSize uint32, address, size *uint32) uint32 {
	return Native("proxy_get_buffer_bytes", bufferType, start, maxSize, address, size)
}

func proxySetBuffer(bufferType, start, size uint32, data string) uint32 {
	return Native("proxy_set_buffer_bytes", bufferType, start, size, data)
}

func proxyGetProperty(path string, address, size *uint32) uint32 {
	return Native("proxy_get_property", path, address, size)
}

func proxySetProperty(path, value string) uint32 {
	return Native("proxy_set_property", path, value)
}

func proxyContinueStream(stream uint32) uint32 {
	return Native("proxy_continue_stream", stream)
}

func proxyCloseStream(stream uint32) uint32 {
	return Native("proxy_close_stream", stream)
}

func proxySendLocalResponse(statusCode uint32, details, body, headers string, grpcStatus int32) uint32 {
	return Native("proxy_send_local_response", statusCode, details, body, headers, grpcStatus)
}

func proxyGetSharedData(key string, address, size, cas *uint32) uint32 {
	return Native("proxy_get_shared_data", key, address, size, cas)
}

func proxySetSharedData(key, value string, cas uint32) uint32 {
	return Native("proxy_set_shared_data", key, value, cas)
}

func proxyRegisterSharedQueue(name string, queue *uint32) uint32 {
	return Native("proxy_register_shared_queue", name, queue)
}

func proxyResolveSharedQueue(vmID, name string, queue *uint32) uint32 {
	return Native("proxy_resolve_shared_queue", vmID, name, queue)
}

func proxyDequeueSharedQueue(queue uint32, address, size *uint32) uint32 {
	return Native("proxy_dequeue_shared_queue", queue, address, size)
}

func proxyEnqueueSharedQueue(queue uint32, data string) uint32 {
	return Native("proxy_enqueue_shared_queue", queue, data)
}

func proxyDefineMetric(metricType uint32, name string, metric *uint32) uint32 {
	return Native("proxy_define_metric", metricType, name, metric)
}

func proxyIncrementMetric(metric uint32, offset int64) uint32 {
	return Native("proxy_increment_metric", metric, offset)
}

func proxyRecordMetric(metric uint32, value uint64) uint32 {
	return Native("proxy_record_metric", metric, value)
}

func proxyGetMetric(metric uint32, value *uint64) uint32 {
	return Native("proxy_get_metric", metric, value)
}

func proxyHTTPCall(cluster, headers, body, trailers string, timeoutMilliseconds uint32, token *uint32) uint32 {
	return Native("proxy_http_call", cluster, headers, body, trailers, timeoutMilliseconds, token)
}

func proxySetEffectiveContext(context uint32) uint32 {
	return Native("proxy_set_effective_context", context)
}

func proxyCallForeignFunction(name, argument string, address, size *uint32) uint32 {
	return Native("proxy_call_foreign_function", name, argument, address, size)
}

func proxyRedisInit(cluster, username, password string, timeoutMilliseconds uint32) uint32 {
	return Native("proxy_redis_init", cluster, username, password, timeoutMilliseconds)
}

func proxyRedisCall(cluster, query string, token *uint32) uint32 {
	return Native("proxy_redis_call", cluster, query, token)
}

func proxyInjectEncodedData(body string, endStream uint32) uint32 {
	return Native("proxy_inject_encoded_data_to_filter_chain", body, endStream)
}

func proxyGetUpstreamHosts(address, size *uint32) uint32 {
	return Native("proxy_get_upstream_hosts", address, size)
}

func proxySetUpstreamOverrideHost(address string) uint32 {
	return Native("proxy_set_upstream_override_host", address)
}

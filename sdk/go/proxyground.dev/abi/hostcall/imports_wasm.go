//go:build wasip1

package hostcall

// The raw host functions, in the order of proxy-wasm-host.md 2. A string parameter is a pointer and a length.

//go:wasmimport env proxy_log
//go:noescape
func proxyLog(level uint32, message string) uint32

//go:wasmimport env proxy_set_tick_period_milliseconds
func proxySetTickPeriod(milliseconds uint32) uint32

//go:wasmimport env proxy_done
func proxyDone() uint32

//go:wasmimport env proxy_get_header_map_value
//go:noescape
func proxyGetMapValue(mapType uint32, key string, address, size *uint32) uint32

//go:wasmimport env proxy_get_header_map_pairs
//go:noescape
func proxyGetMapPairs(mapType uint32, address, size *uint32) uint32

//go:wasmimport env proxy_add_header_map_value
//go:noescape
func proxyAddMapValue(mapType uint32, key, value string) uint32

//go:wasmimport env proxy_replace_header_map_value
//go:noescape
func proxyReplaceMapValue(mapType uint32, key, value string) uint32

//go:wasmimport env proxy_remove_header_map_value
//go:noescape
func proxyRemoveMapValue(mapType uint32, key string) uint32

//go:wasmimport env proxy_set_header_map_pairs
//go:noescape
func proxySetMapPairs(mapType uint32, pairs string) uint32

//go:wasmimport env proxy_get_buffer_bytes
//go:noescape
func proxyGetBuffer(bufferType, start, maxSize uint32, address, size *uint32) uint32

//go:wasmimport env proxy_set_buffer_bytes
//go:noescape
func proxySetBuffer(bufferType, start, size uint32, data string) uint32

//go:wasmimport env proxy_get_property
//go:noescape
func proxyGetProperty(path string, address, size *uint32) uint32

//go:wasmimport env proxy_set_property
//go:noescape
func proxySetProperty(path, value string) uint32

//go:wasmimport env proxy_continue_stream
func proxyContinueStream(stream uint32) uint32

//go:wasmimport env proxy_close_stream
func proxyCloseStream(stream uint32) uint32

//go:wasmimport env proxy_send_local_response
//go:noescape
func proxySendLocalResponse(statusCode uint32, details, body, headers string, grpcStatus int32) uint32

//go:wasmimport env proxy_get_shared_data
//go:noescape
func proxyGetSharedData(key string, address, size, cas *uint32) uint32

//go:wasmimport env proxy_set_shared_data
//go:noescape
func proxySetSharedData(key, value string, cas uint32) uint32

//go:wasmimport env proxy_register_shared_queue
//go:noescape
func proxyRegisterSharedQueue(name string, queue *uint32) uint32

//go:wasmimport env proxy_resolve_shared_queue
//go:noescape
func proxyResolveSharedQueue(vmID, name string, queue *uint32) uint32

//go:wasmimport env proxy_dequeue_shared_queue
//go:noescape
func proxyDequeueSharedQueue(queue uint32, address, size *uint32) uint32

//go:wasmimport env proxy_enqueue_shared_queue
//go:noescape
func proxyEnqueueSharedQueue(queue uint32, data string) uint32

//go:wasmimport env proxy_define_metric
//go:noescape
func proxyDefineMetric(metricType uint32, name string, metric *uint32) uint32

//go:wasmimport env proxy_increment_metric
func proxyIncrementMetric(metric uint32, offset int64) uint32

//go:wasmimport env proxy_record_metric
func proxyRecordMetric(metric uint32, value uint64) uint32

//go:wasmimport env proxy_get_metric
//go:noescape
func proxyGetMetric(metric uint32, value *uint64) uint32

//go:wasmimport env proxy_http_call
//go:noescape
func proxyHTTPCall(cluster, headers, body, trailers string, timeoutMilliseconds uint32, token *uint32) uint32

//go:wasmimport env proxy_set_effective_context
func proxySetEffectiveContext(context uint32) uint32

//go:wasmimport env proxy_call_foreign_function
//go:noescape
func proxyCallForeignFunction(name, argument string, address, size *uint32) uint32

//go:wasmimport env proxy_redis_init
//go:noescape
func proxyRedisInit(cluster, username, password string, timeoutMilliseconds uint32) uint32

//go:wasmimport env proxy_redis_call
//go:noescape
func proxyRedisCall(cluster, query string, token *uint32) uint32

//go:wasmimport env proxy_inject_encoded_data_to_filter_chain
//go:noescape
func proxyInjectEncodedData(body string, endStream uint32) uint32

//go:wasmimport env proxy_get_upstream_hosts
//go:noescape
func proxyGetUpstreamHosts(address, size *uint32) uint32

//go:wasmimport env proxy_set_upstream_override_host
//go:noescape
func proxySetUpstreamOverrideHost(address string) uint32

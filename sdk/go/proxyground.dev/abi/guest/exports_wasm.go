//go:build wasip1

package guest

import (
	"unsafe"

	"proxyground.dev/abi/hostcall"
)

// The exports of proxy-wasm-host.md 3.1 that Go plugins have. A boolean is an i32, as in the ABI.

//go:wasmexport proxy_on_memory_allocate
func exportMemoryAllocate(size uint32) unsafe.Pointer { return hostcall.Allocate(size) }

//go:wasmexport proxy_on_vm_start
func exportVMStart(root, configurationSize uint32) bool {
	return onVMStart(root, int(configurationSize))
}

//go:wasmexport proxy_on_configure
func exportConfigure(context, configurationSize uint32) bool {
	return onConfigure(context, int(configurationSize))
}

//go:wasmexport proxy_on_context_create
func exportContextCreate(context, parent uint32) { onContextCreate(context, parent) }

//go:wasmexport proxy_on_tick
func exportTick(context uint32) { onTick(context) }

//go:wasmexport proxy_on_queue_ready
func exportQueueReady(context, queue uint32) { onQueueReady(context, queue) }

//go:wasmexport proxy_on_http_call_response
func exportHTTPCallResponse(context, token, numHeaders, bodySize, numTrailers uint32) {
	onHTTPCallResponse(context, token, int(numHeaders), int(bodySize), int(numTrailers))
}

//go:wasmexport proxy_on_log
func exportLog(context uint32) { onLog(context) }

//go:wasmexport proxy_on_done
func exportDone(context uint32) bool { return onDone(context) }

//go:wasmexport proxy_on_delete
func exportDelete(context uint32) { onDelete(context) }

//go:wasmexport proxy_on_request_headers
func exportRequestHeaders(context, numHeaders, endOfStream uint32) uint32 {
	return stream(context, "proxy_on_request_headers").requestHeaders(int(numHeaders), endOfStream != 0)
}

//go:wasmexport proxy_on_request_body
func exportRequestBody(context, bodySize, endOfStream uint32) uint32 {
	return stream(context, "proxy_on_request_body").requestBody(int(bodySize), endOfStream != 0)
}

//go:wasmexport proxy_on_request_trailers
func exportRequestTrailers(context, numTrailers uint32) uint32 {
	return stream(context, "proxy_on_request_trailers").requestTrailers(int(numTrailers))
}

//go:wasmexport proxy_on_response_headers
func exportResponseHeaders(context, numHeaders, endOfStream uint32) uint32 {
	return stream(context, "proxy_on_response_headers").responseHeaders(int(numHeaders), endOfStream != 0)
}

//go:wasmexport proxy_on_response_body
func exportResponseBody(context, bodySize, endOfStream uint32) uint32 {
	return stream(context, "proxy_on_response_body").responseBody(int(bodySize), endOfStream != 0)
}

//go:wasmexport proxy_on_response_trailers
func exportResponseTrailers(context, numTrailers uint32) uint32 {
	return stream(context, "proxy_on_response_trailers").responseTrailers(int(numTrailers))
}

//go:wasmexport proxy_on_new_connection
func exportNewConnection(context uint32) uint32 {
	return connection(context, "proxy_on_new_connection").newConnection()
}

//go:wasmexport proxy_on_downstream_data
func exportDownstreamData(context, dataSize, endOfStream uint32) uint32 {
	return connection(context, "proxy_on_downstream_data").downstreamData(int(dataSize), endOfStream != 0)
}

//go:wasmexport proxy_on_downstream_connection_close
func exportDownstreamClose(context, peer uint32) {
	connection(context, "proxy_on_downstream_connection_close").downstreamClose(peer)
}

//go:wasmexport proxy_on_upstream_data
func exportUpstreamData(context, dataSize, endOfStream uint32) uint32 {
	return connection(context, "proxy_on_upstream_data").upstreamData(int(dataSize), endOfStream != 0)
}

//go:wasmexport proxy_on_upstream_connection_close
func exportUpstreamClose(context, peer uint32) {
	connection(context, "proxy_on_upstream_connection_close").upstreamClose(peer)
}

// A plugin in Go without any SDK, for comparing hosts: eight callbacks, thirteen host calls and seven blocks from the
// allocator per request. Built with GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared.
package main

import "unsafe"

//go:wasmimport env proxy_log
func proxyLog(level uint32, text unsafe.Pointer, size uint32) uint32

//go:wasmimport env proxy_get_buffer_bytes
func proxyGetBufferBytes(kind, start, max uint32, data unsafe.Pointer, size unsafe.Pointer) uint32

//go:wasmimport env proxy_get_header_map_value
func proxyGetHeaderMapValue(kind uint32, key unsafe.Pointer, keySize uint32, data, size unsafe.Pointer) uint32

//go:wasmimport env proxy_get_header_map_pairs
func proxyGetHeaderMapPairs(kind uint32, data, size unsafe.Pointer) uint32

//go:wasmimport env proxy_add_header_map_value
func proxyAddHeaderMapValue(kind uint32, key unsafe.Pointer, keySize uint32, value unsafe.Pointer, valueSize uint32) uint32

//go:wasmimport env proxy_replace_header_map_value
func proxyReplaceHeaderMapValue(kind uint32, key unsafe.Pointer, keySize uint32, value unsafe.Pointer, valueSize uint32) uint32

//go:wasmimport env proxy_remove_header_map_value
func proxyRemoveHeaderMapValue(kind uint32, key unsafe.Pointer, keySize uint32) uint32

const (
	requestHeaders  = 0
	responseHeaders = 2
	requestBody     = 0
	responseBody    = 1
	info            = 2
)

func main() {}

// The block handed out last must live until the host has filled it and the plugin has read it.
var block []byte

// Lengths of what was read, so that nothing is left out as unused.
var read int

func text(value string) (unsafe.Pointer, uint32) {
	return unsafe.Pointer(unsafe.StringData(value)), uint32(len(value))
}

func get(kind uint32, name string) {
	var data *byte
	var size uint32
	key, keySize := text(name)
	if proxyGetHeaderMapValue(kind, key, keySize, unsafe.Pointer(&data), unsafe.Pointer(&size)) == 0 {
		read += len(string(unsafe.Slice(data, size)))
	}
}

func pairs(kind uint32) {
	var data *byte
	var size uint32
	if proxyGetHeaderMapPairs(kind, unsafe.Pointer(&data), unsafe.Pointer(&size)) == 0 {
		read += len(string(unsafe.Slice(data, size)))
	}
}

func body(kind, length uint32) {
	var data *byte
	var size uint32
	if proxyGetBufferBytes(kind, 0, length, unsafe.Pointer(&data), unsafe.Pointer(&size)) == 0 {
		read += len(string(unsafe.Slice(data, size)))
	}
}

func add(kind uint32, name, value string) {
	key, keySize := text(name)
	data, size := text(value)
	proxyAddHeaderMapValue(kind, key, keySize, data, size)
}

func replace(kind uint32, name, value string) {
	key, keySize := text(name)
	data, size := text(value)
	proxyReplaceHeaderMapValue(kind, key, keySize, data, size)
}

func remove(kind uint32, name string) {
	key, size := text(name)
	proxyRemoveHeaderMapValue(kind, key, size)
}

//go:wasmexport proxy_abi_version_0_2_1
func abiVersion() {}

//go:wasmexport proxy_on_memory_allocate
func allocate(size uint32) *byte {
	block = make([]byte, size)
	return &block[0]
}

//go:wasmexport proxy_on_context_create
func onContextCreate(context, parent uint32) {}

//go:wasmexport proxy_on_vm_start
func onVMStart(context, size uint32) uint32 { return 1 }

//go:wasmexport proxy_on_configure
func onConfigure(context, size uint32) uint32 { return 1 }

//go:wasmexport proxy_on_request_headers
func onRequestHeaders(context, count, endOfStream uint32) uint32 {
	get(requestHeaders, ":path")
	get(requestHeaders, ":method")
	get(requestHeaders, "user-agent")
	pairs(requestHeaders)
	add(requestHeaders, "x-added", "by the plugin")
	replace(requestHeaders, "user-agent", "bench")
	return 0
}

//go:wasmexport proxy_on_request_body
func onRequestBody(context, size, endOfStream uint32) uint32 {
	if size > 0 {
		body(requestBody, size)
	}
	return 0
}

//go:wasmexport proxy_on_response_headers
func onResponseHeaders(context, count, endOfStream uint32) uint32 {
	get(responseHeaders, ":status")
	add(responseHeaders, "x-added", "by the plugin")
	replace(responseHeaders, "server", "bench")
	remove(responseHeaders, "x-removed")
	return 0
}

//go:wasmexport proxy_on_response_body
func onResponseBody(context, size, endOfStream uint32) uint32 {
	if size > 0 {
		body(responseBody, size)
	}
	return 0
}

//go:wasmexport proxy_on_log
func onLog(context uint32) {
	line, size := text("done")
	proxyLog(info, line, size)
}

//go:wasmexport proxy_on_done
func onDone(context uint32) uint32 { return 1 }

//go:wasmexport proxy_on_delete
func onDelete(context uint32) {}

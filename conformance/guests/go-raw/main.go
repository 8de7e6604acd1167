// A plugin in Go without any SDK that asks of its host what wasm-go asks (higress.md 1.1): the same order of calls, the
// same traps when an answer has the wrong shape. Built with GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared.
package main

import (
	"fmt"
	"os"
	"time"
	"unsafe"
)

//go:wasmimport env proxy_log
func proxyLog(level uint32, text unsafe.Pointer, size uint32) uint32

//go:wasmimport env proxy_get_buffer_bytes
func proxyGetBufferBytes(kind, start, max uint32, data unsafe.Pointer, size unsafe.Pointer) uint32

//go:wasmimport env proxy_call_foreign_function
func proxyCallForeignFunction(name unsafe.Pointer, nameSize uint32, arg unsafe.Pointer, argSize uint32, data, size unsafe.Pointer) uint32

//go:wasmimport env proxy_get_property
func proxyGetProperty(path unsafe.Pointer, pathSize uint32, data, size unsafe.Pointer) uint32

//go:wasmimport env proxy_set_property
func proxySetProperty(path unsafe.Pointer, pathSize uint32, value unsafe.Pointer, valueSize uint32) uint32

//go:wasmimport env proxy_get_header_map_value
func proxyGetHeaderMapValue(kind uint32, key unsafe.Pointer, keySize uint32, data, size unsafe.Pointer) uint32

//go:wasmimport env proxy_add_header_map_value
func proxyAddHeaderMapValue(kind uint32, key unsafe.Pointer, keySize uint32, value unsafe.Pointer, valueSize uint32) uint32

//go:wasmimport env proxy_set_effective_context
func proxySetEffectiveContext(id uint32) uint32

//go:wasmimport env proxy_continue_stream
func proxyContinueStream(kind uint32) uint32

//go:wasmexport proxy_abi_version_0_2_100
func abiVersion() {}

func main() {}

// Registration happens here, as in wasm-go: `main` is not run in a reactor.
func init() {
	contexts = map[uint32]uint32{}
	fmt.Fprintf(os.Stderr, "init %d\n", len(os.Args))
}

var contexts map[uint32]uint32
var kept [][]byte

func log(level uint32, format string, args ...any) {
	// wasm-go asks for the level before each line and indexes all four bytes.
	if level < logLevel() {
		return
	}
	id := "nil"
	if value, status := property("x_request_id"); status == 0 {
		id = string(value)
	}
	text := fmt.Sprintf("[%s] ", id) + fmt.Sprintf(format, args...)
	proxyLog(level, unsafe.Pointer(unsafe.StringData(text)), uint32(len(text)))
}

func logLevel() uint32 {
	name := "get_log_level"
	var data *byte
	var size uint32
	status := proxyCallForeignFunction(unsafe.Pointer(unsafe.StringData(name)), uint32(len(name)), nil, 0, unsafe.Pointer(&data), unsafe.Pointer(&size))
	if status != 0 {
		return 0
	}
	raw := unsafe.Slice(data, size)
	return uint32(raw[0]) | uint32(raw[1])<<8 | uint32(raw[2])<<16 | uint32(raw[3])<<24
}

func property(path string) ([]byte, uint32) {
	var data *byte
	var size uint32
	status := proxyGetProperty(unsafe.Pointer(unsafe.StringData(path)), uint32(len(path)), unsafe.Pointer(&data), unsafe.Pointer(&size))
	return unsafe.Slice(data, size), status
}

func header(name string) ([]byte, uint32) {
	var data *byte
	var size uint32
	status := proxyGetHeaderMapValue(0, unsafe.Pointer(unsafe.StringData(name)), uint32(len(name)), unsafe.Pointer(&data), unsafe.Pointer(&size))
	return unsafe.Slice(data, size), status
}

func must(what string, status uint32, allowed ...uint32) {
	for _, each := range allowed {
		if status == each {
			return
		}
	}
	panic(fmt.Sprintf("%s answered %d", what, status))
}

//go:wasmexport proxy_on_memory_allocate
func allocate(size uint32) *byte {
	buffer := make([]byte, size)
	kept = append(kept, buffer)
	return &buffer[0] // panics on size 0, as the SDK does
}

//go:wasmexport proxy_on_context_create
func onContextCreate(id, parent uint32) {
	if _, known := contexts[parent]; parent != 0 && !known {
		panic("context of an unknown root")
	}
	contexts[id] = parent
}

//go:wasmexport proxy_on_vm_start
func onVMStart(root, size uint32) uint32 {
	if _, known := contexts[root]; !known {
		panic("vm start of an unknown context")
	}
	return 1
}

//go:wasmexport proxy_on_configure
func onConfigure(root, size uint32) uint32 {
	var data *byte
	var got uint32
	status := proxyGetBufferBytes(7, 0, 2147483647, unsafe.Pointer(&data), unsafe.Pointer(&got))
	must("plugin configuration", status, 0, 1)
	log(2, "plugin start successfully with %s", unsafe.Slice(data, got))
	return 1
}

//go:wasmexport proxy_on_request_headers
func onRequestHeaders(id, count, end uint32) uint32 {
	if _, known := contexts[id]; !known {
		panic("headers of an unknown context")
	}
	authority, status := header(":authority")
	must(":authority", status, 0)
	_, status = header("x-missing")
	must("x-missing", status, 1)
	path, value := "x_request_id", "req-1"
	must("set x_request_id", proxySetProperty(unsafe.Pointer(unsafe.StringData(path)), uint32(len(path)), unsafe.Pointer(unsafe.StringData(value)), uint32(len(value))), 0)
	route, status := property("route_name")
	must("route_name", status, 0, 1)
	cluster, status := property("cluster_name")
	must("cluster_name", status, 0, 1)
	before := time.Now()
	time.Sleep(3 * time.Millisecond)
	log(2, "%s %s %s slept %v", authority, route, cluster, time.Since(before) >= 3*time.Millisecond)
	name, added := "x-go", "hello"
	must("add", proxyAddHeaderMapValue(0, unsafe.Pointer(unsafe.StringData(name)), uint32(len(name)), unsafe.Pointer(unsafe.StringData(added)), uint32(len(added))), 0)
	return 4
}

//go:wasmexport proxy_on_http_call_response
func onHTTPCallResponse(root, token, headers, size, trailers uint32) {
	for id, parent := range contexts {
		if parent == root {
			must("effective context", proxySetEffectiveContext(id), 0)
		}
	}
	proxyContinueStream(0)
}

//go:wasmexport proxy_on_response_headers
func onResponseHeaders(id, count, end uint32) uint32 {
	panic("a panic in Go")
}

//go:wasmexport proxy_on_log
func onLog(id uint32) { log(2, "stream done") }

//go:wasmexport proxy_on_done
func onDone(id uint32) uint32 { return 1 }

//go:wasmexport proxy_on_delete
func onDelete(id uint32) { delete(contexts, id) }

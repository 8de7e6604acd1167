//go:build wasip1

package main

import (
	"unsafe"

	"proxyground.dev/driver/internal/serve"
)

var (
	server = serve.New("/")
	// Kept from the collector until the next call.
	request, answer []byte
)

//go:wasmexport proxyground_buffer
func buffer(size int32) int32 {
	request = make([]byte, max(size, 1))
	return int32(uintptr(unsafe.Pointer(&request[0])))
}

//go:wasmexport proxyground_request
func call(size int32) int64 {
	if size < 0 || int(size) > len(request) {
		size = 0
	}
	answer = server.Answer(request[:size])
	request = nil
	return int64(uintptr(unsafe.Pointer(&answer[0])))<<32 | int64(len(answer))
}

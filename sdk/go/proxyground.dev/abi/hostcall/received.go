package hostcall

import "unsafe"

// Where host functions write their results. Package variables, because the address of a local one would put it on the
// heap at every call; a call never nests inside another one of the same module, except in Allocate, which uses none.
var (
	outAddress uint32
	outSize    uint32
	outNumber  uint32
	outValue   uint64
)

// The block the host asked for last: it keeps the block alive until take, for the host's copy of the address is
// invisible to the garbage collector.
var allocated []byte

// Allocate answers the host's request for memory (export proxy_on_memory_allocate). Size 0 panics with an index out
// of range, as in the real modules; hosts never ask for it (proxy-wasm-host.md 2.0).
func Allocate(size uint32) unsafe.Pointer {
	block := make([]byte, size)
	first := &block[0]
	allocated = block
	return unsafe.Pointer(first)
}

// take is the block behind outAddress and outSize, nil if the host wrote none.
func take() []byte {
	if outAddress == 0 {
		return nil
	}
	block := allocated
	allocated = nil
	if uint32(uintptr(unsafe.Pointer(unsafe.SliceData(block)))) != outAddress || int(outSize) > len(block) {
		panic("the host returned memory it did not allocate")
	}
	return block[:outSize:outSize]
}

func asString(bytes []byte) string {
	return unsafe.String(unsafe.SliceData(bytes), len(bytes))
}

//go:build !wasip1

package hostcall

import "unsafe"

// Block is memory that a host of tests (Native) hands results over in.
type Block struct {
	Bytes   []byte
	Address uint32
}

// AllocateForTest does for Native what the export proxy_on_memory_allocate does for a gateway. Addresses have 32 bits in
// the ABI, so the block is known by the lower half of its own.
func AllocateForTest(size int) Block {
	first := Allocate(uint32(size))
	return Block{unsafe.Slice((*byte)(first), size), uint32(uintptr(first))}
}

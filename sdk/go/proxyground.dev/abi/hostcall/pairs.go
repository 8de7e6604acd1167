package hostcall

import "encoding/binary"

// Pairs layout (proxy-wasm-host.md 5.1): count, then the lengths of each key and value, then the bytes, each followed
// by a zero byte. All numbers are 32 bits, little endian; the lengths leave out the zero bytes.

// EncodePairs writes pairs as the host reads them. No pairs are a count of zero in four bytes.
func EncodePairs(pairs [][2]string) []byte {
	size := 4
	for _, pair := range pairs {
		size += 10 + len(pair[0]) + len(pair[1])
	}
	block := make([]byte, 0, size)
	block = binary.LittleEndian.AppendUint32(block, uint32(len(pairs)))
	for _, pair := range pairs {
		block = binary.LittleEndian.AppendUint32(block, uint32(len(pair[0])))
		block = binary.LittleEndian.AppendUint32(block, uint32(len(pair[1])))
	}
	for _, pair := range pairs {
		block = append(append(block, pair[0]...), 0)
		block = append(append(block, pair[1]...), 0)
	}
	return block
}

// DecodePairs reads what the host wrote. The strings share the block's memory, which must not change afterwards.
// A block that is shorter than it says panics with an index out of range, as with the real modules.
func DecodePairs(block []byte) [][2]string {
	count := int(binary.LittleEndian.Uint32(block))
	pairs := make([][2]string, count)
	text := 4 + 8*count
	for index := range pairs {
		for half := range 2 {
			length := int(binary.LittleEndian.Uint32(block[4+8*index+4*half:]))
			pairs[index][half] = asString(block[text : text+length])
			text += length + 1
		}
	}
	return pairs
}

// Laid into cmd/link/internal/wasm.

package wasm

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"cmd/link/internal/ld"
	"cmd/link/internal/loader"
)

// The size of a function with its relocations, at most: a number of LEB128 takes the place of each.
func proxygroundSize(ldr *loader.Loader, fn loader.Sym) int {
	relocs := ldr.Relocs(fn)
	return len(ldr.Data(fn)) + 10*relocs.Count() + 16
}

// nameRegexp in one pass: a letter, a digit, an underscore and a dot stay, everything else becomes an underscore.
func proxygroundName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' {
			return r
		}
		return '_'
	}, name)
}

// The number of bytes before the first that is zero.
func proxygroundUntilZero(data []byte) int32 {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return int32(i)
	}
	return int32(len(data))
}

// The number of zeroes that the data begins with.
func proxygroundZeroes(data []byte) int32 {
	i := 0
	for i+8 <= len(data) && binary.LittleEndian.Uint64(data[i:]) == 0 {
		i += 8
	}
	for i < len(data) && data[i] == 0 {
		i++
	}
	return int32(i)
}

// Appends a number in signed LEB128.
func proxygroundSleb(to []byte, v int64) []byte {
	for v < -64 || v > 63 {
		to = append(to, byte(v)|0x80)
		v >>= 7
	}
	return append(to, byte(v)&0x7f)
}

// writeSleb128 with one call of the writer for all bytes of a number, where the writer takes more than one.
func proxygroundWriteSleb(w io.ByteWriter, v int64) bool {
	switch w := w.(type) {
	case *bytes.Buffer:
		w.Write(proxygroundSleb(w.AvailableBuffer(), v))
	case *ld.OutBuf:
		var number [10]byte
		w.Write(proxygroundSleb(number[:0], v))
	default:
		return false
	}
	return true
}

// Writes a data segment of the first memory.
func proxygroundSegment(out *ld.OutBuf, offset int32, data []byte) {
	var head [24]byte
	number := proxygroundSleb(append(head[:0], 0, 0x41), int64(offset))
	out.Write(binary.AppendUvarint(append(number, 0x0b), uint64(len(data))))
	out.Write(data)
}

// Makes room for the module in one go: grown step by step it takes five times its size.
func proxygroundReserve(out *ld.OutBuf, fns []*wasmFunc) {
	size := 1 << 20
	for _, fn := range fns {
		size += len(fn.Code) + len(fn.Name) + 20
	}
	for _, section := range dataSects {
		size += len(section.data)
	}
	out.ProxygroundReserve(size)
}

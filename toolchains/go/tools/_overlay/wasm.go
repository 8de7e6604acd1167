// Laid into cmd/link/internal/wasm.

package wasm

import (
	"bytes"
	"encoding/binary"
	"strings"

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

// Laid into cmd/link/internal/wasm.

package wasm

import (
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

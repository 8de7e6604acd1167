// Laid into cmd/link/internal/ld.

package ld

import (
	"encoding/binary"
	"os"
	"slices"

	"cmd/internal/goobj"
	"cmd/link/internal/loader"
	"cmd/link/internal/sym"
)

// ProxygroundCheckpoint is called when all packages but main are loaded. Nil links in one step.
var ProxygroundCheckpoint func()

// The exit code that says: main is not what the rest was loaded for, link in one step.
const proxygroundOther = 75

func (ctxt *Link) proxygroundLoadSyms() {
	l := ctxt.loader
	if ProxygroundCheckpoint == nil || !l.ProxygroundCanWait() {
		l.LoadSyms(ctxt.Arch)
		return
	}
	l.ProxygroundLoadBase(ctxt.Arch)
	if proxygroundReaches {
		ctxt.proxygroundReachBase()
	}
	ProxygroundCheckpoint()
	if !ctxt.proxygroundReload() || !l.ProxygroundLoadMain(ctxt.Arch) {
		os.Exit(proxygroundOther)
	}
}

// Reads the archive of main again. False when it imports something else, or the same in another order: then other
// packages had to be loaded, or in another order.
func (ctxt *Link) proxygroundReload() bool {
	lib := ctxt.Library[0]
	libraries, imports := len(ctxt.Library), lib.Imports
	lib.Imports, lib.Units, lib.Main, lib.Fingerprint = nil, nil, false, goobj.FingerprintType{}
	loadobjfile(ctxt, lib)
	return slices.Equal(imports, lib.Imports) && len(ctxt.Library) == libraries && ctxt.loader.ProxygroundReplaceMain()
}

// ProxygroundReserve sees to it that what is written grows no more up to this size.
func (out *OutBuf) ProxygroundReserve(size int) {
	if len(out.buf) == 0 && cap(out.heap) < size {
		out.heap = append(make([]byte, 0, size), out.heap...)
	}
}

// Fills a list with one value.
func proxygroundFill(list []int32, value int32) {
	if len(list) == 0 {
		return
	}
	list[0] = value
	for done := 1; done < len(list); done *= 2 {
		copy(list[done:], list[:done])
	}
}

// Functions come in the order of their addresses, so of the buckets of one only the first can be another's already.
func proxygroundBuckets(list []int32, idx int32) {
	if len(list) > 0 && list[0] > idx {
		list[0] = idx
	}
	if len(list) > 1 {
		proxygroundFill(list[1:], idx)
	}
}

// Where something of a symbol stands, by the symbol's number: one more than that, nothing is zero.
type proxygroundOffsets []uint32

func (o proxygroundOffsets) of(s loader.Sym) (uint32, bool) {
	if int(s) >= len(o) || o[s] == 0 {
		return 0, false
	}
	return o[s] - 1, true
}

// The symbols by decreasing alignment, those of one in the order that they have, and the largest alignment.
func proxygroundByAlign(ldr *loader.Loader, syms []loader.Sym) ([]loader.Sym, int32) {
	var most int32
	aligns := make([]int32, len(syms))
	for i, s := range syms {
		aligns[i] = symalign(ldr, s)
		most = max(most, aligns[i])
	}
	sorted := make([]loader.Sym, 0, len(syms))
	for align := most; align >= 0 && len(sorted) < len(syms); {
		next := int32(-1)
		for i, s := range syms {
			if aligns[i] == align {
				sorted = append(sorted, s)
			} else if aligns[i] < align {
				next = max(next, aligns[i])
			}
		}
		align = next
	}
	return sorted, most
}

// Sorts by size, then by number, with zerobase behind what has no size. False when a size is no 32-bit number.
func proxygroundSort(list []symNameSize, zerobase loader.Sym) bool {
	keys := make([]uint64, len(list))
	for i, each := range list {
		if each.sz < 0 || each.sz > 1<<31 {
			return false
		}
		keys[i] = uint64(each.sz)<<32 | uint64(each.sym)
		if each.sym == zerobase {
			keys[i] = 1<<32 - 1
		}
	}
	slices.Sort(keys)
	for i, key := range keys {
		list[i] = symNameSize{sz: int64(key >> 32), sym: loader.Sym(uint32(key))}
		if key == 1<<32-1 {
			list[i].sym = zerobase
		}
	}
	return true
}

// Sorts functions by kind; those of a kind keep their order.
func proxygroundByKind(ldr *loader.Loader, syms []loader.Sym) {
	kinds := make([]sym.SymKind, len(syms))
	sorted := true
	for i, s := range syms {
		kinds[i] = ldr.SymType(s)
		sorted = sorted && (i == 0 || kinds[i-1] <= kinds[i])
	}
	if sorted {
		return
	}
	before := slices.Clone(syms)
	next := 0
	for kind := sym.Sxxx; next < len(syms); kind++ {
		for i, s := range before {
			if kinds[i] == kind {
				syms[next] = s
				next++
			}
		}
	}
}

// Symbols to visit, the last one first.
type proxygroundStack []loader.Sym

func (q *proxygroundStack) push(s loader.Sym) { *q = append(*q, s) }

func (q *proxygroundStack) pop() loader.Sym {
	last := len(*q) - 1
	s := (*q)[last]
	*q = (*q)[:last]
	return s
}

func (q *proxygroundStack) empty() bool { return len(*q) == 0 }

// Writes a number into what has its size already.
func proxygroundSet(sb *loader.SymbolBuilder, off int64, v uint32) int64 {
	binary.LittleEndian.PutUint32(sb.Data()[off:], v)
	return off + 4
}

// Laid into cmd/link/internal/ld.

package ld

import (
	"os"
	"slices"

	"cmd/internal/goobj"
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

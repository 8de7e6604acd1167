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

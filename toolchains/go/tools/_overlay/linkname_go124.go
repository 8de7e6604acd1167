//go:build !go1.27

// Laid into cmd/link/internal/loader: what loader.go asks about go:linkname, before Go 1.27.

package loader

import "cmd/internal/goobj"

// Whether a go:linkname names the symbol.
func isPulled(osym *goobj.Sym) bool { return osym.IsLinkname() }

// Fails when the package of r may not refer to the symbol.
func (l *Loader) checkPulled(r *oReader, name string, s Sym) { l.checkLinkname(r.unit.Lib.Pkg, name, s) }

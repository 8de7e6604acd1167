//go:build go1.27

// Laid into cmd/link/internal/loader: what loader.go asks about go:linkname, from Go 1.27 on.

package loader

import "cmd/internal/goobj"

// Whether a go:linkname names the symbol. Since 1.27 there is a kind of its own for the standard library.
func isPulled(osym *goobj.Sym) bool { return osym.IsLinkname() || osym.IsLinknameStd() }

// Fails when the package of r may not refer to the symbol.
func (l *Loader) checkPulled(r *oReader, name string, s Sym) { l.checkLinkname(r, name, s) }

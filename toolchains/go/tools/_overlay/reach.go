// Laid into cmd/link/internal/ld: what is linked whatever main is (the runtime, the inits of all packages, and what they
// need) is found while the linker rests. What main adds is found when it is there.

package ld

import (
	"os"

	"cmd/internal/objabi"
	"cmd/link/internal/loader"
)

// Set where deadcode goes on from what was found at rest (warm-tables.mjs).
var proxygroundReaches bool

// What was found at rest: the pass as it stood, and the inits that it began with beside the usual roots.
var atRest struct {
	pass  *deadcodePass
	inits []loader.Sym
}

// Visits all that does not depend on main. Inits without functions are not linked.
func (ctxt *Link) proxygroundReachBase() {
	ldr := ctxt.loader
	d := &deadcodePass{ctxt: ctxt, ldr: ldr}
	d.init()
	for _, lib := range ctxt.Library[1:] {
		if s := ldr.Lookup(objabi.PathToPrefix(lib.Pkg)+"..inittask", 0); s != 0 && ldr.SymSize(s) > 8 {
			atRest.inits = append(atRest.inits, s)
			d.mark(s, 0)
		}
	}
	d.proxygroundAll()
	atRest.pass = d
}

// Visits what is to be visited, and methods that became needed by that.
func (d *deadcodePass) proxygroundAll() {
	for !d.wq.empty() {
		d.flood()
		rest := d.markableMethods[:0]
		for _, m := range d.markableMethods {
			if d.reflectSeen && m.isExported() || d.ifaceMethod[m.m] || d.genericIfaceMethod[m.m.name] {
				d.markMethod(m)
			} else {
				rest = append(rest, m)
			}
		}
		d.markableMethods = rest
	}
}

// The pass with its roots: new, or the one that was made at rest with what main changed to be visited again.
func (ctxt *Link) proxygroundReach() *deadcodePass {
	d, ldr := atRest.pass, ctxt.loader
	if d == nil {
		d = &deadcodePass{ctxt: ctxt, ldr: ldr}
		d.init()
		return d
	}
	moved := ldr.ProxygroundMoved()
	for i, s := range atRest.inits {
		if now := moved[s]; now != 0 {
			atRest.inits[i] = now
		}
	}
	if ctxt.canUsePlugins || !ctxt.proxygroundLinked(atRest.inits) {
		os.Exit(proxygroundOther)
	}
	ldr.InitReachable()
	// A symbol that is main's now is visited anew, unless it needs something else than the one before did.
	for before, now := range moved {
		if !ldr.AttrReachable(before) {
			continue
		}
		if !proxygroundCovers(ldr, now, before) {
			os.Exit(proxygroundOther)
		}
		ldr.SetAttrReachable(before, false)
		d.mark(now, 0)
	}
	// Methods are known by the number of their type.
	methods := d.markableMethods[:0]
	for _, m := range d.markableMethods {
		if now := moved[m.m.typ]; now != 0 {
			m.m.typ = now
		}
		if moved[m.src] == 0 {
			methods = append(methods, m)
		}
	}
	d.markableMethods = methods
	needed := make(map[methodsig]bool, len(d.ifaceMethod))
	for m := range d.ifaceMethod {
		if now := moved[m.typ]; now != 0 {
			m.typ = now
		}
		needed[m] = true
	}
	d.ifaceMethod = needed
	inits := d.pkginits[:0]
	for _, s := range d.pkginits {
		if moved[s] == 0 {
			inits = append(inits, s)
		}
	}
	d.pkginits = inits
	// The linker writes its own symbols meanwhile, and some of the packages'.
	for s := loader.Sym(1); s < loader.Sym(ldr.NSym()); s++ {
		if ldr.AttrReachable(s) && ldr.IsExternal(s) {
			ldr.SetAttrReachable(s, false)
			d.mark(s, 0)
		}
	}
	d.init()
	return d
}

// Whether all these inits are run.
func (ctxt *Link) proxygroundLinked(inits []loader.Sym) bool {
	ldr, runs := ctxt.loader, map[loader.Sym]bool{}
	note := func(list loader.Sym) {
		if list != 0 {
			relocs := ldr.Relocs(list)
			for i := range relocs.Count() {
				runs[relocs.At(i).Sym()] = true
			}
		}
	}
	note(ctxt.mainInittasks)
	// A slice of the runtime's own inits, which have no name.
	if s := ldr.Lookup("runtime.runtime_inittasks", 0); s != 0 {
		relocs := ldr.Relocs(s)
		for i := range relocs.Count() {
			note(relocs.At(i).Sym())
		}
	}
	for _, s := range inits {
		if !runs[s] {
			return false
		}
	}
	return true
}

// Whether a symbol needs all that the one needed in whose place it came.
func proxygroundCovers(ldr *loader.Loader, now, before loader.Sym) bool {
	type need struct {
		target loader.Sym
		kind   objabi.RelocType
	}
	needs := map[need]bool{}
	relocs := ldr.Relocs(now)
	for i := range relocs.Count() {
		r := relocs.At(i)
		needs[need{r.Sym(), r.Type()}] = true
	}
	relocs = ldr.Relocs(before)
	for i := range relocs.Count() {
		r := relocs.At(i)
		if !needs[need{r.Sym(), r.Type()}] {
			return false
		}
	}
	return true
}

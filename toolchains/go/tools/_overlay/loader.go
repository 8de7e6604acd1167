// Laid into cmd/link/internal/loader: LoadSyms in two steps. The order of symbols decides where the linker puts them, and
// main comes first; so numbers are kept free for it, and what main has in common with other packages moves to the number
// that it would have got with main loaded first. The module is the same, byte for byte.

package loader

import (
	"strings"

	"cmd/internal/goobj"
	"cmd/internal/sys"
)

// A range of symbol numbers: those before next are taken.
type numbers struct{ first, next, end Sym }

func (n *numbers) take() Sym {
	if n.next == n.end {
		return 0
	}
	n.next++
	return n.next - 1
}

func (n *numbers) taken(s Sym) bool { return s >= n.first && s < n.next }

// What the first step leaves to the second.
var waiting struct {
	loadState
	// For main's own definitions, for what it defines that others may define too, and for what it refers to by name.
	defs, shared, refs numbers
	// The old numbers of what moved to one of main's.
	moved map[Sym]Sym
}

// ProxygroundCanWait says whether main is one object, and the first.
func (l *Loader) ProxygroundCanWait() bool {
	isMain := func(i int) bool { return l.objs[i].unit.Lib.Pkg == "main" }
	return len(l.objs) > goObjStart+1 && isMain(goObjStart) && !isMain(goObjStart+1)
}

// ProxygroundReplaceMain puts the object that was loaded last in the place of the first one.
func (l *Loader) ProxygroundReplaceMain() bool {
	last := len(l.objs) - 1
	before, now := l.objs[goObjStart], l.objs[last]
	if now.unit.Lib.Pkg != "main" || l.objs[last-1].unit.Lib.Pkg == "main" {
		return false
	}
	l.objs = l.objs[:last]
	now.objidx, now.version = goObjStart, before.version
	l.objs[goObjStart] = now
	return true
}

// ProxygroundLoadBase is LoadSyms for all objects but main's.
func (l *Loader) ProxygroundLoadBase(arch *sys.Arch) {
	main, rest := l.objs[goObjStart], l.objs[goObjStart+1:]
	symbols, hashed, hashed64 := 0, 0, 0
	for _, r := range rest {
		symbols += r.NAlldef()
		hashed += r.nhasheddef
		hashed64 += r.nhashed64def
	}
	l.objSyms = make([]objSym, 1, 2*symbols)
	// Numbers that nobody takes belong to a symbol without name and content.
	l.newPayload("", 0)
	l.extReader.syms = append(l.extReader.syms, 0)

	waiting.loadState = loadState{
		l:            l,
		hashed64Syms: make(map[uint64]symAndSize, hashed64),
		hashedSyms:   make(map[goobj.HashType]symAndSize, hashed),
	}
	waiting.moved = map[Sym]Sym{}
	waiting.defs = l.reserve(main.ndef)
	for _, r := range rest {
		waiting.preloadSyms(r, pkgDef)
	}
	waiting.shared = l.reserve(main.NAlldef() - main.ndef)
	for _, r := range rest {
		waiting.preloadSyms(r, hashed64Def)
		waiting.preloadSyms(r, hashedDef)
		waiting.preloadSyms(r, nonPkgDef)
	}
	for _, vr := range waiting.linknameVarRefs {
		l.checkLinkname(vr.pkg, vr.name, vr.sym)
	}
	l.extStart = Sym(len(l.objSyms))
	waiting.refs = l.reserve(main.NNonpkgref())
	for _, r := range rest {
		loadObjRefs(l, r, arch)
	}
	l.outer = make([]Sym, l.NSym())
}

// Keeps numbers free for n symbols, and for more of them: main grows.
func (l *Loader) reserve(n int) numbers {
	first := Sym(len(l.objSyms))
	l.objSyms = append(l.objSyms, make([]objSym, 2*n+4096)...)
	end := Sym(len(l.objSyms))
	for i := first; i < end; i++ {
		l.objSyms[i] = objSym{extObj, 0}
	}
	l.growAttrBitmaps(int(end))
	return numbers{first, first, end}
}

// ProxygroundLoadMain is LoadSyms for main after ProxygroundLoadBase. False when main does what is not foreseen here.
func (l *Loader) ProxygroundLoadMain(arch *sys.Arch) bool {
	main := l.objs[goObjStart]
	exports := len(l.WasmExports)
	for i := uint32(0); i < uint32(main.NAlldef()); i++ {
		if !l.loadDefinition(main, i) {
			return false
		}
	}
	for i := range main.NNonpkgref() {
		if !l.loadReference(main.Sym(uint32(main.NAlldef()+i)), main) {
			return false
		}
	}
	l.moveNumbers()
	loadObjRefs(l, main, arch)
	// Main is loaded first, so what it exports comes first.
	l.WasmExports = append(append([]Sym{}, l.WasmExports[exports:]...), l.WasmExports[:exports]...)
	for _, sf := range l.sizeFixups {
		l.cloneToExternal(sf.sym).size = int64(sf.size)
	}
	l.values = make([]int64, l.NSym(), l.NSym()+1000)
	l.outer = make([]Sym, l.NSym(), l.NSym()+1000)
	return true
}

func (l *Loader) loadDefinition(r *oReader, li uint32) bool {
	osym := r.Sym(li)
	var gi Sym
	name := ""
	switch {
	case li < uint32(r.ndef):
		name = osym.Name(r.Reader)
		gi = waiting.defs.take()
		if !l.defineByName(r, li, gi, name, false) {
			return false
		}
	case li < uint32(r.ndef+r.nhashed64def):
		gi = defineByHash(l, r, li, waiting.hashed64Syms, r.Hash64(li-uint32(r.ndef)))
	case li < uint32(r.ndef+r.nhashed64def+r.nhasheddef):
		gi = defineByHash(l, r, li, waiting.hashedSyms, *r.Hash(li - uint32(r.ndef+r.nhashed64def)))
	default:
		name = osym.Name(r.Reader)
		gi = waiting.shared.take()
		if !l.defineByName(r, li, gi, name, true) {
			return false
		}
		// A variable that go:linkname names: what it may refer to is checked when everything is loaded.
		if isPulled(osym) && r.DataSize(li) == 0 && strings.Contains(name, ".") {
			l.checkPulled(r, name, gi)
		}
	}
	if gi == 0 {
		return false
	}
	r.syms[li] = gi
	if osym.Local() {
		l.SetAttrLocal(gi, true)
	}
	if osym.UsedInIface() {
		l.SetAttrUsedInIface(gi, true)
	}
	if align := int32(osym.Align()); align != 0 && align > l.SymAlign(gi) {
		l.SetSymAlign(gi, align)
	}
	if osym.WasmExport() {
		l.WasmExports = append(l.WasmExports, gi)
	}
	// Definitions of what the compiler calls by itself are the runtime's.
	return !strings.HasPrefix(name, "runtime.") || goobj.BuiltinIdx(name, int(osym.ABI())) == -1
}

// Gives the number gi to a symbol of main. A name that the rest has refers to it from now on.
func (l *Loader) defineByName(r *oReader, li uint32, gi Sym, name string, shared bool) bool {
	if gi == 0 {
		return false
	}
	l.objSyms[gi] = objSym{r.objidx, li}
	osym := r.Sym(li)
	version := abiToVer(osym.ABI(), r.version)
	if name == "" || version == r.version {
		return true
	}
	before, known := l.symsByName[version][name]
	l.symsByName[version][name] = gi
	if !known {
		return true
	}
	if !l.IsExternal(before) {
		old := l.objs[l.objSyms[before].objidx].Sym(l.objSyms[before].s)
		if !shared || !osym.Dupok() || !old.Dupok() || waiting.shared.taken(before) {
			return false
		}
		// Of two that are alike the larger one holds, of equal ones main's.
		if l.SymSize(before) > int64(osym.Siz()) {
			l.objSyms[gi] = l.objSyms[before]
		}
	}
	waiting.moved[before] = gi
	return true
}

// The number of a symbol of main that is known by its content. Of equal contents the larger symbol holds.
func defineByHash[Hash comparable](l *Loader, r *oReader, li uint32, known map[Hash]symAndSize, hash Hash) Sym {
	size := r.Sym(li).Siz()
	before, found := known[hash]
	if found && waiting.shared.taken(before.sym) {
		if size > before.size {
			l.objSyms[before.sym] = objSym{r.objidx, li}
			known[hash] = symAndSize{before.sym, size}
		}
		return before.sym
	}
	gi := waiting.shared.take()
	if gi == 0 {
		return 0
	}
	l.objSyms[gi] = objSym{r.objidx, li}
	if found {
		waiting.moved[before.sym] = gi
		if before.size > size {
			l.objSyms[gi] = l.objSyms[before.sym]
			size = before.size
		}
	}
	known[hash] = symAndSize{gi, size}
	return gi
}

// Sees to it that what main refers to by name, and nobody defines, has one of main's numbers.
func (l *Loader) loadReference(osym *goobj.Sym, r *oReader) bool {
	name := osym.Name(r.Reader)
	version := abiToVer(osym.ABI(), r.version)
	before := l.Lookup(name, version)
	if before != 0 && (!l.IsExternal(before) || waiting.refs.taken(before)) {
		return true
	}
	gi := waiting.refs.take()
	if gi == 0 || version == r.version {
		return false
	}
	payload := 0
	if before == 0 {
		payload = l.newPayload(name, version)
		l.extReader.syms = append(l.extReader.syms, gi)
	} else {
		payload = int(l.objSyms[before].s)
		l.extReader.syms[payload] = gi
		l.objSyms[before] = objSym{extObj, 0}
		waiting.moved[before] = gi
	}
	l.objSyms[gi] = objSym{extObj, uint32(payload)}
	l.symsByName[version][name] = gi
	return true
}

// ProxygroundMoved gives the new number of each symbol that moved to one of main's, by its old one.
func (l *Loader) ProxygroundMoved() map[Sym]Sym { return waiting.moved }

// Lets the other packages refer to what moved by its new number.
func (l *Loader) moveNumbers() {
	if len(waiting.moved) == 0 {
		return
	}
	now := make([]Sym, len(l.objSyms))
	for before, gi := range waiting.moved {
		now[before] = gi
		if l.AttrLocal(before) {
			l.SetAttrLocal(gi, true)
		}
		if l.AttrUsedInIface(before) {
			l.SetAttrUsedInIface(gi, true)
		}
		if align := l.SymAlign(before); align > l.SymAlign(gi) {
			l.SetSymAlign(gi, align)
		}
	}
	move := func(list []Sym) {
		for i, s := range list {
			if gi := now[s]; gi != 0 {
				list[i] = gi
			}
		}
	}
	for _, r := range l.objs[goObjStart+1:] {
		move(r.syms)
	}
	move(l.builtinSyms)
	move(l.WasmExports)
	for i, sf := range l.sizeFixups {
		if gi := now[sf.sym]; gi != 0 {
			l.sizeFixups[i].sym = gi
		}
	}
}

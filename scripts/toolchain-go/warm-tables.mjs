// The same for the linker's tables of functions and its lists of symbols (warm-link.mjs): where Go keeps sets and numbers of
// symbols in maps there are lists by the symbol's number, and symbols are sorted by a number that says all.

const pcln = 'cmd/link/internal/ld/pcln.go'
const data = 'cmd/link/internal/ld/data.go'

/** Place below GOROOT/src, then texts and what takes their place. */
export const quickerTables = [
  // Functions and inlined functions that were seen.
  [
    pcln,
    [
      `	seen := make(map[loader.Sym]struct{})
	for _, s := range funcs {
		if _, ok := seen[s]; !ok {
			f(s)
			seen[s] = struct{}{}
		}
`,
      `	seen := make([]bool, ldr.NSym())
	for _, s := range funcs {
		if !seen[s] {
			f(s)
			seen[s] = true
		}
`,
    ],
    [
      `			if _, ok := seen[call]; !ok {
				f(call)
				seen[call] = struct{}{}
			}
`,
      `			if !seen[call] {
				f(call)
				seen[call] = true
			}
`,
    ],
  ],
  // Where the name of a function stands.
  [
    pcln,
    [
      'fi loader.FuncInfo, arch *sys.Arch, nameOffsets map[loader.Sym]uint32)',
      'fi loader.FuncInfo, arch *sys.Arch, nameOffsets proxygroundOffsets)',
    ],
    [
      'nameOffsets map[loader.Sym]uint32) map[loader.Sym]loader.Sym {',
      'nameOffsets proxygroundOffsets) map[loader.Sym]loader.Sym {',
    ],
    ['funcs []loader.Sym) map[loader.Sym]uint32 {', 'funcs []loader.Sym) proxygroundOffsets {'],
    ['make(map[loader.Sym]uint32, state.nfunc)', 'make(proxygroundOffsets, ctxt.loader.NSym())'],
    ['nameOffsets[s] = uint32(size)\n', 'nameOffsets[s] = uint32(size) + 1\n'],
    [
      `		for s, off := range nameOffsets {
			symtab.AddCStringAt(int64(off), ctxt.loader.SymName(s))
		}
`,
      `		for s, off := range nameOffsets {
			if off != 0 {
				symtab.AddCStringAt(int64(off-1), ctxt.loader.SymName(loader.Sym(s)))
			}
		}
`,
    ],
    ['nameOff, ok := nameOffsets[call.Func]', 'nameOff, ok := nameOffsets.of(call.Func)'],
    ['nameOff, ok := nameOffsets[s]', 'nameOff, ok := nameOffsets.of(s)'],
    ['cuOffsets []uint32, nameOffsets map[loader.Sym]uint32)', 'cuOffsets []uint32, nameOffsets proxygroundOffsets)'],
    ['cuOffsets []uint32, nameOffsets map[loader.Sym]uint32)', 'cuOffsets []uint32, nameOffsets proxygroundOffsets)'],
  ],
  // A file of a package is looked up by its name once.
  [
    pcln,
    [
      '	var fileSize int64\n	walkFilenames(',
      '	var fileSize int64\n	known := make([][]bool, len(compUnits))\n	walkFilenames(',
    ],
    [
      '		filename := cu.FileTable[i]\n		if _, ok := fileOffsets[filename]; !ok {',
      `		if known[cu.PclnIndex] == nil {
			known[cu.PclnIndex] = make([]bool, len(cu.FileTable))
		}
		if known[cu.PclnIndex][i] {
			return
		}
		known[cu.PclnIndex][i] = true
		filename := cu.FileTable[i]
		if _, ok := fileOffsets[filename]; !ok {`,
    ],
  ],
  // Tables of one function that another has as well.
  [
    pcln,
    [
      `	seen := make(map[loader.Sym]struct{})
	saveOffset := func(pcSym loader.Sym) {
		if _, ok := seen[pcSym]; !ok {
`,
      `	seen := make([]bool, ldr.NSym())
	var saved []loader.Sym
	saveOffset := func(pcSym loader.Sym) {
		if !seen[pcSym] {
`,
    ],
    ['			seen[pcSym] = struct{}{}\n', '			seen[pcSym] = true\n			saved = append(saved, pcSym)\n'],
    ['		for sym := range seen {\n', '		for _, sym := range saved {\n'],
  ],
  [
    pcln,
    ['	seen := make(map[loader.Sym]struct{}, len(funcs))\n', '	seen := make([]bool, ldr.NSym())\n'],
    [
      `			if _, ok := seen[fdSym]; !ok {
				fdSyms = append(fdSyms, fdSym)
				seen[fdSym] = struct{}{}
			}
`,
      `			if !seen[fdSym] {
				fdSyms = append(fdSyms, fdSym)
				seen[fdSym] = true
			}
`,
    ],
    [
      `	slices.SortStableFunc(fdSyms, func(a, b loader.Sym) int {
		aAlign := symalign(ldr, a)
		bAlign := symalign(ldr, b)

		// Remember maximum alignment.
		maxAlign = max(maxAlign, aAlign, bAlign)

		// Negate to sort by decreasing alignment.
		return -cmp.Compare(aAlign, bAlign)
	})
`,
      '	fdSyms, maxAlign = proxygroundByAlign(ldr, fdSyms)\n',
    ],
    ['	"cmp"\n', ''],
    ['	"slices"\n', ''],
  ],
  // The symbol with what was inlined into a function.
  [
    pcln,
    ['inlSyms := make(map[loader.Sym]loader.Sym)', 'inlSyms := make([]loader.Sym, ldr.NSym())'],
    ['map[loader.Sym]loader.Sym', '[]loader.Sym'],
    ['map[loader.Sym]loader.Sym', '[]loader.Sym'],
    ['map[loader.Sym]loader.Sym', '[]loader.Sym'],
    ['map[loader.Sym]loader.Sym', '[]loader.Sym'],
    ['	ninl := fi.NumInlTree()\n', '	ninl := fi.NumInlTree()\n	inlTreeSym.Grow(16 * int64(ninl))\n'],
  ],
  // Numbers go where they stand, and what belongs to a function is listed once.
  [
    pcln,
    ...Array.from({ length: 18 }, () => ['sb.SetUint32(ctxt.Arch, ', 'proxygroundSet(sb, ']),
    ['funcdata = funcData(ldr, s, fi, 0, funcdata)', 'funcdata = funcData(ldr, s, fi, inlSyms[s], funcdata)'],
    ['		funcdata = funcData(ldr, s, fi, inlSyms[s], funcdata)\n		// Missing funcdata', '		// Missing funcdata'],
  ],
  // No module has dynamic relocations.
  [
    data,
    [
      '	if ctxt.HeadType == objabi.Hwindows {\n		return\n	}\n	// -d suppresses',
      '	if ctxt.IsWasm() {\n		return\n	}\n	// -d suppresses',
    ],
  ],
  // What is reached does not depend on the order in which it is visited.
  ['cmd/link/internal/ld/deadcode.go', ['	wq   heap ', '	wq   proxygroundStack ']],
  // What does not depend on main was visited at rest (reach.go).
  [
    'cmd/link/internal/ld/deadcode.go',
    [
      '	d.ifaceMethod = make(map[methodsig]bool)\n	d.genericIfaceMethod = make(map[string]bool)\n',
      `	if d.ifaceMethod == nil {
		d.ifaceMethod = make(map[methodsig]bool)
		d.genericIfaceMethod = make(map[string]bool)
	}
`,
    ],
    ['	d.dynlink = d.ctxt.DynlinkingGo()\n', '	d.dynlink = d.ctxt.Loaded && d.ctxt.DynlinkingGo()\n'],
    [
      '	ldr := ctxt.loader\n	d := deadcodePass{ctxt: ctxt, ldr: ldr}\n	d.init()\n	d.flood()\n',
      '	d := ctxt.proxygroundReach()\n	d.flood()\n',
    ],
    ['func deadcode(ctxt *Link) {', 'func init() { proxygroundReaches = true }\n\nfunc deadcode(ctxt *Link) {'],
  ],
  // Symbols of a section by size, then by number: two 32-bit numbers in one.
  [
    data,
    [
      '	// Perform the sort.\n	if symn != sym.SPCLNTAB {\n',
      `	// Perform the sort.
	if symn != sym.SPCLNTAB && sortBySize && head == 0 && tail == 0 && proxygroundSort(sl, zerobase) {
		// done
	} else if symn != sym.SPCLNTAB {
`,
    ],
  ],
  // Functions by kind, those of a kind in the order that they have.
  [
    data,
    [
      `	sort.SliceStable(ctxt.Textp, func(i, j int) bool {
		return ldr.SymType(ctxt.Textp[i]) < ldr.SymType(ctxt.Textp[j])
	})
`,
      '	proxygroundByKind(ldr, ctxt.Textp)\n',
    ],
  ],
]

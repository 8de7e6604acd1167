// Loops of Go's linker written otherwise, for a machine where maps, allocations and calls through interfaces are dear: what
// is written stays the same byte for byte. Place below GOROOT/src, then texts and what takes their place; each entry stands
// or falls by itself where another Go has other texts (warm.mjs).

import { quickerTables } from './warm-tables.mjs'

/** These save time. */
export const quickerLink = [
  ...quickerTables,
  // What was read stays as it is, as where files are mapped: names need no copies.
  [
    'cmd/link/internal/loader/loader.go',
    ['goobj.NewReaderFromBytes(roObject, readonly)', 'goobj.NewReaderFromBytes(roObject, readonly || true)'],
  ],
  // All functions in one buffer, names in one pass, the data section by itself.
  [
    'cmd/link/internal/wasm/asm.go',
    [
      '\tfns := make([]*wasmFunc, len(ctxt.Textp))\n',
      '\tfns := make([]*wasmFunc, len(ctxt.Textp))\n\tcode := make([]byte, 0, proxygroundSize(ldr, ctxt.Textp))\n\tbodies := make([]wasmFunc, len(fns))\n',
    ],
    [
      `		} else {
			// Relocations have variable length, handle them here.
`,
      `		} else if from := len(code); proxygroundCode(&code, ldr, fn, int64(len(hostImports)), hostImportMap) {
			wfn = bytes.NewBuffer(code[from:len(code):len(code)])
		} else {
			// Relocations have variable length, handle them here.
`,
    ],
    [
      'fns[i] = &wasmFunc{Name: name, Type: typ, Code: wfn.Bytes()}',
      'fns[i] = &bodies[i]\n\t\tbodies[i] = wasmFunc{Name: name, Type: typ, Code: wfn.Bytes()}',
    ],
    ['nameRegexp.ReplaceAllString(ldr.SymName(fn), "_")', 'proxygroundName(ldr.SymName(fn))'],
    // Numbers and the whole module without a call or an allocation for each byte or piece.
    [
      'func writeSleb128(w io.ByteWriter, v int64) {\n',
      'func writeSleb128(w io.ByteWriter, v int64) {\n\tif proxygroundWriteSleb(w, v) {\n\t\treturn\n\t}\n',
    ],
    [
      '\tsizeOffset := writeSecHeader(ctxt, sectionData)\n',
      `	sizeOffset := writeSecHeader(ctxt, sectionData)
	if proxygroundData(ctxt.Out) {
		writeSecSize(ctxt, sizeOffset)
		return
	}
`,
    ],
    [
      '\tctxt.Out.Write([]byte{0x00, 0x61, 0x73, 0x6d}) // magic\n',
      '\tproxygroundReserve(ctxt.Out, fns)\n\tctxt.Out.Write([]byte{0x00, 0x61, 0x73, 0x6d}) // magic\n',
    ],
  ],
  // A byte at the end of what is written so far.
  [
    'cmd/link/internal/ld/outbuf.go',
    [
      `func (out *OutBuf) Write8(v uint8) {
`,
      `func (out *OutBuf) Write8(v uint8) {
	if len(out.buf) == 0 && out.off == int64(len(out.heap)) && out.off < maxOutBufHeapLen && !out.isView {
		out.heap = append(out.heap, v)
		out.off++
		return
	}
`,
    ],
  ],
  // What is not linked is in no table; a module has no table of symbols at all.
  [
    'cmd/link/internal/ld/symtab.go',
    [
      `	for s := loader.Sym(1); s < nsym; s++ {
		if (!ctxt.IsExternal()`,
      `	for s := loader.Sym(1); s < nsym; s++ {
		if !ldr.AttrReachable(s) {
			continue
		}
		if !ctxt.IsWasm() && (!ctxt.IsExternal()`,
    ],
  ],
  // The table of functions by address has a byte for each 256 addresses, and a function of WebAssembly 65,536 of them:
  // filled function by function, written where it stands.
  [
    'cmd/link/internal/ld/pcln.go',
    [
      `		for i := int32(0); i < n; i++ {
			indexes[i] = NOIDX
		}
`,
      '\t\tproxygroundFill(indexes, NOIDX)\n',
    ],
    [
      `			for ; p < q; p += SUBBUCKETSIZE {
				i = int((p - min) / SUBBUCKETSIZE)
				if indexes[i] > idx {
					indexes[i] = idx
				}
			}
`,
      `			if p < q {
				first := (p - min) / SUBBUCKETSIZE
				proxygroundBuckets(indexes[first:first+(q-p+SUBBUCKETSIZE-1)/SUBBUCKETSIZE], idx)
			}
`,
    ],
    ['\t\t// fill in table\n', '\t\ttable := t.Data()\n'],
    [
      't.SetUint32(ctxt.Arch, int64(i)*(4+SUBBUCKETS), uint32(base))',
      `row := table[int(i)*(4+SUBBUCKETS):]
			ctxt.Arch.ByteOrder.PutUint32(row, uint32(base))
			if last := (i+1)*SUBBUCKETS - 1; last < n && indexes[last] == base {
				clear(row[4 : 4+SUBBUCKETS])
				continue
			}`,
    ],
    [
      't.SetUint8(ctxt.Arch, int64(i)*(4+SUBBUCKETS)+4+int64(j), uint8(idx-base))',
      'table[int(i)*(4+SUBBUCKETS)+4+int(j)] = uint8(idx - base)',
    ],
  ],
]

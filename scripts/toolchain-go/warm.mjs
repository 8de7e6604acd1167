// Go's compiler and linker are commands: each run starts the runtime and lets the memory grow anew, and the linker reads two
// hundred archives of which an edit changes one. Built as reactors (toolchains/go/tools/_overlay) they begin where
// they were when their memory was kept. Go's own sources take part unchanged but for the lines below; that the output stays the
// same byte for byte is tested (src/compile-worker/toolchains/go/go-native.test.ts).
import { existsSync, readFileSync } from 'node:fs'
import { pathOf } from '../setup/paths.mjs'

export const toolSources = pathOf('toolchains/go/tools')
const laid = (name) => `${toolSources}/_overlay/${name}`

/** Place below GOROOT/src → our file. */
const added = {
  compile: { 'cmd/compile/proxyground.go': laid('run.go') },
  link: {
    'cmd/link/proxyground.go': laid('run.go'),
    'cmd/link/proxyground_prepare.go': laid('prepare.go'),
    'cmd/link/internal/ld/proxyground.go': laid('ld.go'),
    'cmd/link/internal/loader/proxyground.go': laid('loader.go'),
    // Go takes one of the two by its own version.
    'cmd/link/internal/loader/proxyground_linkname.go': laid('linkname_go124.go'),
    'cmd/link/internal/loader/proxyground_linkname127.go': laid('linkname_go127.go'),
    'cmd/link/internal/wasm/proxyground.go': laid('wasm.go'),
  },
}

/** Memory that the host kept is there already when the program asks for it again. */
const memory = [
  'runtime/mem_wasm.go',
  [
    `	if bl+n > blocMax {
		grow := (bl + n - blocMax) / physPageSize
		size := growMemory(int32(grow))
		if size < 0 {
			return nil
		}
		resetMemoryDataView()
		blocMax = bl + n
	}`,
    `	if have := uintptr(currentMemory()) * physPageSize; bl+n > have {
		grow := (bl + n - have) / physPageSize
		// Each step is dear; what is too much is used by the next.
		if grow < 512 && growMemory(512) >= 0 {
			grow = 0
		}
		if grow > 0 && growMemory(int32(grow)) < 0 {
			return nil
		}
		resetMemoryDataView()
	}
	if bl+n > blocMax {
		blocMax = bl + n
	}`,
  ],
]

/** Without these the programs are commands. */
const needed = {
  compile: [memory],
  link: [
    memory,
    ['cmd/link/internal/ld/lib.go', ['\tctxt.loader.LoadSyms(ctxt.Arch)\n', '\tctxt.proxygroundLoadSyms()\n']],
  ],
}

/** These save time, each by itself. */
const quicker = {
  compile: [],
  link: [
    // What was read stays as it is, as where files are mapped: names need no copies.
    [
      'cmd/link/internal/loader/loader.go',
      ['goobj.NewReaderFromBytes(roObject, readonly)', 'goobj.NewReaderFromBytes(roObject, readonly || true)'],
    ],
    // Names and buffers of functions in one pass, runs of zeroes eight bytes at a time.
    [
      'cmd/link/internal/wasm/asm.go',
      ['\t\twfn := new(bytes.Buffer)\n', '\t\twfn := new(bytes.Buffer)\n\t\twfn.Grow(proxygroundSize(ldr, fn))\n'],
      ['nameRegexp.ReplaceAllString(ldr.SymName(fn), "_")', 'proxygroundName(ldr.SymName(fn))'],
      [
        `for segmentEnd < dataLen && data[segmentEnd] != 0 {
						segmentEnd++
					}`,
        'segmentEnd += proxygroundUntilZero(data[segmentEnd:])',
      ],
      // Numbers, segments and the whole module without a call or an allocation for each byte or piece.
      [
        'func writeSleb128(w io.ByteWriter, v int64) {\n',
        'func writeSleb128(w io.ByteWriter, v int64) {\n\tif proxygroundWriteSleb(w, v) {\n\t\treturn\n\t}\n',
      ],
      ['\tvar segments []*dataSegment\n', '\tsegments := make([]dataSegment, 0, maxNumSegments)\n'],
      ['append(segments, &dataSegment{', 'append(segments, dataSegment{'],
      [
        `		writeUleb128(ctxt.Out, 0) // memidx
		writeI32Const(ctxt.Out, seg.offset)
		ctxt.Out.WriteByte(0x0b) // end
		writeUleb128(ctxt.Out, uint64(len(seg.data)))
		ctxt.Out.Write(seg.data)
`,
        '\t\tproxygroundSegment(ctxt.Out, seg.offset, seg.data)\n',
      ],
      [
        '\tctxt.Out.Write([]byte{0x00, 0x61, 0x73, 0x6d}) // magic\n',
        '\tproxygroundReserve(ctxt.Out, fns)\n\tctxt.Out.Write([]byte{0x00, 0x61, 0x73, 0x6d}) // magic\n',
      ],
      [
        `for zeroEnd < dataLen && data[zeroEnd] == 0 {
						zeroEnd++
					}`,
        'zeroEnd += proxygroundZeroes(data[zeroEnd:])',
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
    // What is not linked is in no table.
    [
      'cmd/link/internal/ld/symtab.go',
      [
        `	for s := loader.Sym(1); s < nsym; s++ {
		if (!ctxt.IsExternal()`,
        `	for s := loader.Sym(1); s < nsym; s++ {
		if !ldr.AttrReachable(s) {
			continue
		}
		if (!ctxt.IsExternal()`,
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
  ],
}

/** The text of a file with the edits, undefined when one of them finds nothing to change. */
function edited(go, texts, [place, ...edits]) {
  const path = `${go.root}/src/${place}`
  if (texts[place] === undefined && !existsSync(path)) return undefined
  let text = texts[place] ?? readFileSync(path, 'utf8')
  for (const [from, to] of edits) {
    if (!text.includes(from)) return undefined
    text = text.replace(from, () => to)
  }
  return text
}

/**
 * What the overlay of `name` (`compile`, `link`) has beside the one of one-target.mjs: `files`, place below GOROOT/src →
 * path, and `texts`, place → changed text. Undefined when this Go has other sources: then every run starts anew.
 */
export function warmTool(go, name) {
  const texts = {}
  for (const change of needed[name]) {
    const text = edited(go, texts, change)
    if (text === undefined) return undefined
    texts[change[0]] = text
  }
  for (const change of quicker[name]) {
    const text = edited(go, texts, change)
    if (text === undefined) console.error(`  ${change[0]} of this Go is another: ${name} is slower here`)
    else texts[change[0]] = text
  }
  return { files: added[name], texts }
}

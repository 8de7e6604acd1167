// Go's compiler and linker are commands: each run starts the runtime and lets the memory grow anew, and the linker reads two
// hundred archives of which an edit changes one. Built as reactors (toolchains/go/tools/_overlay) they begin where
// they were when their memory was kept. Go's own sources take part unchanged but for the lines below; that the output stays the
// same byte for byte is tested (src/compile-worker/toolchains/go/go-native.test.ts).
import { existsSync, readFileSync } from 'node:fs'
import { pathOf } from '../setup/paths.mjs'
import { quickerLink } from './warm-link.mjs'

export const toolSources = pathOf('toolchains/go/tools')
const laid = (name) => `${toolSources}/_overlay/${name}`

/** Place below GOROOT/src → our file. */
const added = {
  compile: { 'cmd/compile/proxyground.go': laid('run.go') },
  link: {
    'cmd/link/proxyground.go': laid('run.go'),
    'cmd/link/proxyground_prepare.go': laid('prepare.go'),
    'cmd/link/internal/ld/proxyground.go': laid('ld.go'),
    'cmd/link/internal/ld/proxyground_reach.go': laid('reach.go'),
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
  for (const change of name === 'link' ? quickerLink : []) {
    const text = edited(go, texts, change)
    if (text === undefined) console.error(`  ${change[0]} of this Go is another: ${name} is slower here`)
    else texts[change[0]] = text
  }
  return { files: added[name], texts }
}

// What plugins reach of the archives. Go's own linker says it: built for this machine with one method more, it links programs
// that use the SDK and what plugins use of the standard library, and writes down every symbol it kept. The rest is left
// out of the lean packs (lean-object.mjs); a plugin that needs more gets the full ones.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { probePrograms } from './probe-programs.mjs'
import { keep, sha256 } from './programs.mjs'
import { runGo, target } from './run-go.mjs'

/** Writes `package<tab>object<tab>symbol<tab>name` of every symbol that is reachable, name only for those found by it. */
const dump = `package loader

import (
	"bufio"
	"fmt"
	"os"
)

func (l *Loader) ProxygroundDump() {
	file, err := os.Create(os.Getenv("PROXYGROUND_DUMP"))
	if err != nil {
		panic(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	defer out.Flush()
	ordinal := map[uint32]int{}
	seen := map[string]int{}
	for _, r := range l.objs {
		if r == nil || r.unit == nil {
			continue
		}
		ordinal[r.objidx] = seen[r.unit.Lib.Pkg]
		seen[r.unit.Lib.Pkg]++
	}
	for i := Sym(1); int(i) < len(l.objSyms); i++ {
		if !l.attrReachable.Has(i) || l.IsExternal(i) {
			continue
		}
		r, li := l.toLocal(i)
		if r.unit == nil {
			continue
		}
		name := ""
		if li >= uint32(r.ndef+r.nhashed64def+r.nhasheddef) {
			name = l.SymName(i)
		}
		fmt.Fprintf(out, "%s\\t%d\\t%d\\t%s\\n", r.unit.Lib.Pkg, ordinal[r.objidx], li, name)
	}
}
`

function dumpOverlay(go, folder) {
  mkdirSync(folder, { recursive: true })
  const deadcode = `${go.root}/src/cmd/link/internal/ld/deadcode.go`
  const text = readFileSync(deadcode, 'utf8')
  // Before the linker replaces the initialisers of packages by copies of its own.
  const changed = text.replace(/^\tif \*flagPruneWeakMap \{\n/m, (head) => `\tctxt.loader.ProxygroundDump()\n${head}`)
  if (changed === text) throw new Error('this Go has another linker')
  writeFileSync(`${folder}/deadcode.go`, changed)
  writeFileSync(`${folder}/dump.go`, dump)
  const replace = {
    [deadcode]: `${folder}/deadcode.go`,
    [`${go.root}/src/cmd/link/internal/loader/proxyground.go`]: `${folder}/dump.go`,
  }
  writeFileSync(`${folder}/overlay.json`, JSON.stringify({ Replace: replace }))
  return `${folder}/overlay.json`
}

/**
 * `{ symbols, names }`: by import path the indices of reachable symbols, and the names of those that any archive may
 * define. Undefined when this Go cannot be asked (a linker of another shape): there are no lean packs then.
 */
export async function reachableSymbols(go, packages, parallel) {
  const folder = mkdtempSync(`${tmpdir()}/proxyground-reachable-`)
  try {
    const linker = await keep('link-dump', sha256(go.version, dump, dumpOverlay.toString()), async (output, place) => {
      const args = ['build', parallel, '-overlay', dumpOverlay(go, `${place}/overlay`), '-o', output, 'cmd/link']
      await runGo(go, args, { cwd: `${go.root}/src`, env: { GOWORK: 'off', GOOS: '', GOARCH: '' } })
    })
    const probes = probePrograms(packages)
    // Go names archives after their content, so that the paths tell whether anything has changed.
    const paths = packages.map(({ Export }) => Export)
    const known = await keep('reachable', sha256(go.version, dump, ...paths, ...probes), async (output) => {
      writeFileSync(output, JSON.stringify(await probe(go, linker, folder, packages, probes)))
    })
    const { symbols, names } = JSON.parse(readFileSync(known, 'utf8'))
    return { symbols: new Map(symbols.map(([path, kept]) => [path, new Set(kept)])), names: new Set(names) }
  } catch (error) {
    console.error(`  no lean packs: ${error instanceof Error ? error.message : error}`)
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Links every program; gives what was reached as JSON can hold it. */
async function probe(go, linker, folder, packages, probes) {
  const config = packages.map(({ ImportPath, Export }) => `packagefile ${ImportPath}=${Export}\n`).join('')
  writeFileSync(`${folder}/importcfg`, config)
  const found = { symbols: new Map(), names: new Set() }
  for (const text of probes) await link(go, linker, folder, text, found)
  return { symbols: [...found.symbols].map(([path, kept]) => [path, [...kept]]), names: [...found.names] }
}

async function link(go, linker, folder, text, { symbols, names }) {
  writeFileSync(`${folder}/main.go`, text)
  const shared = ['-p', 'main', '-lang=go1.24', '-complete', '-dwarf=false', '-c=2', '-importcfg', 'importcfg', '-pack']
  await runGo(go, ['tool', 'compile', '-o', 'main.a', ...shared, 'main.go'], { cwd: folder })
  const args = ['-o', 'out.wasm', '-importcfg', 'importcfg', '-buildmode=c-shared', '-w', 'main.a']
  const env = { ...process.env, ...target, PROXYGROUND_DUMP: `${folder}/dump` }
  execFileSync(linker, args, { cwd: folder, env, stdio: 'pipe' })
  for (const line of readFileSync(`${folder}/dump`, 'utf8').split('\n')) {
    const [path, object, symbol, name] = line.split('\t')
    if (symbol === undefined) continue
    if (name !== '') names.add(name)
    // The first object of an archive is the compiler's; the others are the assembler's.
    else if (object === '0') {
      if (!symbols.has(path)) symbols.set(path, new Set())
      symbols.get(path).add(Number(symbol))
    }
  }
}

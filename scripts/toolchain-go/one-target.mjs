// Go's compiler and linker know fourteen processors; the tab needs one. The overlay leaves out the others' entry points, so
// that the linker drops what only they reach: a quarter of the compiler. What stays is Go's own source, unchanged; that the
// output stays the same byte for byte is tested (src/compile-worker/toolchains/go/go-native.test.ts).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const others = 'amd64|arm|arm64|loong64|mips|mips64|ppc64|riscv64|s390x|x86'

/** File below GOROOT/src/cmd → patterns of the whole lines to leave out. A pattern that finds nothing changes nothing. */
const cuts = {
  'compile/main.go': [
    new RegExp(`^\\t"cmd/compile/internal/(?:${others})"\\n`, 'gm'),
    new RegExp(`^\\t"\\w+":\\s+(?:${others})\\.Init,\\n`, 'gm'),
  ],
  'compile/internal/ssa/config.go': [/^\t\tc\.(?:lower|lateLower|split)\w+ = rewrite(?:Block|Value)(?!Wasm)\w+\n/gm],
  'link/main.go': [
    new RegExp(`^\\t"cmd/link/internal/(?:${others})"\\n`, 'gm'),
    new RegExp(`^\\tcase [^\\n]*:\\n\\t\\tarch, theArch = (?:${others})\\.Init\\(\\)\\n`, 'gm'),
  ],
}

/** Writes the shortened files, and those that `warm` (warm.mjs) changes, below `folder`; returns the overlay for `go build -overlay`. */
export function oneTargetOverlay(go, folder, warm = { files: {}, texts: {} }) {
  mkdirSync(folder, { recursive: true })
  const replace = {}
  const write = (place, text) => {
    const path = `${folder}/${place.replaceAll('/', '_')}`
    writeFileSync(path, text)
    replace[`${go.root}/src/${place}`] = path
  }
  for (const [file, patterns] of Object.entries(cuts)) {
    const original = `${go.root}/src/cmd/${file}`
    if (!existsSync(original)) continue
    const text = readFileSync(original, 'utf8')
    write(
      `cmd/${file}`,
      patterns.reduce((left, pattern) => left.replace(pattern, ''), text),
    )
  }
  for (const [place, text] of Object.entries(warm.texts)) write(place, text)
  for (const [place, path] of Object.entries(warm.files)) replace[`${go.root}/src/${place}`] = path
  const overlay = `${folder}/overlay.json`
  writeFileSync(overlay, JSON.stringify({ Replace: replace }))
  return overlay
}

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

const targets = '386|AMD64|ARM64|ARM|LOONG64|MIPS64|MIPS|PPC64|RISCV64|S390X'
const operations = 'cmd/compile/internal/ssa/opGen.go'

/**
 * The compiler's table of operations with nothing about those of other processors: their places stay, for operations are
 * numbers. A table of another shape is left as it is.
 */
export function wasmOperations(text) {
  const [, names] = /\nconst \(\n(\tOpInvalid Op = iota\n.*?)\n\)/s.exec(text) ?? []
  const table = /\nvar opcodeTable = \[\.\.\.\]opInfo\{\n(.*?)\n\}\n/s.exec(text)
  if (names === undefined || table === null) return text
  const numbered = [...names.matchAll(/^\t(Op\w+)/gm)].map(([, name]) => name)
  const entries = table[1].match(/^\t\{(?:.*\},|\n(?:\t\t.*\n)*\t\},)$/gm) ?? []
  if (entries.length !== numbered.length) return text
  const isOther = new RegExp(`^Op(?:${targets})[A-Z]`)
  const kept = entries.map((entry, number) => (isOther.test(numbered[number]) ? '\t{},' : entry)).join('\n')
  const begin = table.index + table[0].indexOf(table[1])
  const rest = `${text.slice(0, begin)}${kept}${text.slice(begin + table[1].length)}`.replace(
    new RegExp(`^(var registers(?:${targets}) = \\[\\.\\.\\.\\]Register\\{)\\n(?:\\t.*\\n)*\\}`, 'gm'),
    '$1}',
  )
  // A package that is imported and not used is an error.
  const behind = rest.slice(rest.indexOf('\n)\n'))
  return rest.replace(/^\t"cmd\/internal\/obj\/(\w+)"\n/gm, (line, name) => (behind.includes(`${name}.`) ? line : ''))
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
  const table = `${go.root}/src/${operations}`
  if (existsSync(table)) write(operations, wasmOperations(readFileSync(table, 'utf8')))
  for (const [place, text] of Object.entries(warm.texts)) write(place, text)
  for (const [place, path] of Object.entries(warm.files)) replace[`${go.root}/src/${place}`] = path
  const overlay = `${folder}/overlay.json`
  writeFileSync(overlay, JSON.stringify({ Replace: replace }))
  return overlay
}

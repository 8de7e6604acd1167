import type { Diagnostic } from '../../../model/diagnostic.ts'

type Sources = Readonly<Record<string, string>>

/** `/w/main.go:26:9: message`; a message's further lines begin with a tab. The root is as the compiler was given it. */
const MESSAGE = /^(?:\/w\/|\.\/)?([^:\n]+\.go):(\d+)(?::(\d+))?: (.*)$/

/**
 * Go's messages as diagnostics. Go counts columns in bytes of UTF-8 and a tab as one; the editor counts UTF-16 units.
 * Lines that are no message (`too many errors`) stay in the output only.
 */
export function compilerDiagnostics(output: string, sources: Sources): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const lines = new Map<string, readonly string[]>()
  for (const text of output.split('\n')) {
    const last = found.at(-1)
    if (text.startsWith('\t') && last !== undefined) {
      found[found.length - 1] = { ...last, message: `${last.message}\n${text.trim()}` }
      continue
    }
    const match = MESSAGE.exec(text)
    if (match === null) continue
    const [, file = '', row = '1', byteColumn = '1', message = ''] = match
    const line = Number(row)
    const known = lines.get(file) ?? (sources[file] ?? '').split('\n')
    lines.set(file, known)
    const sourceLine = known[line - 1] ?? ''
    const column = utf16Column(sourceLine, Number(byteColumn))
    const width = wordLength(sourceLine.slice(column - 1))
    found.push({
      file,
      line,
      column,
      endLine: line,
      endColumn: column + width,
      severity: 'error',
      code: 'GO',
      message,
    })
  }
  return found
}

/** `link: duplicated definition of symbol NAME, from …`, `main.f: symbol too large`, `main.f: relocation target NAME not defined`. */
const SYMBOLS = /\bsymbol (\S+), from|\brelocation target (\S+) not defined|\b(main\.\S+): /g

/**
 * What the linker says speaks of symbols and has no places. A symbol that the plugin itself names, in a directive or by
 * declaring it, leads to that line; what leads nowhere is left out.
 */
export function linkerDiagnostics(output: string, sources: Sources): readonly Diagnostic[] {
  return output.split('\n').flatMap((text): Diagnostic[] => {
    if (MESSAGE.test(text) || text.startsWith('\t')) return []
    const names = [...text.matchAll(SYMBOLS)].map(([, twice, target, own]) => twice ?? target ?? own ?? '')
    const place = names.map((name) => placeOfSymbol(name, sources)).find((found) => found !== undefined)
    return place === undefined ? [] : [{ ...place, severity: 'error', code: 'GO', message: text.trim() }]
  })
}

type Place = Pick<Diagnostic, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'>

function placeOfSymbol(name: string, sources: Sources): Place | undefined {
  const escaped = name.replace(/^main\./, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const named = new RegExp(
    `^//go:(?:wasmexport|linkname[ \\t]+\\S+)[ \\t]+${escaped}(?=\\s|$)|^(?:func|var)[ \\t]+${escaped}\\b`,
    'm',
  )
  for (const [file, text] of Object.entries(sources)) {
    const match = file.endsWith('.go') ? named.exec(text) : null
    if (match === null) continue
    const line = text.slice(0, match.index).split('\n').length
    return { file, line, column: 1, endLine: line, endColumn: match[0].length + 1 }
  }
  return undefined
}

/** The UTF-16 column (1-based) of a byte column (1-based) of a line. */
export function utf16Column(line: string, byteColumn: number): number {
  let bytes = 0
  let units = 0
  for (const character of line) {
    if (bytes >= byteColumn - 1) break
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
    units += character.length
  }
  return units + 1
}

/** How much to mark: the identifier or number that stands there, else one character. */
function wordLength(text: string): number {
  return Math.max(1, /^[\p{L}\p{N}_]+/u.exec(text)?.[0].length ?? 1)
}

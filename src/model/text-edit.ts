import type { TextEdit } from './diagnostic.ts'

/**
 * Texts after edits that belong together, by path: only files that change. Undefined when an edit does not fit (a file is
 * not there, or its text has no such place), for then the edits speak about another text, and none may be made.
 */
export function withEdits(
  files: Readonly<Record<string, string>>,
  edits: readonly TextEdit[],
): Readonly<Record<string, string>> | undefined {
  const changed: Record<string, string> = {}
  for (const path of new Set(edits.map(({ file }) => file))) {
    const text = files[path]
    const own = edits.filter(({ file }) => file === path)
    const after = text === undefined ? undefined : edited(text, own)
    if (after === undefined) return undefined
    changed[path] = after
  }
  return changed
}

/** From the last place to the first, so that the places of the others stay true. */
function edited(text: string, edits: readonly TextEdit[]): string | undefined {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const offset = (line: number, column: number): number | undefined => {
    const start = starts[line - 1]
    const end = (starts[line] ?? text.length + 1) - 1
    return start === undefined || column < 1 || start + column - 1 > end ? undefined : start + column - 1
  }
  let result = text
  const last = [...edits].sort((a, b) => b.line - a.line || b.column - a.column)
  for (const edit of last) {
    const from = offset(edit.line, edit.column)
    const to = offset(edit.endLine, edit.endColumn)
    if (from === undefined || to === undefined || to < from) return undefined
    result = result.slice(0, from) + edit.text + result.slice(to)
  }
  return result
}

/** The line that a line (1-based) has become after the edits made above it in its file. */
export function lineAfter(path: string, line: number, edits: readonly TextEdit[]): number {
  const above = edits.filter((edit) => edit.file === path && edit.endLine <= line && edit.line < line)
  return above.reduce((at, edit) => at + edit.text.split('\n').length - 1 - (edit.endLine - edit.line), line)
}

/** A place in a text: 1-based line and column, columns counted in UTF-16 units as Monaco does. */
export type SourcePosition = { readonly line: number; readonly column: number }

/** Line and column of a UTF-16 offset. Offsets past the end give the end of the text. LF, CRLF and CR end a line. */
export function positionAt(text: string, offset: number): SourcePosition {
  const end = Math.min(Math.max(offset, 0), text.length)
  let line = 1
  let lineStart = 0
  for (let index = 0; index < end; index++) {
    const unit = text.charCodeAt(index)
    const ends = unit === 10 || (unit === 13 && text.charCodeAt(index + 1) !== 10)
    if (!ends) continue
    line++
    lineStart = index + 1
  }
  return { line, column: end - lineStart + 1 }
}

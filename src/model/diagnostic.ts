/** One message of a compiler, at a place in a file. */
export type Diagnostic = {
  readonly file: string
  /** 1-based line and column (UTF-16), end exclusive. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
}

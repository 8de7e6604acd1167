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
  /** What an own message speaks about (a module, a file), by name: for the catalogues, which know the `code`. */
  readonly about?: Readonly<Record<string, string>>
  /** Ways to put it right, the likeliest first. */
  readonly fixes?: readonly QuickFix[]
}

/** A repair that an editor offers at a diagnostic; `subject` is what the title names, e.g. the package to import. */
export type QuickFix = {
  readonly kind:
    | 'add-import'
    | 'remove-import'
    | 'remove-variable'
    | 'use-name'
    | 'add-brace'
    | 'add-main'
    | 'move-to-init'
    | 'set-go-version'
    | 'vet-fix'
  readonly subject: string
  /** They belong together, do not overlap, and all speak about the text as it was when it was checked. */
  readonly edits: readonly TextEdit[]
}

/** Replaces a range (1-based, UTF-16, end exclusive) of a file by `text`. */
export type TextEdit = {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly text: string
}

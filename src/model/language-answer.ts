/** A place in a file: 1-based line and column (UTF-16 units, as Monaco counts). */
export type SourcePlace = { readonly file: string; readonly line: number; readonly column: number }

/** End exclusive, same counting. */
export type SourceRange = SourcePlace & { readonly endLine: number; readonly endColumn: number }

/** What an editor asks of a language: about a place in a file, or for a whole file. */
export type LanguageQuestion =
  | { readonly ask: 'complete' | 'hover' | 'definition' | 'signature'; readonly at: SourcePlace }
  /** gofmt; `imports` also adds what is missing and drops what is unused (as goimports does). */
  | { readonly ask: 'format' | 'imports'; readonly file: string }

export type CompletionItem = {
  readonly label: string
  readonly kind:
    | 'function'
    | 'method'
    | 'field'
    | 'variable'
    | 'constant'
    | 'type'
    | 'interface'
    | 'package'
    | 'keyword'
  /** Type or signature, one line. */
  readonly detail: string
  /** Text to insert; `$0` and `${1:name}` are places to fill when `snippet` is true. */
  readonly insert: string
  readonly snippet: boolean
  /** Import path to add to the file when the item is chosen, if it is not imported yet. */
  readonly addImport?: string
  readonly documentation?: string
}

export type LanguageAnswer =
  | { readonly ask: 'complete'; readonly replace: SourceRange; readonly items: readonly CompletionItem[] }
  /** Markdown-free text: a declaration in the language, then its documentation. */
  | { readonly ask: 'hover'; readonly range: SourceRange; readonly code: string; readonly documentation: string }
  /** `text` is given when the file is not one of the plugin's (SDK or standard library source, read only). */
  | { readonly ask: 'definition'; readonly range: SourceRange; readonly text?: string }
  | {
      readonly ask: 'signature'
      readonly label: string
      readonly parameters: readonly string[]
      readonly active: number
      readonly documentation: string
    }
  /** The whole new text of the file. */
  | { readonly ask: 'format' | 'imports'; readonly text: string }
  | { readonly ask: 'nothing' }
  | { readonly ask: 'unavailable'; readonly message: string }

import type { TextEdit } from './diagnostic.ts'

/** A place in a file: 1-based line and column (UTF-16 units, as Monaco counts). */
export type SourcePlace = { readonly file: string; readonly line: number; readonly column: number }

/** End exclusive, same counting. */
export type SourceRange = SourcePlace & { readonly endLine: number; readonly endColumn: number }

/** What an editor asks of a language: about a place in a file, or for a whole file. */
export type LanguageQuestion =
  | { readonly ask: 'complete' | 'hover' | 'definition' | 'signature' | 'references'; readonly at: SourcePlace }
  /** Another name for what the name at the place stands for. */
  | { readonly ask: 'rename'; readonly at: SourcePlace; readonly to: string }
  /** gofmt; `imports` also adds what is missing and drops what is unused (as goimports does). */
  | { readonly ask: 'format' | 'imports' | 'outline'; readonly file: string }

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

/** Something that a file declares. */
export type OutlineItem = {
  readonly label: string
  readonly kind: CompletionItem['kind']
  /** Type or signature, one line. */
  readonly detail: string
  readonly range: SourceRange
  /** Where its name stands. */
  readonly name: SourceRange
  /** Fields of a struct, methods of an interface. */
  readonly children: readonly OutlineItem[]
}

/**
 * Why something keeps its name: it is not the plugin's, the new name is none, the plugin does not compile as it is or
 * would not with the new name (both with what the compiler says), or a name would then stand for something else.
 */
export type RenameRefusal = 'not-own' | 'no-name' | 'broken' | 'does-not-compile' | 'means-else'

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
  /** Every place in the plugin's own files, by file and line. */
  | { readonly ask: 'references'; readonly places: readonly (SourceRange & { readonly declares: boolean })[] }
  | { readonly ask: 'rename'; readonly edits: readonly TextEdit[] }
  | { readonly ask: 'not-renamed'; readonly reason: RenameRefusal; readonly message: string }
  /** In the order of the file. */
  | { readonly ask: 'outline'; readonly items: readonly OutlineItem[] }
  /** The whole new text of the file. */
  | { readonly ask: 'format' | 'imports'; readonly text: string }
  | { readonly ask: 'nothing' }
  | { readonly ask: 'unavailable'; readonly message: string }

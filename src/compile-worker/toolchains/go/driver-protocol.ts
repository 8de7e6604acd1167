import type { Diagnostic, TextEdit } from '../../../model/diagnostic.ts'
import type { OutlineItem, RenameRefusal } from '../../../model/language-answer.ts'
import type { GoSdk } from '../../api.ts'
import type { CompletionItem, SourcePlace, SourceRange } from '../../language-service.ts'

/**
 * What the compile worker and the Go driver (`toolchains/go/driver`, a warm wasip1 reactor) say to each other. Its mirror
 * is `toolchains/go/driver/internal/protocol`; a vitest sends every operation through the real program.
 *
 * A call: `proxyground_buffer(size)` answers an address; write the request there as UTF-8 JSON; `proxyground_request(size)`
 * answers `address << 32 | length` of the answer (an i64, unsigned). The answer is valid until the next call. A call that
 * throws (a trap, the stack's end) spoils the instance: drop it, make a new one, and answer `internal` in its place.
 *
 * What the driver reads through WASI, all of it optional and read when needed:
 * - `/pkg/<import path>.x`: an `ar` archive whose first member is `__.PKGDEF`, i.e. what `compile` reads too;
 * - `/pkg/index.json`: `PackageIndex`, what there is to import;
 * - `/docs/<import path>.json`: `PackageDocs`, made by `toolchains/go/driver/cmd/index` when the bundle is built.
 * Packages that came later are seen after a `reset`; docs are looked for until they are there.
 *
 * All places are 1-based, columns in UTF-16 units, ends exclusive. Files are paths inside `plugins/<name>/`.
 */
export type DriverRequest =
  | (DriverPlugin & { readonly op: 'plan' | 'check' })
  | (DriverPlugin & { readonly op: 'format' | 'imports' | 'outline'; readonly file: string })
  | (DriverPlugin & {
      readonly op: 'complete' | 'hover' | 'definition' | 'signature' | 'references'
      readonly at: SourcePlace
    })
  | (DriverPlugin & { readonly op: 'rename'; readonly at: SourcePlace; readonly to: string })
  /** Forgets everything read and checked: after `/pkg` changed, or to give memory back. */
  | { readonly op: 'reset' }

type DriverPlugin = { readonly sdk: GoSdk; readonly sources: Readonly<Record<string, string>> }

/** `/pkg/index.json`. */
export type PackageIndex = {
  /** As the toolchain prints it, e.g. `go1.26.8`. */
  readonly goVersion: string
  /**
   * By import path; `name` as in the package clause; no `module` for the standard library; `imports` only those outside
   * the standard library (they say which modules a program uses, and what a plugin's own copy may not replace).
   */
  readonly packages: Readonly<
    Record<string, { readonly name: string; readonly module?: string; readonly imports?: readonly string[] }>
  >
  /** By module path: what the bundle holds, as `go list -m` has it (`sum` from go.sum; '' for our own modules). */
  readonly modules: Readonly<Record<string, { readonly version: string; readonly sum: string }>>
  /** Modules that take the place of `standsFor` in programs which select one of `identifiers` (sdk/go/styles.json). */
  readonly styles?: readonly {
    readonly standsFor: string
    readonly module: string
    /** Below both paths. */
    readonly packages: readonly string[]
    readonly identifiers: readonly string[]
  }[]
}

/** `/docs/<import path>.json`: what hover and definition need of a package's source. */
export type PackageDocs = {
  readonly doc: string
  /** File names in the sources pack, relative to the package. */
  readonly files: readonly string[]
  /** By `Name` or `Type.Member`: [index into `files`, line, column, documentation]. */
  readonly symbols: Readonly<Record<string, readonly [number, number, number, string]>>
}

export type DriverAnswer =
  | DriverPlan
  /** `plan` or `check` found errors (and perhaps warnings): nothing to compile. */
  | { readonly kind: 'rejected'; readonly diagnostics: readonly Diagnostic[] }
  /** `check` found no error; warnings only. */
  | { readonly kind: 'checked'; readonly diagnostics: readonly Diagnostic[] }
  /** `format`, `imports`: the whole new text; a file that does not parse is answered `rejected`. */
  | { readonly kind: 'text'; readonly text: string }
  /** The likeliest item first. */
  | { readonly kind: 'complete'; readonly replace: SourceRange; readonly items: readonly CompletionItem[] }
  | { readonly kind: 'hover'; readonly range: SourceRange; readonly code: string; readonly documentation: string }
  /** A place in the plugin, or in a package of the bundle: then the worker fetches the text from the sources pack. */
  | { readonly kind: 'definition'; readonly range: SourceRange }
  | { readonly kind: 'definition-outside'; readonly importPath: string; readonly range: SourceRange }
  | {
      readonly kind: 'signature'
      readonly label: string
      readonly parameters: readonly string[]
      readonly active: number
      readonly documentation: string
    }
  /** Places in the plugin's own files, by file and line; also of what is declared elsewhere. */
  | {
      readonly kind: 'references'
      readonly name: string
      readonly places: readonly (SourceRange & { readonly declares: boolean })[]
    }
  /** The plugin was checked with them: it compiles, and each name stands for what it stood for. */
  | { readonly kind: 'renamed'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'not-renamed'; readonly reason: RenameRefusal; readonly message: string }
  | { readonly kind: 'outline'; readonly items: readonly OutlineItem[] }
  | { readonly kind: 'nothing' }
  /** A bug of ours, or a request that the driver does not understand. */
  | { readonly kind: 'internal'; readonly message: string }

/** What to compile, in order (the last one is `main`), and what to link. */
export type DriverPlan = {
  readonly kind: 'plan'
  readonly packages: readonly PlannedPackage[]
  readonly link: {
    /** Every package of the bundle that the plugin imports directly; the manifest knows what those need. */
    readonly imports: readonly string[]
    /** The line `modinfo "…"` of the link's importcfg, as cmd/go writes it. */
    readonly modinfo: string
    /** Flags of `link` that depend on the plugin, e.g. `-X=runtime.godebugDefault=…`. */
    readonly flags: readonly string[]
  }
  readonly warnings: readonly Diagnostic[]
  /** What was assumed, one sentence a line (no go.mod …), for the Build tab. */
  readonly notes: readonly string[]
}

export type PlannedPackage = {
  /** As `compile -p` takes it: `main` for the plugin's own. */
  readonly importPath: string
  /** Paths of its sources in the plugin, in the order to pass them. */
  readonly files: readonly string[]
  /** Sources that the driver adds, passed after `files`; the path is in no plugin. */
  readonly generated: readonly { readonly path: string; readonly text: string }[]
  /** Lines of the importcfg: `importPath` of a package of this plan, or of the bundle. */
  readonly imports: readonly { readonly importPath: string; readonly from: 'plugin' | 'bundle' }[]
  /** `importmap` lines: what the source says → the package that stands for it. */
  readonly importMap: Readonly<Record<string, string>>
  /** Flags of `compile` that depend on the package: `-p`, `-lang`, `-complete`. */
  readonly flags: readonly string[]
  /** The file for `-embedcfg`: patterns → files (both as written in the source), files → paths in the plugin. */
  readonly embed?: {
    readonly patterns: Readonly<Record<string, readonly string[]>>
    readonly files: Readonly<Record<string, string>>
  }
}

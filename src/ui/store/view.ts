import type { StreamId } from '../../model/brand.ts'
import type { LinkFailure } from '../../model/share/link.ts'
import type { Language } from '../../text/catalogue.ts'
import type { LineNote } from '../run/line-notes.ts'
import type { FilesChange } from './take-back.ts'

export type Theme = 'system' | 'light' | 'dark' | 'contrast-light' | 'contrast-dark'
export type RunTab = 'timeline' | 'response' | 'upstream' | 'logs' | 'state' | 'tests'
export type BottomTab = 'terminal' | 'problems' | 'build'
/** Under 960 editor and run are two tabs; on a phone there are four places. */
export type NarrowPane = 'editor' | 'run'
export type PhonePane = 'timeline' | 'response' | 'code' | 'terminal'

/** What lies over the work. One at a time. */
export type Overlay =
  | { readonly kind: 'none' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'share' }
  | { readonly kind: 'examples' }
  | { readonly kind: 'import'; readonly text: string; readonly name: string }
  | { readonly kind: 'new-plugin'; readonly language: 'assemblyscript' | 'go' }
  | { readonly kind: 'rename'; readonly path: string }
  | { readonly kind: 'new-file'; readonly folder: string }
  | { readonly kind: 'title' }
  | { readonly kind: 'bad-link'; readonly failure: LinkFailure }
  | { readonly kind: 'replace'; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: 'second-tab' }

/** A line that says what just happened; with `undo` it can be taken back. */
export type Notice = {
  readonly id: number
  readonly text: string
  readonly undo?: FilesChange
}

/** Sizes of the resizable regions in CSS pixels. */
export type Sizes = {
  readonly files: number
  readonly run: number
  readonly bottom: number
  readonly inspector: number
}

export type ServicesView = { readonly form: boolean; readonly open: string | undefined }

export type ViewState = {
  /** Path of the scenario that Run runs. `undefined`: the first one. */
  readonly scenario: string | undefined
  /** Step of the scenario, from 0, whose exchange the run side shows; undefined: the first that has one. */
  readonly step: number | undefined
  readonly stream: StreamId | undefined
  /** How far the run is looked at from; undefined as long as nobody chose. */
  readonly distance: 'rows' | 'strips' | 'density' | undefined
  /** `seq` of the selected event. */
  readonly event: number | undefined
  readonly runTab: RunTab
  readonly bottomTab: BottomTab
  readonly bottomOpen: boolean
  readonly narrow: NarrowPane
  readonly phone: PhonePane
  readonly drawer: boolean
  /** How `proxyground.yaml` is shown, and which of its services is open in the form. */
  readonly services: ServicesView
  readonly overlay: Overlay
  readonly notice: Notice | undefined
  readonly language: Language
  readonly theme: Theme
  readonly sizes: Sizes
  /** Caret in the editor, 1-based; absent when the editor has no focus. */
  readonly caret: { readonly line: number; readonly column: number } | undefined
  /** The source line of the selected event, where the run side could tell it. */
  readonly here: { readonly path: string; readonly line: number } | undefined
  /** What the source's lines did in the exchange on the screen, by the `project.revision` of its run. */
  readonly lineNotes: {
    readonly list: readonly (LineNote & { readonly text: string })[]
    readonly revision: number
  }
  /** The user wants those notes beside the source. */
  readonly showNotes: boolean
  /** First-visit hint was dismissed. */
  readonly hintSeen: boolean
}

export const defaultSizes: Sizes = { files: 184, run: 748, bottom: 196, inspector: 272 }

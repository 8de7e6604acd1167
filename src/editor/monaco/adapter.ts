import 'monaco-editor/features/register.all'
import 'monaco-editor/languages/definitions/typescript/register'
import 'monaco-editor/languages/definitions/yaml/register'
import 'monaco-editor/languages/definitions/go/register'
import 'monaco-editor/languages/definitions/rust/register'
import 'monaco-editor/languages/definitions/cpp/register'
import 'monaco-editor/languages/features/json/register'
import { editor, type IDisposable, MarkerSeverity, type Uri } from 'monaco-editor/editor'
import type { SourceRange } from '../../model/language-answer.ts'
import { type LanguageId, languageOf } from '../language.ts'
import { smallestChange } from '../smallest-change.ts'
import { type ServiceLibraries, setUpAssemblyScript } from './assemblyscript.ts'
import { type LanguageService, type MarkerFix, provideFixes, provideLanguage } from './language-service.ts'
import { createLineNotes, type EditorNote } from './line-notes.ts'
import { editorOptions } from './options.ts'
import { uriOf } from './places.ts'
import { applyTokens } from './theme.ts'
import { registerWat } from './wat.ts'
import { provideWorkers } from './workers.ts'
import { registerYamlCompletion, type SchemaOf } from './yaml.ts'

export type EditorMarker = {
  readonly file: string
  /** 1-based; end exclusive. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fixes?: readonly MarkerFix[]
}

export type { EditorNote, LanguageService, MarkerFix }

export type EditorEvents = {
  /** The user (or undo) changed a text. */
  readonly onChange: (path: string, text: string) => void
  /** Undefined when the editor lost the focus. */
  readonly onCaret: (caret: { readonly line: number; readonly column: number } | undefined) => void
  /** A definition lies in another file: one of the project or of the libraries. */
  readonly onOpen: (path: string, line: number, column: number) => void
  /** The user asks what a line with a note did. */
  readonly onNote: (path: string, line: number) => void
  /** What asking so is called in the editor's menu. */
  readonly noteAction: string
}

export type CodeEditor = {
  /** Makes the models equal to these texts: new, changed and gone files. Undo stays per file. */
  sync(files: Readonly<Record<string, string>>): void
  /** Shows a file of the project, or a library file read-only. Answers whether there is such a file. */
  show(path: string): boolean
  setMarkers(markers: readonly EditorMarker[]): void
  /** The line of the selected event: soft lime, or none. */
  mark(place: { readonly path: string; readonly line: number } | undefined): void
  /** What the lines did in the run on the screen. */
  annotate(notes: readonly EditorNote[]): void
  reveal(path: string, line: number, column: number): void
  setLibraries(libraries: ServiceLibraries): void
  /** Completion in YAML files; ends with the editor. */
  setSchemas(schemaOf: SchemaOf): void
  /** Completion, hover and the like of a language whose compiler answers; ends with the editor. */
  setService(language: LanguageId, service: LanguageService): void
  retheme(): void
  focus(): void
  dispose(): void
}

const owner = 'proxyground'
const pathOf = (uri: Uri): string => uri.path.replace(/^\//, '')

/** Monaco in one element. Everything it subscribes to ends with `dispose`. */
export function createEditor(element: HTMLElement, events: EditorEvents): CodeEditor {
  provideWorkers()
  registerWat()
  applyTokens(document.documentElement)
  const code = editor.create(element, editorOptions)
  const own = new Map<string, IDisposable>()
  const views = new Map<string, editor.ICodeEditorViewState | null>()
  const marks = code.createDecorationsCollection()
  const notes = createLineNotes(code, { action: events.noteAction, onNote: events.onNote })
  let shown: string | undefined
  let here: { readonly path: string; readonly line: number } | undefined
  /** Our own writes must not come back as edits of the user. */
  let writing = false

  const drawMark = () =>
    marks.set(
      here === undefined || here.path !== shown
        ? []
        : [
            {
              range: lineRange(here.line),
              options: { isWholeLine: true, className: 'editor-here', marginClassName: 'editor-here' },
            },
          ],
    )

  function adopt(path: string, text: string): void {
    const model = editor.getModel(uriOf(path)) ?? editor.createModel(text, languageOf(path), uriOf(path))
    if (languageOf(path) === 'go') model.updateOptions({ insertSpaces: false, tabSize: 4 })
    own.set(
      path,
      model.onDidChangeContent(() => writing || events.onChange(path, model.getValue())),
    )
  }

  /** Only what differs is written, so that the caret and the marks stay where they are. */
  function write(model: editor.ITextModel, text: string): void {
    const change = smallestChange(model.getValue(), text)
    if (change === undefined) return
    const from = model.getPositionAt(change.start)
    const to = model.getPositionAt(change.end)
    const range = {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    }
    model.pushEditOperations([], [{ range, text: change.text }], () => null)
  }

  function release(path: string): void {
    own.get(path)?.dispose()
    own.delete(path)
    views.delete(path)
    if (shown === path) code.setModel(null)
    editor.getModel(uriOf(path))?.dispose()
  }

  const opener = editor.registerEditorOpener({
    openCodeEditor(_source, resource, place) {
      const line = place === undefined ? 1 : 'startLineNumber' in place ? place.startLineNumber : place.lineNumber
      const column = place === undefined ? 1 : 'startColumn' in place ? place.startColumn : place.column
      events.onOpen(pathOf(resource), line, column)
      return true
    },
  })
  const caret = () => {
    const at = code.getPosition()
    events.onCaret(at === null ? undefined : { line: at.lineNumber, column: at.column })
  }
  let fixable: readonly EditorMarker[] = []
  const listeners: IDisposable[] = [
    opener,
    provideFixes((path, range) =>
      fixable.flatMap((marker) => (touches(marker, path, range) ? (marker.fixes ?? []) : [])),
    ),
    code.onDidChangeCursorPosition(() => code.hasTextFocus() && caret()),
    code.onDidFocusEditorText(caret),
    code.onDidBlurEditorText(() => events.onCaret(undefined)),
  ]

  return {
    sync(files) {
      writing = true
      for (const path of own.keys()) if (!(path in files)) release(path)
      for (const [path, text] of Object.entries(files)) {
        if (!own.has(path)) adopt(path, text)
        const model = editor.getModel(uriOf(path))
        if (model !== null) write(model, text)
      }
      writing = false
    },
    show(path) {
      const model = editor.getModel(uriOf(path))
      if (model === null) return false
      if (shown !== path) {
        if (shown !== undefined) views.set(shown, code.saveViewState())
        code.setModel(model)
        code.restoreViewState(views.get(path) ?? null)
        shown = path
      }
      code.updateOptions({ readOnly: !own.has(path) })
      drawMark()
      notes.show(path)
      return true
    },
    setMarkers(markers) {
      fixable = markers
      for (const path of own.keys()) {
        const model = editor.getModel(uriOf(path))
        if (model === null) continue
        const list = markers.filter(({ file }) => file === path).map(toMarker)
        editor.setModelMarkers(model, owner, list)
      }
    },
    mark(place) {
      here = place
      drawMark()
      // As a debugger does; the cursor stays where the user left it.
      if (place !== undefined && place.path === shown) code.revealLineInCenterIfOutsideViewport(place.line)
    },
    reveal(path, line, column) {
      if (shown !== path) return
      code.setPosition({ lineNumber: line, column })
      code.revealLineInCenterIfOutsideViewport(line)
    },
    annotate: notes.set,
    setLibraries: setUpAssemblyScript,
    setSchemas(schemaOf) {
      listeners.push(registerYamlCompletion(schemaOf))
    },
    setService(language, service) {
      listeners.push(provideLanguage(language, service))
    },
    retheme: () => applyTokens(document.documentElement),
    focus: () => code.focus(),
    dispose() {
      notes.dispose()
      for (const listener of listeners) listener.dispose()
      for (const path of [...own.keys()]) release(path)
      code.dispose()
    },
  }
}

const touches = (marker: EditorMarker, path: string, range: SourceRange): boolean =>
  marker.file === path && marker.line <= range.endLine && marker.endLine >= range.line

const lineRange = (line: number) => ({ startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 })

const toMarker = (marker: EditorMarker): editor.IMarkerData => ({
  severity: marker.severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
  message: marker.message,
  startLineNumber: marker.line,
  startColumn: marker.column,
  endLineNumber: marker.endLine,
  endColumn: marker.endColumn,
})

import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { type CodeEditor, createEditor, type EditorMarker, type EditorNote } from '../../editor/monaco/adapter.ts'
import { fixTitle } from '../../text/diagnostic-words.ts'
import { openFile, setText } from '../commands/files.ts'
import { askLanguage } from '../commands/format.ts'
import { notify } from '../commands/notice.ts'
import { onReveal, revealLine } from '../commands/reveal.ts'
import { selectEvent, showRunTab } from '../commands/view.ts'
import { type Problem, problems } from '../store/problems.ts'
import { type AppState, appStore, getApp, setView, useApp } from '../store/store.ts'
import { currentProblemText, currentText } from '../text.ts'
import { ActionMark } from '../timeline/ActionMark.tsx'
import type { Mark } from '../timeline/row-types.ts'
import { onThemeChange } from './theme-change.ts'

/** The editor and the store kept equal: texts, file at hand, markers, theme, the selected event's line. */
export default function MonacoHost() {
  const host = useRef<HTMLDivElement>(null)
  const language = useApp(({ view }) => view.language)
  const [glyphs, setGlyphs] = useState<readonly Glyph[]>([])
  const past = useApp(({ view, project }) => view.lineNotes.revision !== project.revision)
  useEffect(() => {
    if (host.current === null) return
    const code = createEditor(host.current, {
      onChange: setText,
      onCaret: (caret) => setView({ caret }),
      onOpen: (path, line, column) => {
        openFile(path)
        revealLine(path, line, column)
      },
      onNote: showEventOf,
      noteAction: currentText()('run.line.event'),
    })
    const stops = [...connect(code), annotate(code, setGlyphs)]
    return () => {
      for (const stop of stops) stop()
      setView({ caret: undefined })
      code.dispose()
    }
  }, [])
  return (
    <>
      <div ref={host} className={`monaco-host${past ? ' past' : ''}`} lang={language} />
      {glyphs.map(({ node, mark, flip, key }) =>
        createPortal(
          <span className={`line-glyph act-${mark}`}>
            <ActionMark mark={mark} flip={flip} />
          </span>,
          node,
          key,
        ),
      )}
    </>
  )
}

/** A callback's mark in the margin, drawn by React into an element of the editor's. */
type Glyph = { readonly key: string; readonly node: HTMLElement; readonly mark: Mark; readonly flip: boolean }

/** Keeps the notes beside the source equal to the store's. */
function annotate(code: CodeEditor, setGlyphs: (glyphs: readonly Glyph[]) => void): () => void {
  const draw = ({ view }: AppState) => {
    const glyphs: Glyph[] = []
    const notes = view.lineNotes.list.map((note): EditorNote => {
      const names = note.calls.map((name) => name.replace(/^proxy_/, '')).join(', ')
      const told = currentText()(note.mark === undefined ? 'run.line.calls' : 'run.line.handles', {
        names: note.mark === undefined ? names : note.handles,
      })
      const title = note.text === '' ? told : `${note.text}. ${told}`
      if (note.mark === undefined) return { ...note, title, glyph: undefined }
      const node = document.createElement('div')
      glyphs.push({ key: `${note.path}:${note.line}`, node, mark: note.mark, flip: note.flip })
      return { ...note, title, glyph: node }
    })
    setGlyphs(glyphs)
    code.annotate(notes)
  }
  draw(getApp())
  return appStore.subscribe((state, before) => {
    if (state.view.lineNotes.list !== before.view.lineNotes.list) draw(state)
  })
}

/** The timeline selects what a line did last. */
function showEventOf(path: string, line: number): void {
  const note = getApp().view.lineNotes.list.find((each) => each.path === path && each.line === line)
  if (note === undefined) return
  showRunTab('timeline')
  selectEvent(note.event)
}

/** In the reader's language; a compiler's own words as they are. */
const markers = (list: readonly Problem[]): readonly EditorMarker[] =>
  list.map((problem) => {
    const { file, line, column, endLine, endColumn, severity } = problem
    const fixes = 'fixes' in problem ? (problem.fixes ?? []) : []
    return {
      file,
      line,
      column,
      endLine,
      endColumn,
      severity,
      message: currentProblemText(problem),
      fixes: fixes.map((fix) => ({ title: fixTitle(fix, currentText()), edits: fix.edits })),
    }
  })

function connect(code: CodeEditor): readonly (() => void)[] {
  const { project, view } = getApp()
  code.sync(project.files)
  if (project.active !== undefined) code.show(project.active)
  code.setMarkers(markers(problems(getApp())))
  code.setService('go', {
    ask: askLanguage,
    notRenamed: (reason, message) => {
      const words = currentText()(`ui.rename.${reason}`, { message })
      notify(words)
      return words
    },
  })
  code.mark(view.here)
  void import('../../compile-worker/library-sources.ts').then(({ librarySources, ignoredTypeScriptCodes }) =>
    code.setLibraries({ sources: librarySources, ignoredCodes: ignoredTypeScriptCodes }),
  )
  void import('../../model/project/json-schema.ts').then(({ jsonSchemas }) => {
    const { project: projectSchema, plugin, scenario } = jsonSchemas()
    code.setSchemas((path) => {
      if (path === 'proxyground.yaml') return projectSchema
      if (/^plugins\/[^/]+\/plugin\.ya?ml$/.test(path)) return plugin
      return /^scenarios\/.+\.ya?ml$/.test(path) ? scenario : undefined
    })
  })
  const stopStore = appStore.subscribe((state, before) => {
    if (state.project.files !== before.project.files) code.sync(state.project.files)
    if (state.project.active !== undefined && state.project.active !== before.project.active)
      code.show(state.project.active)
    if (problems(state) !== lastProblems) {
      lastProblems = problems(state)
      code.setMarkers(markers(lastProblems))
    }
    if (state.view.here !== before.view.here) code.mark(state.view.here)
  })
  let lastProblems = problems(getApp())
  const stopReveal = onReveal(({ path, line, column, focus }) => {
    if (code.show(path)) code.reveal(path, line, column)
    if (focus) code.focus()
  })
  return [stopStore, stopReveal, onThemeChange(code.retheme)]
}

import { useEffect, useRef } from 'react'
import { type CodeEditor, createEditor, type EditorMarker } from '../../editor/monaco/adapter.ts'
import { fixTitle } from '../../text/diagnostic-words.ts'
import { openFile, setText } from '../commands/files.ts'
import { askLanguage } from '../commands/format.ts'
import { notify } from '../commands/notice.ts'
import { onReveal, revealLine } from '../commands/reveal.ts'
import { type Problem, problems } from '../store/problems.ts'
import { appStore, getApp, setView, useApp } from '../store/store.ts'
import { currentProblemText, currentText } from '../text.ts'
import { onThemeChange } from './theme-change.ts'

/** The editor and the store kept equal: texts, file at hand, markers, theme, the selected event's line. */
export default function MonacoHost() {
  const host = useRef<HTMLDivElement>(null)
  const language = useApp(({ view }) => view.language)
  useEffect(() => {
    if (host.current === null) return
    const code = createEditor(host.current, {
      onChange: setText,
      onCaret: (caret) => setView({ caret }),
      onOpen: (path, line, column) => {
        openFile(path)
        revealLine(path, line, column)
      },
    })
    const stops = connect(code)
    return () => {
      for (const stop of stops) stop()
      setView({ caret: undefined })
      code.dispose()
    }
  }, [])
  return <div ref={host} className="monaco-host" lang={language} />
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

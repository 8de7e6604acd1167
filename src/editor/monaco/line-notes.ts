import { editor, type IDisposable, Range } from 'monaco-editor/editor'

/** What a line did in the run on the screen: a mark before it, some words behind it. */
export type EditorNote = {
  readonly path: string
  /** 1-based. */
  readonly line: number
  /** '' for a mark alone. */
  readonly text: string
  readonly bad: boolean
  /** Said when the pointer rests on the mark. */
  readonly title: string
  /** Drawn by the caller in place of the dot. */
  readonly glyph: HTMLElement | undefined
}

export type LineNotes = {
  set(notes: readonly EditorNote[]): void
  /** Another file is shown. */
  show(path: string | undefined): void
  dispose(): void
}

/** Notes beside the file at hand. They move with their lines while the user types. */
export function createLineNotes(
  code: editor.ICodeEditor,
  { action, onNote }: { readonly action: string; readonly onNote: (path: string, line: number) => void },
): LineNotes {
  const drawn = code.createDecorationsCollection()
  let notes: readonly EditorNote[] = []
  let shown: string | undefined
  let glyphs: readonly editor.IGlyphMarginWidget[] = []

  function draw(): void {
    for (const glyph of glyphs) code.removeGlyphMarginWidget(glyph)
    const model = code.getModel()
    const here = model === null ? [] : notes.filter(({ path, line }) => path === shown && line <= model.getLineCount())
    drawn.set(here.map((note) => decoration(note, model?.getLineMaxColumn(note.line) ?? 1)))
    glyphs = here.flatMap((note) => (note.glyph === undefined ? [] : [widget(note, note.glyph)]))
    for (const glyph of glyphs) code.addGlyphMarginWidget(glyph)
  }

  const told = (line: number | undefined): boolean =>
    shown !== undefined && notes.some((note) => note.path === shown && note.line === line)
  const listeners: readonly IDisposable[] = [
    code.onMouseDown(({ target }) => {
      const line = target.position?.lineNumber
      if (target.type !== editor.MouseTargetType.GUTTER_GLYPH_MARGIN || line === undefined) return
      if (shown !== undefined && told(line)) onNote(shown, line)
    }),
  ]
  if ('addAction' in code && typeof code.addAction === 'function')
    code.addAction({
      id: 'proxyground.line',
      label: action,
      contextMenuGroupId: 'navigation',
      run: () => {
        const line = code.getPosition()?.lineNumber
        if (shown !== undefined && line !== undefined && told(line)) onNote(shown, line)
      },
    })

  return {
    set(list) {
      notes = list
      draw()
    },
    show(path) {
      shown = path
      draw()
    },
    dispose() {
      for (const listener of listeners) listener.dispose()
      drawn.clear()
    },
  }
}

function decoration({ line, text, bad, title, glyph }: EditorNote, end: number): editor.IModelDeltaDecoration {
  return {
    range: new Range(line, end, line, end),
    options: {
      showIfCollapsed: true,
      ...(glyph === undefined ? { glyphMarginClassName: `line-mark${bad ? ' bad' : ''}` } : {}),
      glyphMarginHoverMessage: { value: title, isTrusted: false, supportHtml: false },
      ...(text === ''
        ? {}
        : { after: { content: `\u00a0\u00a0${text}`, inlineClassName: `line-note${bad ? ' bad' : ''}` } }),
    },
  }
}

function widget({ path, line }: EditorNote, node: HTMLElement): editor.IGlyphMarginWidget {
  return {
    getId: () => `note ${path}:${line}`,
    getDomNode: () => node,
    getPosition: () => ({
      lane: editor.GlyphMarginLane.Center,
      zIndex: 1,
      range: new Range(line, 1, line, 1),
    }),
  }
}

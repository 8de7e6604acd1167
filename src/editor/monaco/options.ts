import type { editor } from 'monaco-editor/editor'

/** The editor's manners: the frame's type and line height, no ligatures, nothing that moves or pops up unasked. */
export const editorOptions: editor.IStandaloneEditorConstructionOptions = {
  model: null,
  theme: 'proxyground',
  automaticLayout: true,
  fontFamily: '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, Menlo, Consolas, monospace',
  fontSize: 12,
  lineHeight: 20,
  fontLigatures: '"calt" 0, "zero" 1',
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  padding: { top: 6, bottom: 6 },
  lineNumbersMinChars: 3,
  // A dimmed last line number is too faint to read.
  renderFinalNewline: 'on',
  // What a line did in the run stands here.
  glyphMargin: true,
  lineDecorationsWidth: 6,
  folding: true,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  fixedOverflowWidgets: true,
  overviewRulerLanes: 2,
  overviewRulerBorder: false,
  stickyScroll: { enabled: false },
  wordBasedSuggestions: 'off',
  bracketPairColorization: { enabled: false },
  scrollbar: { horizontalScrollbarSize: 8, verticalScrollbarSize: 10, useShadows: false },
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  smoothScrolling: false,
  accessibilitySupport: 'auto',
  unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false },
  quickSuggestions: { other: true, comments: false, strings: true },
}

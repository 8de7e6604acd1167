import { editor } from 'monaco-editor/editor'

const themeName = 'proxyground'

/** Colours of the editor from the tokens in force on the page; call again when the page's theme changes. */
export function applyTokens(element: HTMLElement): void {
  const style = getComputedStyle(element)
  const token = (name: string) => longHex(style.getPropertyValue(`--${name}`).trim())
  const rule = (names: readonly string[], value: string, fontStyle = '') =>
    names.map((name) => ({ token: name, foreground: token(value).slice(1), fontStyle }))
  editor.defineTheme(themeName, {
    base: token('scheme') === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      ...rule(['', 'identifier', 'delimiter', 'operator'], 'ink'),
      ...rule(['keyword', 'keyword.flow', 'tag'], 'syn-kw'),
      ...rule(['string', 'string.yaml', 'string.value.json', 'string.escape'], 'syn-str'),
      ...rule(['number', 'number.hex', 'number.float'], 'syn-num'),
      ...rule(['function', 'type.yaml', 'string.key.json', 'variable'], 'syn-fn'),
      ...rule(['type', 'type.identifier'], 'syn-type'),
      ...rule(['comment', 'comment.doc'], 'syn-com', 'italic'),
    ],
    colors: chrome(token),
  })
  editor.setTheme(themeName)
}

/** Monaco takes six digits only; the build shortens `#ffffff`. */
const longHex = (colour: string): string => colour.replace(/^#([\da-f])([\da-f])([\da-f])$/i, '#$1$1$2$2$3$3')

function chrome(token: (name: string) => string): Record<string, string> {
  return {
    'editor.background': token('surface'),
    'editor.foreground': token('ink'),
    'editorLineNumber.foreground': token('ink-3'),
    'editorLineNumber.activeForeground': token('ink'),
    'editorCursor.foreground': token('ink'),
    'editor.selectionBackground': token('line-strong'),
    'editor.inactiveSelectionBackground': token('line'),
    'editor.lineHighlightBackground': token('sunken'),
    'editor.lineHighlightBorder': '#00000000',
    'editorIndentGuide.background1': token('line'),
    'editorIndentGuide.activeBackground1': token('line-strong'),
    'editorWidget.background': token('raised'),
    'editorWidget.border': token('line-strong'),
    'editorHoverWidget.background': token('raised'),
    'editorHoverWidget.border': token('line-strong'),
    'editorSuggestWidget.background': token('raised'),
    'editorSuggestWidget.selectedBackground': token('active'),
    'editorSuggestWidget.selectedForeground': token('ink'),
    'editorSuggestWidget.highlightForeground': token('syn-fn'),
    'list.hoverBackground': token('hover'),
    'list.activeSelectionBackground': token('active'),
    'list.activeSelectionForeground': token('ink'),
    'editorError.foreground': token('bad'),
    // Unused code is faded no further than it can still be read (WCAG 1.4.3).
    'editorUnnecessaryCode.opacity': '#000000b8',
    'editorWarning.foreground': token('act-stop'),
    'editorGutter.background': token('surface'),
    'scrollbarSlider.background': `${token('line-strong')}88`,
    'scrollbarSlider.hoverBackground': token('line-strong'),
    'scrollbarSlider.activeBackground': token('line-control'),
    'editorBracketMatch.background': token('active'),
    'editorBracketMatch.border': token('line-control'),
    'input.background': token('surface'),
    'input.border': token('line-control'),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, token('ink-2')]),
    ),
    focusBorder: token('focus'),
    'peekView.border': token('line-control'),
    'peekViewEditor.background': token('sunken'),
    'peekViewResult.background': token('canvas'),
    'menu.background': token('raised'),
    'menu.foreground': token('ink'),
    'menu.selectionBackground': token('active'),
    'menu.selectionForeground': token('ink'),
  }
}

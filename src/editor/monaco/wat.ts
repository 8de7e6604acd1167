import { languages } from 'monaco-editor/editor'

/** WebAssembly text: colours, comments and brackets. Monaco has none of its own. */
export function registerWat(): void {
  if (languages.getLanguages().some(({ id }) => id === 'wat')) return
  languages.register({ id: 'wat', extensions: ['.wat'] })
  languages.setLanguageConfiguration('wat', {
    comments: { lineComment: ';;', blockComment: ['(;', ';)'] },
    brackets: [['(', ')']],
    autoClosingPairs: [
      { open: '(', close: ')' },
      { open: '"', close: '"' },
    ],
  })
  languages.setMonarchTokensProvider('wat', {
    tokenizer: {
      root: [
        [/;;.*$/, 'comment'],
        [/\(;/, 'comment', '@comment'],
        [/"(?:\\.|[^"\\])*"/, 'string'],
        [/\$[^\s()]+/, 'variable'],
        [/\b(?:[if](?:32|64)|funcref|externref)\b(?!\.)/, 'type'],
        [/\b(?:[if](?:32|64)|local|global|memory|table)\.[\w.]+/, 'keyword'],
        [/(?<=\()[a-z][\w.]*/, 'keyword'],
        [/[+-]?(?:0x[\da-fA-F_]+|\d[\d_]*(?:\.\d+)?)/, 'number'],
      ],
      comment: [
        [/;\)/, 'comment', '@pop'],
        [/./, 'comment'],
      ],
    },
  })
}

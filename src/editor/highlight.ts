import type { LanguageId } from './language.ts'

export type TokenKind = 'kw' | 'str' | 'num' | 'fn' | 'type' | 'com' | 'plain'
export type Token = { readonly kind: TokenKind; readonly text: string }

type Rule = readonly [kind: TokenKind, pattern: string]

const word = '[A-Za-z_$][\\w$]*'
const keywords =
  'abstract|as|async|await|break|case|catch|class|const|constructor|continue|declare|default|do|else|enum|export|extends|false|finally|for|from|function|get|if|implements|import|in|instanceof|interface|let|namespace|new|null|of|override|private|protected|public|readonly|return|set|static|super|switch|this|throw|true|try|type|typeof|var|void|while|fn|pub|mut|impl|use|struct|match|func|package|defer|go|range|map'
const numbers: Rule = ['num', '\\b(?:0x[\\da-fA-F_]+|\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)\\b']

const cLike: readonly Rule[] = [
  ['com', '//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$)'],
  ['str', '"(?:\\\\.|[^"\\\\\\n])*"?|\'(?:\\\\.|[^\'\\\\\\n])*\'?|`(?:\\\\[\\s\\S]|[^`\\\\])*`?'],
  ['kw', `\\b(?:${keywords})\\b`],
  numbers,
  ['type', '\\b(?:[A-Z][\\w$]*|[iu](?:8|16|32|64)|f(?:32|64)|usize|isize|bool|string|byte)\\b'],
  ['fn', `${word}(?=\\s*\\()`],
  ['plain', word],
]

const rules: Record<LanguageId, readonly Rule[]> = {
  typescript: cLike,
  go: cLike,
  rust: cLike,
  cpp: cLike,
  json: [
    ['fn', '"(?:\\\\.|[^"\\\\\\n])*"(?=\\s*:)'],
    ['str', '"(?:\\\\.|[^"\\\\\\n])*"?'],
    ['kw', '\\b(?:true|false|null)\\b'],
    numbers,
  ],
  yaml: [
    ['com', '(?<=^|\\s)#[^\\n]*'],
    ['str', '"(?:\\\\.|[^"\\\\\\n])*"?|\'[^\'\\n]*\'?'],
    ['fn', '[\\w.|/$-]+(?=:(?:\\s|$))'],
    ['kw', '\\b(?:true|false|null)\\b(?=\\s*(?:[,}\\]#]|$))'],
    ['num', '(?<=[\\s[:,])\\d+(?:\\.\\d+)?(?:ms|s|m|h)?(?=\\s*(?:[,}\\]#\\n]|$))'],
  ],
  wat: [
    ['com', ';;[^\\n]*|\\(;[\\s\\S]*?;\\)'],
    ['str', '"(?:\\\\.|[^"\\\\\\n])*"?'],
    ['type', '\\b(?:[if](?:32|64)|funcref|externref)\\b(?!\\.)'],
    ['fn', '\\$[^\\s()]+'],
    ['kw', '(?<=\\()[a-z][\\w.]*|\\b(?:i32|i64|f32|f64|local|global|memory)\\.[\\w.]+'],
    numbers,
  ],
  plaintext: [],
}

/**
 * Tokens for reading, before (or without) the editor: first paint, phone, previews. A rough lexer, one regular
 * expression per language; it never fails and gives back every character.
 */
export function highlight(source: string, language: LanguageId): readonly Token[] {
  const table = rules[language]
  if (table.length === 0) return source === '' ? [] : [{ kind: 'plain', text: source }]
  const pattern = new RegExp(table.map(([, part]) => `(${part})`).join('|'), 'gm')
  const tokens: Token[] = []
  let end = 0
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: source.slice(end, match.index) })
    const rule = table.findIndex((_, index) => match[index + 1] !== undefined)
    tokens.push({ kind: table[rule]?.[0] ?? 'plain', text: match[0] })
    end = match.index + match[0].length
  }
  if (end < source.length) tokens.push({ kind: 'plain', text: source.slice(end) })
  return tokens
}

/** The same, cut into lines. */
export function highlightLines(source: string, language: LanguageId): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]]
  for (const { kind, text } of highlight(source, language)) {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([])
      if (part !== '') lines.at(-1)?.push({ kind, text: part })
    })
  }
  return lines
}

import { englishWords, type Line, lineText, type Words } from './words.ts'

/** What the command ends with: 0 passed, 1 an expectation failed, 2 could not run (design 6). */
export type ExitCode = 0 | 1 | 2

/** Something that keeps a command from running at all; its lines go to standard error, the exit code is 2. */
export class CannotRun extends Error {
  readonly lines: readonly Line[]
  constructor(...lines: readonly Line[]) {
    super(lines.map((line) => lineText(line, englishWords)).join('\n'))
    this.lines = lines
  }
}

/** Where a command writes; tests give their own. */
export type Streams = { readonly out: (line: string) => void; readonly err: (line: string) => void }

/** Where a command writes, and in which language. */
export type Output = Streams & { readonly words: Words }

/**
 * Text of a guest or a file for a terminal: control characters (ANSI sequences among them) and bidirectional marks are
 * written as escapes; a line break stays only with `lines`.
 */
export function printable(text: string, { lines = false } = {}): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => {
    if (lines && character === '\n') return '\n'
    if (character === '\t') return '  '
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

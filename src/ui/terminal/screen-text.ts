import { visibleText } from '../timeline/display-text.ts'

/** Data on its way to xterm: nothing in it may act as an escape sequence. Lines end as a terminal wants them. */
export const plainOutput = (text: string): string =>
  visibleText(text.replaceAll('\r\n', '\n'), '\n\t').replaceAll('\n', '\r\n')

export type Paint = 'bold' | 'dim' | 'bad' | 'hang' | 'good'
const CODES: Readonly<Record<Paint, string>> = { bold: '1', dim: '90', bad: '31', hang: '35', good: '32' }

/** Our own emphasis around data that has been made plain. */
export const painted = (paint: Paint, text: string): string => `\x1b[${CODES[paint]}m${plainOutput(text)}\x1b[0m`

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u
const COMBINING = /\p{M}/u

/** Columns a text takes in a terminal. */
export function cellWidth(text: string): number {
  let width = 0
  for (const char of text) width += COMBINING.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return width
}

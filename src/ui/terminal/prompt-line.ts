import { visibleText } from '../timeline/display-text.ts'
import { cellWidth } from './screen-text.ts'
import type { LineState } from './shell/line-editor.ts'

/** Where the caret stands in the drawn line, counted in rows from its first one. */
export type Drawn = { readonly caretRow: number }

/**
 * The sequences that draw the prompt and the line over what was drawn before. Knows only the width of the screen, so
 * it is the same for every terminal.
 */
export function drawLine(
  prompt: string,
  line: LineState,
  columns: number,
  before: Drawn,
): { readonly text: string; readonly drawn: Drawn } {
  const shown = visibleText(line.text)
  const left = cellWidth(prompt) + cellWidth(visibleText(line.text.slice(0, line.caret)))
  const end = cellWidth(prompt) + cellWidth(shown)
  const rows = Math.floor(end / columns)
  const caretRow = Math.floor(left / columns)
  const caretColumn = left % columns
  const clear = `${before.caretRow > 0 ? `\x1b[${before.caretRow}A` : ''}\r\x1b[J`
  // A line that ends at the edge needs the next row to exist before the caret can stand there.
  const wrap = end > 0 && end % columns === 0 ? '\r\n' : ''
  const up = rows - caretRow > 0 ? `\x1b[${rows - caretRow}A` : ''
  const right = caretColumn > 0 ? `\x1b[${caretColumn}C` : ''
  return { text: `${clear}\x1b[1m${prompt}\x1b[0m${shown}${wrap}${up}\r${right}`, drawn: { caretRow } }
}

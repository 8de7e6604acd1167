/** The line being typed, as a person knows it from a shell. Pure: key in, state out. */
export type LineState = {
  readonly text: string
  /** Caret in `text`, in UTF-16 units. */
  readonly caret: number
  readonly history: readonly string[]
  /** Place in the history while going through it; `history.length` is the line being typed. */
  readonly at: number
  readonly draft: string
  /** Search text while Ctrl+R is active. */
  readonly search: string | undefined
}

export const emptyLine = (history: readonly string[]): LineState => ({
  text: '',
  caret: 0,
  history,
  at: history.length,
  draft: '',
  search: undefined,
})

export type LineEvent =
  | { readonly kind: 'edit'; readonly state: LineState }
  | { readonly kind: 'submit'; readonly text: string; readonly state: LineState }
  | { readonly kind: 'interrupt' | 'clear' | 'complete' | 'none'; readonly state: LineState }

const graphemes = new Intl.Segmenter()

/** One input as xterm gives it: a character, several pasted ones, or an escape sequence of a key. */
export function typeKey(state: LineState, input: string): LineEvent {
  const edit = (part: Partial<LineState>): LineEvent => ({ kind: 'edit', state: { ...state, ...part } })
  if (state.search !== undefined) return searchKey(state, state.search, input)
  switch (input) {
    case '\r':
    case '\n':
      return { kind: 'submit', text: state.text, state: emptyLine(remember(state.history, state.text)) }
    case '\x03':
      return { kind: 'interrupt', state: emptyLine(state.history) }
    case '\x0c':
      return { kind: 'clear', state }
    case '\t':
      return { kind: 'complete', state }
    case '\x12':
      return edit({ search: '', draft: state.text })
    case '\x7f':
    case '\b': {
      const from = before(state.text, state.caret)
      return edit({ text: state.text.slice(0, from) + state.text.slice(state.caret), caret: from })
    }
    case '\x1b[3~':
    case '\x04':
      return edit({ text: state.text.slice(0, state.caret) + state.text.slice(after(state.text, state.caret)) })
    case '\x1b[D':
    case '\x02':
      return edit({ caret: before(state.text, state.caret) })
    case '\x1b[C':
    case '\x06':
      return edit({ caret: after(state.text, state.caret) })
    case '\x1b[H':
    case '\x1bOH':
    case '\x1b[1~':
    case '\x01':
      return edit({ caret: 0 })
    case '\x1b[F':
    case '\x1bOF':
    case '\x1b[4~':
    case '\x05':
      return edit({ caret: state.text.length })
    case '\x1b[1;5D':
    case '\x1bb':
      return edit({ caret: wordBefore(state.text, state.caret) })
    case '\x1b[1;5C':
    case '\x1bf':
      return edit({ caret: state.caret + (/^\s*\S+/.exec(state.text.slice(state.caret))?.[0].length ?? 0) })
    case '\x15':
      return edit({ text: state.text.slice(state.caret), caret: 0 })
    case '\x0b':
      return edit({ text: state.text.slice(0, state.caret) })
    case '\x17': {
      const from = wordBefore(state.text, state.caret)
      return edit({ text: state.text.slice(0, from) + state.text.slice(state.caret), caret: from })
    }
    case '\x1b[A':
    case '\x10':
      return browse(state, -1)
    case '\x1b[B':
    case '\x0e':
      return browse(state, 1)
    default:
      return insertable(input) ? insert(state, input) : { kind: 'none', state }
  }
}

/** Printable text only; unknown escape sequences are dropped. */
const insertable = (input: string): boolean => input !== '' && !/^\p{Cc}/u.test(input)

export function insert(state: LineState, text: string): LineEvent {
  const clean = text.replace(/\p{Cc}/gu, '')
  const next = state.text.slice(0, state.caret) + clean + state.text.slice(state.caret)
  return { kind: 'edit', state: { ...state, text: next, caret: state.caret + clean.length } }
}

function remember(history: readonly string[], text: string): readonly string[] {
  return text.trim() === '' || history.at(-1) === text ? history : [...history.slice(-199), text]
}

function browse(state: LineState, by: 1 | -1): LineEvent {
  const at = Math.max(0, Math.min(state.history.length, state.at + by))
  if (at === state.at) return { kind: 'none', state }
  const draft = state.at === state.history.length ? state.text : state.draft
  const text = at === state.history.length ? draft : (state.history[at] ?? '')
  return { kind: 'edit', state: { ...state, at, draft, text, caret: text.length } }
}

function searchKey(state: LineState, search: string, input: string): LineEvent {
  const found = (text: string, from: number): Partial<LineState> => {
    const at = text === '' ? -1 : state.history.findLastIndex((line, index) => index < from && line.includes(text))
    const line = state.history[at]
    return line === undefined ? { search: text } : { search: text, text: line, caret: line.length, at }
  }
  if (input === '\r') return typeKey({ ...state, search: undefined }, input)
  if (input === '\x03' || input === '\x1b' || input === '\x07')
    return {
      kind: 'edit',
      state: { ...state, search: undefined, text: state.draft, caret: state.draft.length, at: state.history.length },
    }
  if (input === '\x12') return { kind: 'edit', state: { ...state, ...found(search, state.at) } }
  if (input === '\x7f')
    return { kind: 'edit', state: { ...state, ...found(search.slice(0, -1), state.history.length) } }
  if (insertable(input)) return { kind: 'edit', state: { ...state, ...found(search + input, state.history.length) } }
  return typeKey({ ...state, search: undefined }, input)
}

function before(text: string, caret: number): number {
  return [...graphemes.segment(text.slice(0, caret))].at(-1)?.index ?? 0
}
function after(text: string, caret: number): number {
  const next = [...graphemes.segment(text.slice(caret))][0]
  return next === undefined ? caret : caret + next.segment.length
}
const wordBefore = (text: string, caret: number): number => text.slice(0, caret).replace(/\S+\s*$/, '').length

/** Where the editor should go next. The editor listens; before it has loaded the static view takes the jump. */
type Place = { readonly path: string; readonly line: number; readonly column: number; readonly focus: boolean }
type Listener = (place: Place) => void

const listeners = new Set<Listener>()
let waiting: Place | undefined

/** Shows a line of a file that is open, 1-based; `focus` puts the caret there, so that the next key edits. */
export function revealLine(path: string, line: number, column = 1, focus = false): void {
  waiting = { path, line, column, focus }
  for (const listener of listeners) listener(waiting)
}

/** Also told of the last wish that came before it listened. Answers how to stop. */
export function onReveal(listener: Listener): () => void {
  listeners.add(listener)
  if (waiting !== undefined) listener(waiting)
  return () => listeners.delete(listener)
}

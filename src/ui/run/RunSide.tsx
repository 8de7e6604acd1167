/** Placeholder of the run side; the timeline and its panes take this place. */
export function RunSide() {
  return <div className="col grow" />
}

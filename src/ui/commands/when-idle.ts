/** After the editor: it is what a person touches first. */
export function whenIdle(act: () => void): void {
  const run = () =>
    'requestIdleCallback' in window ? window.requestIdleCallback(act, { timeout: 4000 }) : setTimeout(act, 500)
  setTimeout(run, 800)
}

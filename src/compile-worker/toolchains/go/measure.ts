/**
 * Notes how long a step took where a browser's tools and the bench find it (`performance.measure`): its last time only, so
 * that a long session keeps no list of builds.
 */
function note(step: string, start: number): void {
  const name = `go ${step}`
  performance.clearMeasures(name)
  performance.measure(name, { start })
}

/** Does a step and notes how long it took. */
export function measured<T>(step: string, work: () => T): T {
  const start = performance.now()
  try {
    return work()
  } finally {
    note(step, start)
  }
}

/** The same for a step that ends later; one that fails is not noted. */
export async function measuredLater<T>(step: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const value = await work()
  note(step, start)
  return value
}

import { sandboxClient } from '../clients/clients.ts'
import { appStore } from '../store/store.ts'
import { buildChanged } from './build.ts'
import { runNow } from './run.ts'

/**
 * An edit is on its way to the screen this long after the last keystroke (issue: at most 50 ms). What comes in one burst (a
 * paste, an input method, a bracket with its partner) is one edit; two keys of a typist are further apart than any wait here.
 */
const debounceMs = 25

/** Edit → compile → run → screen, by itself. Answers how to stop. */
export function startLiveRuns(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = appStore.subscribe(({ project, view }, before) => {
    const edited = project.revision !== before.project.revision && project.id === before.project.id
    if (!edited && view.scenario === before.view.scenario) return
    clearTimeout(timer)
    timer = setTimeout(() => void buildAndRun(), debounceMs)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

/** Builds what changed, then runs. A plugin that does not compile keeps the last run on the screen. */
export async function buildAndRun(): Promise<void> {
  const built = buildChanged()
  warmSandbox()
  if (await built) await runNow()
}

/** The emulator loads while the compiler works. What fails here fails again in the run, which tells it. */
function warmSandbox(): void {
  sandboxClient().then(
    (client) => client.warm(),
    () => undefined,
  )
}

/** Ctrl+S: builds even what did not change. */
export async function rebuildAndRun(): Promise<void> {
  if (await buildChanged({ again: 'all' })) await runNow()
}

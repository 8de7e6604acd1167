// The app's own TypeScript for scripts: loaded as the build would, without writing anything.
import { createServer } from 'vite'
import { pathOf } from './paths.mjs'

/** Calls `use` with a function that loads a module by its path in the project (`/src/…`), and answers what it answers. */
export async function withOurSources(use) {
  const vite = await createServer({
    root: pathOf('.'),
    configFile: false,
    appType: 'custom',
    logLevel: 'warn',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, ws: false, watch: null, hmr: false },
  })
  try {
    return await use((path) => vite.ssrLoadModule(path))
  } finally {
    await vite.close()
  }
}

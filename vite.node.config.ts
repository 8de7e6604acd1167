import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What runs in Node: the server, the command line, and the thread its guests run in. Packages stay where they are. */
const entries = {
  server: at('build-service/main.ts'),
  cli: at('src/cli/main.ts'),
  'sandbox-thread': at('src/sandbox/entry/node-worker.ts'),
  'bench-emulator': at('bench/emulator.ts'),
  'bench-world': at('bench/world.ts'),
  'bench-hosts': at('bench/hosts/emulator.ts'),
  schemas: at('src/model/project/json-schema.ts'),
}

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/node',
    target: 'node20',
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', topLevelVar: false },
    },
  },
})

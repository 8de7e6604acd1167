import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that compile Go, in the tab's toolchain or with the one of this machine: minutes, so not in `npm run check`. */
const compilesGo = [
  'toolchains/**/*.test.mjs',
  'conformance/go-sdk/**/*.test.ts',
  'conformance/wasm-go/**/*.test.ts',
  'src/compile-worker/toolchains/go/go-*.test.ts',
]

const exclude = [...configDefaults.exclude, 'src/templates/*/plugins/**']

export default defineConfig({
  test: {
    // A flake is a bug: nothing is tried twice.
    retry: 0,
    passWithNoTests: false,
    setupFiles: ['src/sandbox/upstream/redis/provide.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'src/**/*.test.tsx',
            'build-service/**/*.test.ts',
            'scripts/**/*.test.mjs',
            'conformance/**/*.test.ts',
          ],
          exclude: [...exclude, ...compilesGo],
        },
      },
      { extends: true, test: { name: 'go', include: compilesGo, exclude } },
    ],
  },
})

import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that compile Go, in the tab's toolchain or with the one of this machine: minutes, so not in `npm run check`. */
const compilesGo = [
  'toolchains/**/*.test.mjs',
  'conformance/go-sdk/**/*.test.ts',
  'conformance/wasm-go/**/*.test.ts',
  'src/compile-worker/toolchains/go/go-*.test.ts',
]

/**
 * Thousands of recorded cases or requests, random programs, other servers to compare with: not in `npm run check`
 * either.
 */
const goesOnLong = [
  'conformance/envoy.test.ts',
  'conformance/record.test.ts',
  'conformance/fuzz/**/*.test.ts',
  'conformance/hostile/**/*.test.ts',
  'conformance/httpbin/**/*.test.ts',
  'conformance/redis/**/*.test.ts',
  'src/sandbox/fuzz/**/*.test.ts',
  'src/sandbox/run/memory.test.ts',
]

/** Tests of what one module holds for the whole page or worker: each file has modules of its own. */
const ownModules = [
  'src/ui/**/*.test.ts',
  'src/ui/**/*.test.tsx',
  'src/sandbox/entry/libraries.test.ts',
  'src/sandbox/upstream/httpbin.test.ts',
  'src/compile-worker/client.test.ts',
  'src/compile-worker/module-hash.test.ts',
  'src/compile-worker/toolchains/go/build-memory.test.ts',
]

const exclude = [...configDefaults.exclude, 'src/templates/*/plugins/**']

export default defineConfig({
  test: {
    // A flake is a bug: nothing is tried twice.
    retry: 0,
    passWithNoTests: false,
    // One less than there are processors, as vitest has it, is half of a small machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
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
          exclude: [...exclude, ...compilesGo, ...goesOnLong, ...ownModules],
          // To load compiler and emulator anew for each file took longer than the tests.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'isolated', include: ownModules, exclude } },
      { extends: true, test: { name: 'proof', include: goesOnLong, exclude } },
      { extends: true, test: { name: 'go', include: compilesGo, exclude } },
    ],
  },
})

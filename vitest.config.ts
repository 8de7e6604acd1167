import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'src/**/*.test.tsx',
      'build-service/**/*.test.ts',
      'scripts/**/*.test.mjs',
      'toolchains/**/*.test.mjs',
      'conformance/**/*.test.ts',
    ],
    exclude: ['src/templates/*/plugins/**', '**/node_modules/**'],
    // A flake is a bug: nothing is tried twice.
    retry: 0,
    passWithNoTests: false,
  },
})

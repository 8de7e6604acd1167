import type { CompileClient } from './clients.ts'

/** Waits for the compile worker (src/compile-worker). Until then every build is `unavailable`. */
export function startCompiler(): Promise<CompileClient> {
  return Promise.resolve({
    compile: ({ id }) =>
      Promise.resolve({
        kind: 'unavailable',
        id,
        reason: 'unsupported',
        message: 'The compiler is not part of this build yet.',
      }),
  })
}

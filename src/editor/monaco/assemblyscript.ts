import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register'

/** What the TypeScript service must know to speak AssemblyScript (toolchains.md 2). */
export type ServiceLibraries = {
  /** Texts by path, `node_modules/…`. */
  readonly sources: Readonly<Record<string, string>>
  /** TypeScript's codes that are wrong for AssemblyScript. */
  readonly ignoredCodes: readonly number[]
}

const ready = { done: false }

/**
 * TypeScript's service gives completion, hover and definitions; its errors are off, because only the real compiler
 * knows AssemblyScript. What it finds unused stays as a hint.
 */
export function setUpAssemblyScript({ sources, ignoredCodes }: ServiceLibraries): void {
  if (ready.done) return
  ready.done = true
  typescriptDefaults.setCompilerOptions({
    target: 99,
    module: 1,
    moduleResolution: 2,
    noLib: true,
    allowNonTsExtensions: true,
    experimentalDecorators: true,
    types: [],
    typeRoots: [],
    strict: false,
    baseUrl: 'file:///',
  })
  typescriptDefaults.setDiagnosticsOptions({
    noSemanticValidation: true,
    noSyntaxValidation: true,
    noSuggestionDiagnostics: false,
    diagnosticCodesToIgnore: [...ignoredCodes],
  })
  typescriptDefaults.setEagerModelSync(true)
  typescriptDefaults.setExtraLibs(
    Object.entries(sources).map(([path, content]) => ({ content, filePath: `file:///${path}` })),
  )
}

/**
 * What the TypeScript service needs for completion, hover and go-to-definition in AssemblyScript: our SDK's sources and
 * AssemblyScript's own declarations, `{ path: text }`. Give each to Monaco as `file:///<path>`; a plugin's files as
 * `file:///plugins/<name>/…` find them by node resolution. 200 kB of text: import it lazily.
 */
import assemblyScriptLibrary from 'assemblyscript/std/assembly/index.d.ts?raw'
import { sdkSources } from './sdk-sources.ts'

/**
 * AssemblyScript declares `Number` as an alias; TypeScript takes the methods of numbers from an interface of that name
 * and would find none (`count.toString()`).
 */
const declarations = assemblyScriptLibrary.replace(
  'declare type Number = _Float;',
  'interface Number extends _Float {}',
)

/** Globals of asc that its declarations leave out. */
const missing = `declare function __pin(pointer: usize): usize
declare function __unpin(pointer: usize): void
`

export const librarySources: Readonly<Record<string, string>> = {
  'node_modules/assemblyscript/std/assembly/index.d.ts': declarations,
  'node_modules/assemblyscript/std/assembly/missing.d.ts': missing,
  ...sdkSources,
}

/**
 * Messages of TypeScript that are wrong for AssemblyScript (toolchains.md 2): decorators on functions, for-of, comparing
 * literals, `instanceof` with type arguments. `asc --noEmit` decides.
 */
export const ignoredTypeScriptCodes: readonly number[] = [1206, 1249, 2367, 2488, 2848]

/** Path for the TypeScript service of a file as the compiler names it (`~lib/@proxyground/sdk/index.ts`). */
export function servicePath(file: string): string {
  return file.replace(/^~lib\//, 'node_modules/')
}

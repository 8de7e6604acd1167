import type { Diagnostic } from '../../model/diagnostic.ts'
import { positionAt } from './source-position.ts'

/** Imports beside `proxy_*` and WASI that gateways have (proxy-wasm-host.md 2.10). */
const KNOWN = new Set(['pthread_equal', 'emscripten_notify_memory_growth', 'envoy_resolve_dns'])

/** What to write instead, by the import that AssemblyScript makes of it. */
const INSTEAD: Readonly<Record<string, string>> = {
  'Date.now': 'currentTimeMs() of the SDK',
  seed: 'the SDK, which brings it',
  abort: 'the SDK, which brings it',
}

/**
 * A warning for each import that no gateway provides, e.g. `env.console.log`: the module compiles and then fails to
 * load with a missing import. Placed at the first use in the sources that can be found by its name.
 */
export function foreignImports(
  wasm: Uint8Array,
  sources: Readonly<Record<string, string>>,
  entry: string,
): readonly Diagnostic[] {
  const module = new WebAssembly.Module(Uint8Array.from(wasm))
  return WebAssembly.Module.imports(module)
    .filter(({ module: from, name }) => !(from.startsWith('wasi_') || name.startsWith('proxy_') || KNOWN.has(name)))
    .map(({ module: from, name }) => {
      const instead = INSTEAD[name] ?? (name.startsWith('console.') ? 'logInfo() of the SDK' : undefined)
      const advice = instead === undefined ? '' : ` Use ${instead}.`
      return {
        ...placeOf(name, sources, entry),
        severity: 'warning',
        code: 'PG005',
        message: `The module imports ${from}.${name}, which no gateway has: it will not load.${advice}`,
        about: { name: `${from}.${name}` },
      }
    })
}

function placeOf(name: string, sources: Readonly<Record<string, string>>, entry: string) {
  for (const [file, text] of Object.entries(sources)) {
    const offset = text.indexOf(name)
    if (offset < 0) continue
    const { line, column } = positionAt(text, offset)
    return { file, line, column, endLine: line, endColumn: column + name.length }
  }
  return { file: entry, line: 1, column: 1, endLine: 1, endColumn: 2 }
}

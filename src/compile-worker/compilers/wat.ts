import loadWabt from 'wabt'
import type { Diagnostic } from '../../model/diagnostic.ts'
import { type CompileInput, type CompileOutcome, refusal, tooLarge } from './outcome.ts'

let loaded: ReturnType<typeof loadWabt> | undefined

/** What a gateway's V8 accepts and wabt has behind a switch (proxy-wasm-host.md 0: Envoy's engine). */
const FEATURES = {
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  multi_value: true,
  bulk_memory: true,
  reference_types: true,
  simd: true,
  tail_call: true,
  extended_const: true,
} as const

/** WebAssembly text to a module with wabt; names are kept for stacks in every mode. */
export async function compileWat(input: CompileInput): Promise<CompileOutcome> {
  const refused = tooLarge(input.sources)
  if (refused !== undefined) return refused
  const entry = entryOf(input.sources)
  if (entry === undefined)
    return refusal('PG001', 'The plugin has no entry file. Name it plugin.wat.', '', { names: 'plugin.wat' })
  loaded ??= loadWabt()
  const wabt = await loaded
  const text = input.sources[entry] ?? ''
  let module: ReturnType<typeof wabt.parseWat> | undefined
  try {
    module = wabt.parseWat(entry, text, FEATURES)
    module.resolveNames()
    module.validate()
    const { buffer } = module.toBinary({ write_debug_names: true })
    const wasm = input.mode === 'check' ? new Uint8Array() : new Uint8Array(buffer)
    return { kind: 'ok', wasm, sourceMap: '', warnings: [], output: '' }
  } catch (error) {
    const output = error instanceof Error ? error.message : String(error)
    const errors = wabtDiagnostics(output, entry)
    return errors.length > 0 ? { kind: 'rejected', errors, output } : refusal('PG003', output, entry)
  } finally {
    module?.destroy()
  }
}

function entryOf(sources: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(sources, 'plugin.wat')) return 'plugin.wat'
  const texts = Object.keys(sources).filter((name) => name.endsWith('.wat'))
  return texts.length === 1 ? texts[0] : undefined
}

/** wabt prints `file:line:column: error: message`, then the line and a row of carets as wide as the range. */
function wabtDiagnostics(output: string, file: string): Diagnostic[] {
  const lines = output.split('\n')
  return lines.flatMap((line, index) => {
    const found = /^.*?:(\d+):(\d+): (error|warning): (.*)$/.exec(line)
    if (found === null) return []
    const [, row = '1', column = '1', severity, message = ''] = found
    const width = Math.max(1, /\^+/.exec(lines[index + 2] ?? '')?.[0].length ?? 1)
    return [
      {
        file,
        line: Number(row),
        column: Number(column),
        endLine: Number(row),
        endColumn: Number(column) + width,
        severity: severity === 'warning' ? 'warning' : 'error',
        code: 'WAT',
        message,
      } satisfies Diagnostic,
    ]
  })
}

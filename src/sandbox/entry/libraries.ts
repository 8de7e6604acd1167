import { hasLibraries, provideLibraries } from '../host/foreign/libraries.ts'
import type { RunRequest } from './api.ts'

/** The import that leads to foreign functions, as it stands in a module's bytes. */
const NAME = new TextEncoder().encode('proxy_call_foreign_function')

/** Loads what the modules of a run can ask for beyond the emulator's own code. Resolves at once when that is nothing. */
export async function loadLibrariesFor({ modules }: RunRequest): Promise<void> {
  if (hasLibraries() || !Object.values(modules).some((wasm) => contains(wasm, NAME))) return
  provideLibraries(await import('../host/foreign/with-libraries.ts'))
}

function contains(bytes: Uint8Array, text: Uint8Array): boolean {
  const first = text[0] ?? 0
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (text.every((byte, index) => bytes[at + index] === byte)) return true
  }
  return false
}

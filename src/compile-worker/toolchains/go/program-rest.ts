import type { Bundle } from './bundle.ts'
import type { ProgramEnd } from './run-program.ts'

/** The other module of programs that were found to need it (scripts/toolchain-go/split-rest.mjs). */
const rests = new WeakMap<WebAssembly.Module, WebAssembly.Module>()

/** What a new instance of the program is completed with; undefined while nothing more was needed. */
export const restOf = (program: WebAssembly.Module): WebAssembly.Module | undefined => rests.get(program)

/**
 * Runs a tool as often as it takes: what usual builds do not use of it is in a module of its own, without which it traps.
 * Then that is loaded, and the run repeated. `run` gets the program, and has to leave nothing behind that a second run minds.
 */
export async function runTool<Done extends { readonly end: ProgramEnd }>(
  bundle: Bundle,
  name: 'compile' | 'link',
  run: (program: WebAssembly.Module) => Promise<Done>,
): Promise<Done> {
  const program = await bundle.program(name)
  const done = await run(program)
  if (done.end.crash === undefined || rests.has(program)) return done
  const rest = await bundle.rest(name)
  if (rest === undefined) return done
  rests.set(program, rest)
  return await run(program)
}

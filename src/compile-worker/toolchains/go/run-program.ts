import { ConsoleStdout, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim'
import { type FileTree, noInput } from './file-tree.ts'
import { measured } from './measure.ts'

export type ProgramEnd = {
  readonly exitCode: number
  /** Standard output and error in the order written. */
  readonly output: string
  /** Set when the program did not end by itself: a trap, the end of memory or of the stack. */
  readonly crash?: string
}

/** The exports of a WASI command, as the shim calls them. */
type Command = { readonly memory: WebAssembly.Memory; readonly _start: () => unknown }

const isCommand = (exports: WebAssembly.Exports): exports is WebAssembly.Exports & Command =>
  exports.memory instanceof WebAssembly.Memory && typeof exports._start === 'function'

/** What a program may print before the rest is dropped: a compiler that fails on every line of 2 MB says more than anyone reads. */
const OUTPUT_LIMIT = 1_000_000

/**
 * Runs a wasip1 command to its end, synchronously, with `files` as its whole file system. Never throws for what the
 * program does.
 */
export function runProgram(
  module: WebAssembly.Module,
  args: readonly string[],
  environment: readonly string[],
  files: FileTree,
): ProgramEnd {
  const chunks: Uint8Array[] = []
  let size = 0
  const write = (bytes: Uint8Array) => {
    size += bytes.length
    if (size <= OUTPUT_LIMIT) chunks.push(bytes.slice())
  }
  const root = new PreopenDirectory('/', files.root)
  const wasi = new WASI(
    [...args],
    [...environment],
    [noInput(), new ConsoleStdout(write), new ConsoleStdout(write), root],
    { debug: false },
  )
  const said = () => {
    const decoder = new TextDecoder()
    return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
  }
  try {
    const clock = countingClock(() => instance.exports.memory)
    const imports = { wasi_snapshot_preview1: { ...wasi.wasiImport, ...clock } }
    const instance = measured(`instantiate ${args[0]}`, () => new WebAssembly.Instance(module, imports))
    const { exports } = instance
    if (!isCommand(exports)) throw new Error('the module is no WASI command')
    const exitCode = measured(`run ${args[0]}`, () => wasi.start({ exports }))
    return { exitCode, output: said() }
  } catch (error) {
    return { exitCode: -1, output: said(), crash: error instanceof Error ? error.message : String(error) }
  }
}

/** What a Go program prints when it breaks off by itself: the end of memory or stack, a panic, a bug of the compiler. */
const BROKEN_OFF = /^(?:fatal error: |panic: |runtime: goroutine stack exceeds|.*internal compiler error: )(.*)$/m

/** Why a program gave no verdict about its input, in one line; undefined when it did. */
export function crashOf({ crash, exitCode, output }: ProgramEnd): string | undefined {
  const said = BROKEN_OFF.exec(output)
  if (crash === undefined && (exitCode === 0 || said === null))
    return exitCode > 2 ? `exit code ${exitCode}` : undefined
  return said === null ? crash : said[0].trim()
}

/**
 * Time for a compiler: every question finds it a microsecond later. Go's scheduler asks twenty thousand times a compile,
 * which the browser's clock makes a fifth of the whole; and what a clock says must not decide what is compiled.
 */
function countingClock(memory: () => WebAssembly.ExportValue | undefined): WebAssembly.ModuleImports {
  let microseconds = 0
  return {
    clock_time_get(_clock: number, _precision: bigint, address: number): number {
      const found = memory()
      if (!(found instanceof WebAssembly.Memory)) return 0
      microseconds += 1
      const nanoseconds = microseconds * 1000
      const view = new DataView(found.buffer)
      view.setUint32(address, nanoseconds >>> 0, true)
      view.setUint32(address + 4, Math.floor(nanoseconds / 2 ** 32), true)
      return 0
    },
  }
}

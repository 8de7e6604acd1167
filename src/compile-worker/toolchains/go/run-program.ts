import { ConsoleStdout, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim'
import { type FileTree, noInput } from './file-tree.ts'

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
  const said = () => chunks.map((chunk, index) => decode(chunk, index === chunks.length - 1)).join('')
  const decoder = new TextDecoder()
  const decode = (chunk: Uint8Array, last: boolean) => decoder.decode(chunk, { stream: !last })
  try {
    const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport })
    const { exports } = instance
    if (!isCommand(exports)) throw new Error('the module is no WASI command')
    return { exitCode: wasi.start({ exports }), output: said() }
  } catch (error) {
    return { exitCode: -1, output: said(), crash: error instanceof Error ? error.message : String(error) }
  }
}

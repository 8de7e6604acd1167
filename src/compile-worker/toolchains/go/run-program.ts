import type { FileTree } from './file-tree.ts'
import { createWarmProgram } from './warm-program.ts'

export type ProgramEnd = {
  readonly exitCode: number
  /** Standard output and error in the order written. */
  readonly output: string
  /** Set when the program did not end by itself: a trap, the end of memory or of the stack. */
  readonly crash?: string
}

/**
 * Runs a wasip1 program to its end, synchronously, with `files` as its whole file system, in an instance of its own. Never
 * throws for what the program does.
 */
export function runProgram(
  module: WebAssembly.Module,
  args: readonly string[],
  environment: readonly string[],
  files: FileTree,
): ProgramEnd {
  return createWarmProgram(module, environment).run(args, files)
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

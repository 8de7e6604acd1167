import { ConsoleStdout, PreopenDirectory, WASI, WASIProcExit } from '@bjorn3/browser_wasi_shim'
import { type FileTree, noInput } from './file-tree.ts'
import { measured } from './measure.ts'
import { restOf } from './program-rest.ts'
import { noteReads, type Program, type Range, type Resting, type Running, restingPlace } from './resting.ts'
import type { ProgramEnd } from './run-program.ts'
import { wholeWrites } from './whole-writes.ts'

/** A wasip1 program that runs many times with one environment; synchronous. Never throws for what the program does. */
export type WarmProgram = {
  /** Runs it to its end with `files` as its whole file system. */
  run(args: readonly string[], files: FileTree): ProgramEnd
  /**
   * Runs it up to its own resting place (toolchains/go/tools/_overlay/prepare.go). Undefined when it came to an end before,
   * or knows no such place; else what runs it on from there, as often as wanted, with files of the same tree changed.
   */
  prepare(args: readonly string[], files: FileTree): (() => ProgramEnd) | undefined
}

/** What a program may print before the rest is dropped: a compiler that fails on every line of 2 MB says more than anyone reads. */
const OUTPUT_LIMIT = 1_000_000

/** Memory of WebAssembly never shrinks: an instance that needed more than this, in bytes, is let go after its run. */
const MEMORY_KEPT = 400_000_000

/** Go's registers among the exports (scripts/toolchain-go/export-globals.mjs). */
const REGISTER = /^global\d+$/

const isProgram = (exports: WebAssembly.Exports): exports is WebAssembly.Exports & Program =>
  exports.memory instanceof WebAssembly.Memory &&
  (typeof exports._start === 'function' || typeof exports.proxyground_run === 'function')

export function createWarmProgram(module: WebAssembly.Module, environment: readonly string[]): WarmProgram {
  let kept: { readonly running: Running; readonly rest: Resting } | undefined
  let said = collect()
  // What a collector lets go is written over.
  const collects = !environment.includes('GOGC=off')

  function start(args: readonly string[], files: FileTree): Running {
    const write = (bytes: Uint8Array) => said.write(bytes)
    const console = [new ConsoleStdout(write), new ConsoleStdout(write)]
    const wasi = new WASI([...args], [...environment], [noInput(), ...console, new PreopenDirectory('/', files.root)], {
      debug: false,
    })
    const clock = countingClock(() => instance.exports.memory)
    const read: Range[] = []
    const notes: WebAssembly.ModuleImports = collects ? {} : noteReads(wasi, () => instance.exports.memory, read)
    const writes = wholeWrites(wasi, () => instance.exports.memory)
    const imports = { wasi_snapshot_preview1: { ...wasi.wasiImport, ...clock, ...notes, ...writes } }
    const instance = measured(`instantiate ${args[0]}`, () => new WebAssembly.Instance(module, imports))
    const { exports } = instance
    const rest = restOf(module)
    // It puts its functions in the program's table.
    if (rest !== undefined) new WebAssembly.Instance(rest, { program: exports })
    if (!isProgram(exports)) throw new Error('the module is no WASI program')
    wasi.inst = { exports }
    const globals = Object.entries(exports).flatMap(([name, value]) =>
      REGISTER.test(name) && value instanceof WebAssembly.Global ? [value] : [],
    )
    measured(`start ${args[0]}`, () => exports._initialize?.())
    return { program: exports, wasi, globals, read }
  }

  /** Calls an export that ends by leaving the program. */
  function end(call: (() => unknown) | undefined): ProgramEnd {
    try {
      call?.()
      return { exitCode: 0, output: said.text() }
    } catch (error) {
      if (error instanceof WASIProcExit) return { exitCode: error.code, output: said.text() }
      return { exitCode: -1, output: said.text(), crash: error instanceof Error ? error.message : String(error) }
    }
  }

  const small = ({ program }: Running) => program.memory.buffer.byteLength <= MEMORY_KEPT

  return {
    run(args, files) {
      said = collect()
      try {
        if (kept === undefined) {
          const running = start(args, files)
          if (running.program.proxyground_run === undefined)
            return measured(`run ${args[0]}`, () => end(running.program._start))
          kept = { running, rest: restingPlace(running, args) }
        }
        const { running, rest } = kept
        rest.leave()
        running.wasi.args = [...args]
        running.wasi.fds[3] = new PreopenDirectory('/', files.root)
        const result = measured(`run ${args[0]}`, () => end(running.program.proxyground_run))
        if (result.crash !== undefined || !small(running)) kept = undefined
        else rest.comeBack()
        return result
      } catch (error) {
        kept = undefined
        return { exitCode: -1, output: said.text(), crash: error instanceof Error ? error.message : String(error) }
      }
    },
    prepare(args, files) {
      said = collect()
      try {
        const running = start(args, files)
        const { proxyground_prepare: prepare, proxyground_finish: finish } = running.program
        if (prepare === undefined || finish === undefined) return undefined
        measured(`prepare ${args[0]}`, prepare)
        const rest = restingPlace(running, args)
        return () => {
          said = collect()
          rest.leave()
          const result = measured(`run ${args[0]}`, () => end(finish))
          if (result.crash === undefined) rest.comeBack()
          return result
        }
      } catch {
        return undefined
      }
    },
  }
}

/** What a program prints, in the order written. */
function collect(): { write(bytes: Uint8Array): void; text(): string } {
  const chunks: Uint8Array[] = []
  let size = 0
  return {
    write(bytes) {
      size += bytes.length
      if (size <= OUTPUT_LIMIT) chunks.push(bytes.slice())
    },
    text() {
      const decoder = new TextDecoder()
      return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
    },
  }
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

import { type Fd, OpenFile, type WASI } from '@bjorn3/browser_wasi_shim'
import { BundledFileHandle } from './file-tree.ts'
import { measured } from './measure.ts'

/** As the shim calls a module; `proxyground_…` are exports of toolchains/go/tools/_overlay. */
export type Program = {
  readonly memory: WebAssembly.Memory
  readonly _start?: () => unknown
  readonly _initialize?: () => unknown
  readonly proxyground_run?: () => unknown
  readonly proxyground_prepare?: () => unknown
  readonly proxyground_finish?: () => unknown
}

/** An instance and what it prints. */
export type Running = {
  readonly program: Program
  readonly wasi: WASI
  readonly globals: readonly WebAssembly.Global[]
  /** Where in memory large pieces of files of the bundle were read to. */
  readonly read: Range[]
}

/** Addresses of memory: from the first up to, and without, the second. */
export type Range = readonly [from: number, to: number]

/** Everything an instance is at rest. */
type Rest = {
  /** What was written of its memory, by address, but for the files it read: those stay as they are. */
  readonly pieces: readonly { readonly at: number; readonly bytes: Uint8Array }[]
  /** Memory from here on was never written. */
  readonly used: number
  readonly globals: readonly unknown[]
  readonly fds: readonly Fd[]
}

/** Where an instance is now, and can be again. */
export type Resting = {
  /** To be called before it runs on: sees to it that it is there. */
  leave(): void
  /** Lets it come back when the worker has nothing else to do. */
  comeBack(): void
}

export function restingPlace(running: Running, args: readonly string[]): Resting {
  const rest = restOf(running)
  let there = true
  const back = () => {
    if (!there) measured(`set back ${args[0]}`, () => setBack(running, rest))
    there = true
  }
  return {
    leave() {
      back()
      there = false
    },
    comeBack() {
      whenQuiet(back)
    },
  }
}

/**
 * How long nothing may have run before instances come back, in milliseconds: the answer of the last one is hashed and sent
 * meanwhile, which would wait for it.
 */
const QUIET = 200

const waiting = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Does something when no instance has run for a moment. */
function whenQuiet(work: () => void): void {
  waiting.add(work)
  clearTimeout(timer)
  timer = setTimeout(() => {
    for (const each of waiting) each()
    waiting.clear()
  }, QUIET)
}

/** Files from here on, in bytes, are read where they stay: Go's linker takes an archive as one slice that it never writes to. */
const LARGE = 32_768

/** `fd_read` that notes where large pieces of files of the bundle went. */
export function noteReads(
  wasi: WASI,
  memory: () => WebAssembly.ExportValue | undefined,
  read: Range[],
): WebAssembly.ModuleImports {
  const inner = wasi.wasiImport.fd_read
  return {
    fd_read(fd: number, places: number, count: number, size: number): number {
      const status = Number(inner?.(fd, places, count, size))
      const found = memory()
      if (status !== 0 || count !== 1 || !(wasi.fds[fd] instanceof BundledFileHandle)) return status
      if (!(found instanceof WebAssembly.Memory)) return status
      const view = new DataView(found.buffer)
      const length = view.getUint32(size, true)
      const from = view.getUint32(places, true)
      if (length >= LARGE) read.push([from, from + length])
      return status
    },
  }
}

function restOf({ program, wasi, globals, read }: Running): Rest {
  const memory = new Uint8Array(program.memory.buffer)
  // What was never written is zero, and needs no copy.
  let used = memory.length
  const words = new BigUint64Array(program.memory.buffer)
  while (used > 0 && words[used / 8 - 1] === 0n) used -= 8
  const pieces: { at: number; bytes: Uint8Array }[] = []
  let at = 0
  const upTo = (end: number) => {
    if (end > at) pieces.push({ at, bytes: memory.slice(at, end) })
  }
  for (const [from, to] of read.splice(0).sort(([a], [b]) => a - b)) {
    upTo(from)
    at = Math.max(at, to)
  }
  upTo(used)
  return { pieces, used, globals: globals.map(({ value }) => value), fds: [...wasi.fds] }
}

/** Sets an instance back to where it rested. Files that it had open for writing are empty again. */
function setBack({ program, wasi, globals, read }: Running, rest: Rest): void {
  read.length = 0
  const memory = new Uint8Array(program.memory.buffer)
  for (const { at, bytes } of rest.pieces) memory.set(bytes, at)
  memory.fill(0, rest.used)
  for (const [index, global] of globals.entries()) global.value = rest.globals[index]
  wasi.fds = [...rest.fds]
  for (const fd of rest.fds) {
    if (!(fd instanceof OpenFile)) continue
    fd.file_pos = 0n
    if (!fd.file.readonly) fd.file.data = new Uint8Array()
  }
}

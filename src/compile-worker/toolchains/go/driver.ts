import { ConsoleStdout, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim'
import type { DriverAnswer, DriverRequest } from './driver-protocol.ts'
import { FileTree, noInput } from './file-tree.ts'
import { measured } from './measure.ts'
import type { Pack } from './pack.ts'

/** The driver (toolchains/go/driver), warm between questions. */
export type Driver = {
  ask(request: DriverRequest): DriverAnswer
  /** Gives it what hover and definition read, before the first such question. */
  addDocs(docs: Pack): void
}

type Reactor = {
  readonly memory: WebAssembly.Memory
  readonly _initialize: () => unknown
  readonly proxyground_buffer: (size: number) => number
  readonly proxyground_request: (size: number) => bigint
}

/**
 * Memory of WebAssembly never shrinks: an instance that needed more than this (a file of 2 MB takes some 350 MB) is let go
 * after its answer. A usual plugin keeps it below 50 MB.
 */
const MEMORY_KEPT = 200_000_000

const isReactor = (exports: WebAssembly.Exports): exports is WebAssembly.Exports & Reactor =>
  exports.memory instanceof WebAssembly.Memory &&
  ['_initialize', 'proxyground_buffer', 'proxyground_request'].every((name) => typeof exports[name] === 'function')

/**
 * Starts the driver when it is first asked. `exports` is the pack of export data, `docs` what hover reads, if it is there.
 * A question that makes it trap is answered `internal`, and the next one meets a fresh instance; so it is after one that
 * took much memory.
 */
export function createDriver(module: WebAssembly.Module, exports: Pack, docs: Pack = new Map()): Driver {
  const files = new FileTree()
  for (const [name, content] of exports) files.add(`pkg/${name}`, content)
  for (const [name, content] of docs) files.add(`docs/${name}`, content)
  let running: { readonly reactor: Reactor; readonly said: () => string } | undefined

  return {
    addDocs(pack) {
      for (const [name, content] of pack) files.add(`docs/${name}`, content)
    },
    ask(request) {
      running ??= measured('driver start', () => start(module, files))
      const { reactor, said } = running
      try {
        const answer = measured(`driver ${request.op}`, () => call(reactor, request))
        if (reactor.memory.buffer.byteLength > MEMORY_KEPT) running = undefined
        return answer
      } catch (error) {
        running = undefined
        const message = error instanceof Error ? error.message : String(error)
        return { kind: 'internal', message: `${message}\n${said()}`.trim() }
      }
    },
  }
}

function start(module: WebAssembly.Module, files: FileTree): { reactor: Reactor; said: () => string } {
  const lines: string[] = []
  // The end of what it prints is what explains a crash.
  const print = (line: string) => {
    lines.push(line)
    if (lines.length > 60) lines.shift()
  }
  const console = ConsoleStdout.lineBuffered(print)
  const fds = [noInput(), console, console, new PreopenDirectory('/', files.root)]
  const wasi = new WASI(['driver'], ['PWD=/'], fds, { debug: false })
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport })
  const { exports } = instance
  if (!isReactor(exports)) throw new Error('The driver of the Go toolchain lacks its exports.')
  wasi.initialize({ exports })
  return { reactor: exports, said: () => lines.join('\n') }
}

function call(reactor: Reactor, request: DriverRequest): DriverAnswer {
  const bytes = new TextEncoder().encode(JSON.stringify(request))
  const address = reactor.proxyground_buffer(bytes.length) >>> 0
  new Uint8Array(reactor.memory.buffer).set(bytes, address)
  const place = BigInt.asUintN(64, reactor.proxyground_request(bytes.length))
  const text = new TextDecoder().decode(
    new Uint8Array(reactor.memory.buffer, Number(place >> 32n), Number(place & 0xffff_ffffn)),
  )
  // Our own program, of the same build: the protocol is one type on both sides (driver-protocol.ts).
  const answer: DriverAnswer = JSON.parse(text)
  return answer
}

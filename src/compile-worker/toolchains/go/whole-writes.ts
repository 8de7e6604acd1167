import { OpenFile, type WASI } from '@bjorn3/browser_wasi_shim'

/** From here on, in bytes, a piece that begins a file is taken as it is: the shim copies a piece twice. */
const LARGE = 65_536

/** `fd_write` that copies once what is written to an empty file in one go, as Go's linker does with a module. */
export function wholeWrites(wasi: WASI, memory: () => WebAssembly.ExportValue | undefined): WebAssembly.ModuleImports {
  const inner = wasi.wasiImport.fd_write
  return {
    fd_write(fd: number, places: number, count: number, size: number): number {
      const found = memory()
      const open = wasi.fds[fd]
      if (count === 1 && found instanceof WebAssembly.Memory && open instanceof OpenFile && open.file_pos === 0n) {
        const view = new DataView(found.buffer)
        const from = view.getUint32(places, true)
        const length = view.getUint32(places + 4, true)
        if (length >= LARGE && open.file.data.length === 0 && !open.file.readonly) {
          open.file.data = new Uint8Array(found.buffer).slice(from, from + length)
          open.file_pos = BigInt(length)
          view.setUint32(size, length, true)
          return 0
        }
      }
      return Number(inner?.(fd, places, count, size))
    },
  }
}

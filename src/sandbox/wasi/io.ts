import { address, i64, u32, u32Out } from '../abi/declare.ts'
import { Errno } from '../abi/status.ts'
import { utf8Bytes } from '../abi/text.ts'
import { type EnvFunction, type HostCall, hostFunction } from '../host/call.ts'

const options = { returns: 'errno', inStart: true } as const
const stdout = 1
const stderr = 2

/** Output, standard descriptors, environment, randomness, exit (proxy-wasm-host.md 10). */
export const io: readonly EnvFunction[] = [
  hostFunction(
    'fd_write',
    { fd: u32, iovs: address, count: u32 },
    { written: u32Out },
    (call, { fd, iovs, count }, out) => write(call, fd, iovs, count, out),
    { ...options, inAllocator: true },
  ),
  hostFunction(
    'fd_pwrite',
    { fd: u32, iovs: address, count: u32, offset: i64 },
    { written: u32Out },
    (call, { fd, iovs, count }, out) => write(call, fd, iovs, count, out),
    options,
  ),
  hostFunction(
    'fd_fdstat_get',
    { fd: u32, stat: address },
    {},
    ({ vm }, { fd, stat }) => {
      if (fd !== stdout && fd !== stderr) return Errno.badf
      // File type and flags 0, rights "write", nothing inherited: three 64-bit words.
      const rights = [0n, 64n, 0n]
      // The host does not look whether it could write (seen on Envoy).
      for (const [index, value] of rights.entries()) if (!vm.memory.writeU64(stat + 8 * index, value)) break
      return Errno.success
    },
    options,
  ),
  hostFunction(
    'fd_tell',
    { fd: u32, position: address },
    {},
    ({ vm }, { fd, position }) => {
      if (fd !== stdout && fd !== stderr) return Errno.badf
      return vm.memory.writeU64(position, 0n) ? Errno.success : Errno.fault
    },
    options,
  ),
  hostFunction(
    'environ_sizes_get',
    {},
    { count: u32Out, size: u32Out },
    (call, _args, out) => {
      const lines = environment(call)
      out.count = lines.length
      out.size = lines.reduce((size, line) => size + line.length, 0)
      return Errno.success
    },
    options,
  ),
  hostFunction(
    'environ_get',
    { environ: address, buffer: address },
    {},
    (call, { environ, buffer }) => {
      let at = buffer
      const { memory } = call.vm
      for (const [index, line] of environment(call).entries()) {
        if (!memory.contains(at, line.length) || !memory.writeU32(environ + 4 * index, at)) return Errno.fault
        memory.bytes.set(line, at)
        at += line.length
      }
      return Errno.success
    },
    options,
  ),
  hostFunction(
    'random_get',
    { buffer: address, size: u32 },
    {},
    ({ vm }, { buffer, size }) => {
      if (size > 65536) return Errno.inval
      if (size === 0) return Errno.success
      if (!vm.memory.contains(buffer, size)) return Errno.fault
      vm.randomBytes.fill(vm.memory.bytes.subarray(buffer, buffer + size))
      return Errno.success
    },
    options,
  ),
  // The host notes it and returns to the guest; toolchains follow it by `unreachable`, which traps (7.2).
  hostFunction('proc_exit', { code: u32 }, {}, () => 0, { returns: 'nothing' }),
]

/** `KEY=VALUE` and a NUL each. */
function environment(call: HostCall): readonly Uint8Array[] {
  return call.vm.environmentVariables.map(([name, value]) => utf8Bytes(`${name}=${value}\0`))
}

/** All pieces make one log line, without one line break at its end; the answer counts it (10). */
function write(call: HostCall, fd: number, iovs: number, count: number, out: { written: number | undefined }): number {
  if (fd !== stdout && fd !== stderr) return Errno.badf
  const joined = gather(call, iovs, count)
  if (joined === undefined) return Errno.fault
  out.written = joined.length
  if (joined.length > 0) {
    const line = joined.at(-1) === 0x0a ? joined.subarray(0, -1) : joined
    call.vm.log(fd === stdout ? 'info' : 'error', fd === stdout ? 'stdout' : 'stderr', line)
  }
  return Errno.success
}

function gather(call: HostCall, iovs: number, count: number): Uint8Array | undefined {
  const { memory } = call.vm
  // Pieces may overlap, so their sum can exceed memory many times over: that cannot be one honest write.
  if (count > 0xfffffff || !memory.contains(iovs, 8 * count)) return undefined
  const { bytes, view } = memory
  let size = 0
  for (let index = 0; index < count; index++) {
    const pointer = view.getUint32(iovs + 8 * index, true)
    const length = view.getUint32(iovs + 8 * index + 4, true)
    size += length
    if (pointer + length > bytes.length || size > bytes.length) return undefined
  }
  const joined = new Uint8Array(size)
  let at = 0
  for (let index = 0; index < count; index++) {
    const pointer = view.getUint32(iovs + 8 * index, true)
    const length = view.getUint32(iovs + 8 * index + 4, true)
    joined.set(bytes.subarray(pointer, pointer + length), at)
    at += length
  }
  return joined
}

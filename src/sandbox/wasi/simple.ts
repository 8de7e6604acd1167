import { address, type DeclareOptions, i64, type Param, type Params, u32, u32Out, u64Out } from '../abi/declare.ts'
import { Errno } from '../abi/status.ts'
import { type EnvFunction, hostFunction } from '../host/call.ts'

const inStart = { inStart: true } as const
const isOutput = (fd: number): boolean => fd === 1 || fd === 2

/** Takes what it takes and always answers the same. */
function answer(name: string, params: Params, errno: number, options: DeclareOptions = inStart): EnvFunction {
  return hostFunction(name, params, {}, () => errno, { returns: 'errno', ...options })
}

/** Answers 0 for standard output and error, "bad descriptor" for everything else. */
function onlyOutputs(name: string, params: Params & { readonly fd: Param<number> }): EnvFunction {
  const declared: { readonly fd: Param<number> } & Params = params
  return hostFunction(name, declared, {}, (_call, { fd }) => (isOutput(Number(fd)) ? Errno.success : Errno.badf), {
    returns: 'errno',
    ...inStart,
  })
}

const fd = u32
const path = address
const size = u32

/**
 * The functions whose whole behaviour is a number (proxy-wasm-host.md 10). No files, directories, sockets, arguments
 * exist. Signatures are the standard's; the real host's differ for path_link and path_symlink.
 */
export const simple: readonly EnvFunction[] = [
  answer('fd_read', { fd, iovs: address, count: u32, read: address }, Errno.nosys, {}),
  answer('fd_pread', { fd, iovs: address, count: u32, offset: i64, read: address }, Errno.nosys),
  answer('fd_seek', { fd, offset: i64, whence: u32, position: address }, Errno.success, {}),
  answer('fd_close', { fd }, Errno.success, {}),
  answer('fd_fdstat_set_flags', { fd, flags: u32 }, Errno.nosys),
  onlyOutputs('fd_fdstat_set_rights', { fd, base: i64, inheriting: i64 }),
  onlyOutputs('fd_filestat_set_size', { fd, size: i64 }),
  onlyOutputs('fd_filestat_set_times', { fd, access: i64, modification: i64, flags: u32 }),
  onlyOutputs('fd_allocate', { fd, offset: i64, length: i64 }),
  onlyOutputs('fd_datasync', { fd }),
  onlyOutputs('fd_sync', { fd }),
  answer('fd_advise', { fd, offset: i64, length: i64, advice: u32 }, Errno.success),
  answer('fd_filestat_get', { fd, stat: address }, Errno.badf),
  hostFunction(
    'fd_readdir',
    { fd, buffer: address, size, cookie: i64 },
    { used: u32Out },
    (_call, _args, out) => {
      out.used = 0
      return Errno.exist
    },
    { returns: 'errno', ...inStart },
  ),
  hostFunction(
    'fd_renumber',
    { from: fd, to: fd },
    {},
    (_call, { from, to }) => (isOutput(from) && isOutput(to) ? Errno.notsup : Errno.badf),
    { returns: 'errno', ...inStart },
  ),
  answer('fd_prestat_get', { fd, prestat: address }, Errno.badf),
  answer('fd_prestat_dir_name', { fd, path, size }, Errno.nosys),
  answer(
    'path_open',
    {
      fd,
      lookup: u32,
      path,
      size,
      open_flags: u32,
      rights: i64,
      inheriting: i64,
      fd_flags: u32,
      opened: address,
    },
    Errno.noent,
    {},
  ),
  answer('path_filestat_get', { fd, flags: u32, path, size, stat: address }, Errno.notsup),
  answer('path_create_directory', { fd, path, size }, Errno.notsup),
  answer(
    'path_filestat_set_times',
    { fd, lookup: u32, path, size, access: i64, modification: i64, flags: u32 },
    Errno.notsup,
  ),
  answer(
    'path_link',
    { old_fd: fd, lookup: u32, old_path: path, old_size: size, new_fd: fd, new_path: path, new_size: size },
    Errno.notsup,
  ),
  hostFunction(
    'path_readlink',
    { fd, path, size, buffer: address, buffer_size: size },
    { used: u32Out },
    (_call, _args, out) => {
      out.used = 0
      return Errno.notsup
    },
    { returns: 'errno', ...inStart },
  ),
  answer('path_remove_directory', { fd, path, size }, Errno.notsup),
  answer(
    'path_rename',
    { fd, old_path: path, old_size: size, new_fd: fd, new_path: path, new_size: size },
    Errno.notsup,
  ),
  answer('path_symlink', { old_path: path, old_size: size, fd, new_path: path, new_size: size }, Errno.notsup),
  answer('path_unlink_file', { fd, path, size }, Errno.notsup),
  hostFunction(
    'sock_accept',
    { fd, flags: u32 },
    { accepted: u64Out },
    (_call, _args, out) => {
      // The host writes a word of 64 bits where the standard has 32 (seen on Envoy 1.40).
      out.accepted = 0n
      return Errno.notsup
    },
    { returns: 'errno', ...inStart },
  ),
  hostFunction(
    'sock_recv',
    { fd, iovs: address, count: u32, flags: u32, size: address, flags_out: address },
    {},
    ({ vm }, { size, flags_out }) => {
      const { memory } = vm
      if (!memory.writeU32(size, 0) || !memory.contains(flags_out, 2)) return Errno.fault
      memory.view.setUint16(flags_out, 0, true)
      return Errno.notsup
    },
    { returns: 'errno', ...inStart },
  ),
  noSocket('sock_send', { fd, iovs: address, count: u32, flags: u32 }, ['size']),
  noSocket('sock_shutdown', { fd, how: u32 }, []),
  answer('args_get', { argv: address, buffer: address }, Errno.success),
  hostFunction(
    'args_sizes_get',
    {},
    { count: u32Out, size: u32Out },
    (_call, _args, out) => {
      out.count = 0
      out.size = 0
      return Errno.success
    },
    { returns: 'errno', ...inStart },
  ),
  answer('sched_yield', {}, Errno.success, {}),
]

/** Outputs are zeroed, the answer is "not supported". */
function noSocket(name: string, params: Params, outs: readonly string[]): EnvFunction {
  const declared = Object.fromEntries(outs.map((out) => [out, u32Out]))
  return hostFunction(
    name,
    params,
    declared,
    (_call, _args, out) => {
      for (const key of outs) out[key] = 0
      return Errno.notsup
    },
    { returns: 'errno', ...inStart },
  )
}

/** Calls of WASI's functions with right and wrong arguments, for a guest that makes them one after the other. */

/** Where a call's results go; 24 bytes of it are shown. */
export const out = 64
/** A page behind the end of memory. */
const bad = 0xffff0000
/** Vectors of pieces to write, made by the guest's data. */
export const vectors = { one: 256, two: 272, newline: 296, empty: 312, far: 328 } as const
const path = 400

export type WasiCall = {
  readonly name: string
  readonly args: readonly number[]
  /** Its results are never the same twice. */
  readonly hidden?: boolean
}

const call = (name: string, ...args: readonly number[]): WasiCall => ({ name, args })
const fds = [0, 1, 2, 3, 99]
const each = (name: string, ...rest: readonly number[]) => fds.map((fd) => call(name, fd, ...rest))

export const wasiCalls: readonly WasiCall[] = [
  ...['fd_write'].flatMap((name) => [
    ...fds.map((fd) => call(name, fd, vectors.one, 1, out)),
    call(name, 1, vectors.two, 2, out),
    call(name, 2, vectors.newline, 1, out),
    call(name, 1, vectors.empty, 1, out),
    call(name, 1, vectors.one, 0, out),
    call(name, 1, vectors.far, 1, out),
    call(name, 1, bad, 1, out),
    call(name, 1, vectors.one, 1, bad),
    call(name, 99, bad, 1, bad),
  ]),
  call('fd_pwrite', 1, vectors.one, 1, 7, out),
  call('fd_pwrite', 3, vectors.one, 1, 7, out),
  ...each('fd_read', vectors.one, 1, out),
  call('fd_pread', 0, vectors.one, 1, 0, out),
  ...each('fd_seek', 3, 0, out),
  call('fd_seek', 1, 3, 9, bad),
  ...each('fd_close'),
  ...each('fd_fdstat_get', out),
  call('fd_fdstat_get', 1, bad),
  ...each('fd_fdstat_set_flags', 4),
  ...each('fd_fdstat_set_rights', 1, 1),
  ...each('fd_filestat_set_size', 9),
  ...each('fd_filestat_set_times', 1, 1, 0),
  ...each('fd_allocate', 0, 9),
  ...each('fd_datasync'),
  ...each('fd_sync'),
  ...each('fd_advise', 0, 9, 0),
  ...each('fd_filestat_get', out),
  ...each('fd_tell', out),
  call('fd_tell', 1, bad),
  ...each('fd_readdir', out + 8, 16, 0, out),
  call('fd_readdir', 3, out, 16, 0, bad),
  call('fd_renumber', 1, 2),
  call('fd_renumber', 1, 3),
  call('fd_renumber', 3, 1),
  ...each('fd_prestat_get', out),
  call('fd_prestat_get', 3, bad),
  ...each('fd_prestat_dir_name', path, 4),
  call('path_open', 3, 0, path, 4, 0, 0, 0, 0, out),
  call('path_open', 3, 0, bad, 4, 0, 0, 0, 0, bad),
  call('path_filestat_get', 3, 0, path, 4, out),
  call('path_create_directory', 3, path, 4),
  call('path_filestat_set_times', 3, 0, path, 4, 1, 1, 0),
  call('path_link', 3, 0, path, 4, 3, path, 4),
  call('path_readlink', 3, path, 4, out + 8, 8, out),
  call('path_readlink', 3, path, 4, out, 8, bad),
  call('path_remove_directory', 3, path, 4),
  call('path_rename', 3, path, 4, 3, path, 4),
  call('path_symlink', path, 4, 3, path, 4),
  call('path_unlink_file', 3, path, 4),
  call('sock_accept', 3, 0, out),
  call('sock_recv', 3, vectors.one, 1, 0, out, out + 8),
  call('sock_recv', 3, vectors.one, 1, 0, bad, out),
  call('sock_send', 3, vectors.one, 1, 0, out),
  call('sock_send', 3, vectors.one, 1, 0, bad),
  call('sock_shutdown', 3, 0),
  call('args_sizes_get', out, out + 8),
  call('args_sizes_get', bad, out),
  call('args_get', out, out + 8),
  call('environ_sizes_get', out, out + 8),
  call('environ_sizes_get', out, bad),
  call('environ_get', out, out + 8),
  ...[0, 1].map((id) => ({ ...call('clock_time_get', id, 0, out), hidden: true })),
  call('clock_time_get', 2, 0, out),
  call('clock_time_get', 9, 0, out),
  call('clock_time_get', 0, 0, bad),
  ...[0, 1, 2, 3, 9].map((id) => call('clock_res_get', id, out)),
  call('clock_res_get', 0, bad),
  { ...call('random_get', out, 8), hidden: true },
  call('random_get', out, 0),
  call('random_get', bad, 8),
  call('random_get', bad, 0),
  call('random_get', out, 65_537),
  call('random_get', bad, 65_537),
  call('sched_yield'),
  call('poll_oneoff', path, out + 8, 0, out),
  call('poll_oneoff', path, out + 8, 0, bad),
  call('proc_exit', 3),
]

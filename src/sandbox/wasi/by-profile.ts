/** What a gateway registers of WASI where that is not what all others do (`conformance/loads`: seen on Envoy 1.36 and 1.40). */
import type { GatewayProfile } from '../../model/profile.ts'
import type { FunctionType } from '../abi/wasm-types.ts'

/** They came to the C++ host in 2025, after 1.36 was branched; the host of Higress has them (proxy-wasm-host.md 10). */
const since2025: ReadonlySet<string> = new Set(
  'fd_pwrite fd_tell clock_res_get fd_pread fd_fdstat_set_rights fd_filestat_set_size fd_filestat_set_times fd_allocate fd_datasync fd_sync fd_advise fd_filestat_get fd_readdir fd_renumber path_filestat_get path_create_directory path_filestat_set_times path_link path_readlink path_remove_directory path_rename path_symlink path_unlink_file sock_accept sock_recv sock_send sock_shutdown'.split(' '), // biome-ignore format: names
)

const i32s = (count: number): FunctionType => ({ params: new Array(count).fill('i32'), results: ['i32'] })

/** One parameter short of the standard: a module of any compiler that imports them does not link. */
const odd: ReadonlyMap<string, FunctionType> = new Map([
  ['path_link', i32s(6)],
  ['path_symlink', i32s(4)],
])

export const isMissing = (name: string, profile: GatewayProfile): boolean =>
  profile === 'envoy-1.36' && since2025.has(name)

/** The type that this gateway gives it, if it is not the standard's. */
export const oddType = (name: string, profile: GatewayProfile): FunctionType | undefined =>
  profile === 'envoy-1.40' ? odd.get(name) : undefined

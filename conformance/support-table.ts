/** Which host functions there are, for which profile, and what says that they behave as on the real gateway. */
import { abiVersions } from '../src/sandbox/abi/callbacks.ts'
import { envFunctions } from '../src/sandbox/host/registry.ts'
import { unimplementedEnvoy } from '../src/sandbox/host/unimplemented.ts'
import { cases } from './cases/index.ts'
import { type EnvoyVersion, readExpected } from './expected.ts'

/** Which functions a line of the probe's script calls. */
const called: Readonly<Record<string, readonly string[]>> = {
  log: ['proxy_log'],
  get: ['proxy_get_header_map_value'],
  pairs: ['proxy_get_header_map_pairs'],
  size: ['proxy_get_header_map_size'],
  add: ['proxy_add_header_map_value'],
  replace: ['proxy_replace_header_map_value'],
  remove: ['proxy_remove_header_map_value'],
  setpairs: ['proxy_set_header_map_pairs'],
  getbuf: ['proxy_get_buffer_bytes'],
  setbuf: ['proxy_set_buffer_bytes'],
  bufstatus: ['proxy_get_buffer_status'],
  now: ['proxy_get_current_time_nanoseconds'],
  continue: ['proxy_continue_stream', 'proxy_continue_request', 'proxy_continue_response'],
  close: ['proxy_close_stream'],
  clearroute: ['proxy_clear_route_cache'],
  config: ['proxy_get_configuration'],
  level: ['proxy_get_log_level'],
  reply: ['proxy_send_local_response'],
  call: ['proxy_http_call'],
  prop: ['proxy_get_property'],
  setprop: ['proxy_set_property'],
  shget: ['proxy_get_shared_data'],
  shset: ['proxy_set_shared_data'],
  metric: ['proxy_define_metric', 'proxy_increment_metric', 'proxy_record_metric', 'proxy_get_metric'],
  tick: ['proxy_set_tick_period_milliseconds'],
  effective: ['proxy_set_effective_context'],
  foreign: ['proxy_call_foreign_function'],
  roundtrip: ['proxy_call_foreign_function'],
  gcall: ['proxy_grpc_call'],
  gstream: ['proxy_grpc_stream'],
  gsend: ['proxy_grpc_send'],
  gcancel: ['proxy_grpc_cancel'],
  gclose: ['proxy_grpc_close'],
  done: ['proxy_done'],
  status: ['proxy_get_status'],
  register: ['proxy_register_shared_queue'],
  resolve: ['proxy_resolve_shared_queue'],
  enqueue: ['proxy_enqueue_shared_queue'],
  dequeue: ['proxy_dequeue_shared_queue'],
}

/** Cases with a recording of this Envoy in which a function is called. */
function casesByFunction(version: EnvoyVersion): ReadonlyMap<string, number> {
  const recorded = readExpected(version)
  const counts = new Map<string, number>()
  for (const { name, scripts, abi } of cases) {
    if (!recorded.has(name)) continue
    const operations = scripts.flatMap((script) =>
      script.split('\n').map((line) =>
        line
          .trim()
          .replace(/^@\d+ /, '')
          .split(' '),
      ),
    )
    const functions = operations.flatMap(([operation = '', argument]) => {
      if (operation !== 'continue') return called[operation] ?? []
      if (abi !== '0_1_0') return ['proxy_continue_stream']
      return [argument === '0' ? 'proxy_continue_request' : 'proxy_continue_response']
    })
    for (const fn of new Set(functions)) counts.set(fn, (counts.get(fn) ?? 0) + 1)
  }
  return counts
}

type Row = { readonly name: string; readonly cells: readonly string[] }

const profiles = ['envoy-1.40', 'envoy-1.36', 'higress-2.2', 'higress-2.1'] as const

/** Every function of module `env`, in the order in which they are declared. */
export function supportRows(): readonly Row[] {
  const ofFamily = (family: 'envoy' | 'higress') =>
    new Set(abiVersions.flatMap((abi) => [...envFunctions(abi, family).keys()]))
  const [envoy, higress] = [ofFamily('envoy'), ofFamily('higress')]
  const [newer, older] = [casesByFunction('1.40'), casesByFunction('1.36')]
  const missing = new Set(unimplementedEnvoy.map(({ name }) => name))
  const counted = (count: number | undefined, version: string) =>
    count === undefined ? 'source' : `${version} (${count})`
  return [...new Set([...envoy, ...higress])].map((name) => ({
    name,
    cells: profiles.map((profile) => {
      if (missing.has(name)) return profile.startsWith('envoy') ? 'not there: Unimplemented' : '–'
      if (!(profile.startsWith('envoy') ? envoy : higress).has(name)) return '–'
      if (profile === 'envoy-1.40') return counted(newer.get(name), 'envoy-1.40')
      if (profile === 'higress-2.1') return 'source'
      return counted(older.get(name), 'envoy-1.36')
    }),
  }))
}

/** `docs/SUPPORT.md`. */
export function supportTable(): string {
  const rows = supportRows()
  const recorded = (version: EnvoyVersion) => {
    const known = readExpected(version)
    return cases.filter(({ name }) => known.has(name)).length
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    '# Host functions and how they were checked',
    '',
    'Made by `UPDATE_SUPPORT=1 npx vitest run conformance/support-table.test.ts` from the declared host functions and the',
    'conformance cases. Do not edit.',
    '',
    `- \`envoy-1.40 (N)\`: N cases were recorded on a real Envoy 1.40 and the emulator does the same (${recorded('1.40')} cases in all).`,
    `- \`envoy-1.36 (N)\`: the same with Envoy 1.36 (${recorded('1.36')} cases). Gateway 2.2 is built on it, so its functions stand on the`,
    '  same recordings; what Higress adds has no upstream Envoy to be compared with.',
    '- `source`: written from the sources and documents of the gateway, covered by tests, not compared with a running one.',
    '- `–`: this gateway does not have it; a module that imports it does not load.',
    '',
    line(['Function', ...profiles]),
    line(['Function', ...profiles].map(() => '---')),
    ...rows.map(({ name, cells }) => line([`\`${name}\``, ...cells])),
    '',
  ].join('\n')
}

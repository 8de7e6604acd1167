/** Which host functions there are, for which profile, and what says that they behave as on the real gateway. */
import { abiVersions } from '../src/sandbox/abi/callbacks.ts'
import { envFunctions } from '../src/sandbox/host/registry.ts'
import { unimplementedEnvoy } from '../src/sandbox/host/unimplemented.ts'
import { isMissing } from '../src/sandbox/wasi/by-profile.ts'
import { wasiFunctions } from '../src/sandbox/wasi/registry.ts'
import { cases } from './cases/index.ts'
import { endsOf, resumesOf, statusesOf, statusName, statusPhases } from './cases/status.ts'
import { readFates } from './crashes/expected.ts'
import { readExpected } from './expected.ts'
import type { ProbeCase } from './observed.ts'
import { convertedCases, leftOut, renamedCases } from './renamed/cases.ts'
import { readRenamed } from './renamed/expected.ts'
import { isOtherOn21 } from './renamed/line-1.27.ts'
import { threadCases } from './threads/cases.ts'
import { wasiCalls } from './wasi/calls.ts'

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

/** Cases of this list in which a function is called. */
function casesByFunction(list: readonly ProbeCase[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { scripts, abi } of list) {
    const operations = scripts.flatMap((script) =>
      script.split('\n').map((line) =>
        line
          .trim()
          .replace(/^@\d+ /, '')
          .split(' '),
      ),
    )
    const functions = operations.flatMap(([operation = '', argument = '']) => {
      if (operation === 'raw') return [argument]
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
  const counts = new Map(profiles.map((profile) => [profile, casesByFunction(comparedOn(profile))]))
  const missing = new Set(unimplementedEnvoy.map(({ name }) => name))
  return [...new Set([...envoy, ...higress])].map((name) => ({
    name,
    cells: profiles.map((profile) => {
      if (missing.has(name)) return profile.startsWith('envoy') ? 'not there: Unimplemented' : '–'
      if (!(profile.startsWith('envoy') ? envoy : higress).has(name)) return '–'
      return checked(profile, counts.get(profile)?.get(name) ?? 0)
    }),
  }))
}

type Profile = (typeof profiles)[number]

const checked = (profile: Profile, count: number): string =>
  count === 0 ? 'source' : `${profile.startsWith('envoy') ? profile : 'renamed'} (${count})`

const known = new Map<Profile, readonly ProbeCase[]>()

/** The cases that say what the emulator does with this profile; looked up once, in many files. */
function comparedOn(profile: Profile): readonly ProbeCase[] {
  const found = known.get(profile) ?? casesOn(profile)
  known.set(profile, found)
  return found
}

function casesOn(profile: Profile): readonly ProbeCase[] {
  if (profile === 'envoy-1.40' || profile === 'envoy-1.36') {
    const recorded = readExpected(profile === 'envoy-1.40' ? '1.40' : '1.36')
    return cases.filter(({ name }) => recorded.has(name))
  }
  const renamed = readRenamed()
  const all = [...renamedCases.filter(({ name }) => renamed.has(name)), ...convertedCases.filter(({ abi }) => abi !== undefined)] // biome-ignore format: one
  return all.filter((each) => leftOut(each) === undefined && (profile === 'higress-2.2' || !isOtherOn21(each.name)))
}

/** By callback: the cases in which each of its statuses is answered, resumed by nobody, a call and a tick. */
export function statusRows(): readonly Row[] {
  const names = new Map(profiles.map((profile) => [profile, new Set(comparedOn(profile).map(({ name }) => name))]))
  return statusPhases.flatMap((phase) =>
    statusesOf(phase).map((status) => {
      const wanted = endsOf(phase).flatMap((end) =>
        resumesOf(phase, status).map((resume) => statusName(phase, status, end, resume)),
      )
      const count = (profile: Profile) => wanted.filter((name) => names.get(profile)?.has(name)).length
      return { name: `${phase} answers ${status}`, cells: profiles.map((each) => checked(each, count(each))) }
    }),
  )
}

/** Every function of WASI: how many calls of it a real Envoy answered as the emulator does. */
export function wasiRows(): readonly Row[] {
  return [...wasiFunctions.keys()].map((name) => {
    const count = wasiCalls.filter((call) => call.name === name).length
    const cell = (profile: Profile) => {
      if (isMissing(name, profile)) return '–'
      return profile.startsWith('envoy') ? `${profile} (${count})` : 'source'
    }
    return { name, cells: profiles.map(cell) }
  })
}

/** `docs/SUPPORT.md`. */
export function supportTable(): string {
  const rows = supportRows()
  const total = (profile: Profile) => comparedOn(profile).length
  const { crashes, lives } = readFates()['1.40'] ?? { crashes: [], lives: [] }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    '# Host functions and how they were checked',
    '',
    'Made by `UPDATE_SUPPORT=1 npx vitest run conformance/support-table.test.ts` from the declared host functions and the',
    'conformance cases. Do not edit.',
    '',
    `- \`envoy-1.40 (N)\`: N cases were recorded on a real Envoy 1.40 and the emulator does the same (${total('envoy-1.40')} cases in all);`,
    `  \`envoy-1.36 (N)\`: the same with Envoy 1.36 (${total('envoy-1.36')} cases).`,
    '- `renamed (N)`: N cases were run on a real Envoy 1.36, which gateway 2.2 is built on, with the option',
    '  `allow_on_headers_stop_iteration` and the marker of ABI 0_2_100 renamed; with the Higress profile the emulator does',
    `  the same as 0_2_100, but for a listed mask (\`conformance/renamed/mask.ts\`): gateway 2.2 ${total('higress-2.2')} cases, gateway 2.1, for which`,
    `  the cases that Envoy 1.27 has otherwise are listed (\`conformance/renamed/line-1.27.ts\`), ${total('higress-2.1')}. What Higress adds of its`,
    '  own has no upstream Envoy to be compared with.',
    `- What ends a real Envoy 1.40 was tried apart from these: ${crashes.length + lives.length} cases, of which ${crashes.length} end it (\`conformance/crashes\`).`,
    `- Services and workers: ${threadCases.length} cases with one and two workers, on both versions (\`conformance/threads\`).`,
    '- `source`: written from the sources and documents of the gateway, covered by tests, not compared with a running one.',
    '- `–`: this gateway does not have it; a module that imports it does not load.',
    '',
    line(['Function', ...profiles]),
    line(['Function', ...profiles].map(() => '---')),
    ...rows.map(({ name, cells }) => line([`\`${name}\``, ...cells])),
    '',
    '## WASI',
    '',
    'Calls with right and wrong arguments (`conformance/wasi`); which functions there are: `conformance/loads`.',
    '',
    line(['Function', ...profiles]),
    line(['Function', ...profiles].map(() => '---')),
    ...wasiRows().map(({ name, cells }) => line([`\`${name}\``, ...cells])),
    '',
    '## What a callback answers',
    '',
    'Each status with and without the end of the message, resumed by nobody, by a call and by a tick.',
    '',
    line(['Callback and status', ...profiles]),
    line(['Callback', ...profiles].map(() => '---')),
    ...statusRows().map(({ name, cells }) => line([name, ...cells])),
    '',
  ].join('\n')
}

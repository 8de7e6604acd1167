import type { Chance } from './chance.ts'

/** Callbacks a random script has something to do in. */
export const phases = [
  'request_headers',
  'request_body',
  'request_trailers',
  'response_headers',
  'response_body',
  'response_trailers',
  'log',
  'done',
] as const
export type Phase = (typeof phases)[number]

const names = ['x-a', 'x-b', 'X-Up', 'x-dup', 'content-type', 'cookie', 'user-agent', 'accept', ':path', ':authority', 'host', 'x-none', 'x-forwarded-proto', ':status', 'set-cookie', 'server', 'content-length'] as const // biome-ignore format: table
/** Names that a plugin writes; the framing is left alone (see `program.ts`). */
const written = ['x-a', 'x-b', 'X-Up', 'x-dup', 'content-type', 'cookie', 'user-agent', 'accept', ':path', ':authority', 'host', 'x-forwarded-proto', 'set-cookie', 'server', 'via', 'grpc-status', 'te'] as const // biome-ignore format: table
const values = ['1', 'two', '', 'a,b', 'v'.repeat(40), '%c3%a9', '/alt?b=2', 'text/html', 'trailers'] as const

const properties = [
  'request%00path',
  'request%00url_path',
  'request%00host',
  'request%00scheme',
  'request%00method',
  'request%00headers',
  'request%00headers%00x-a',
  'request%00referer',
  'request%00useragent',
  'request%00size',
  'request%00total_size',
  'request%00protocol',
  'request%00query',
  'request%00id%00x',
  'request',
  'response%00code',
  'response%00code_details',
  'response%00flags',
  'response%00grpc_status',
  'response%00headers',
  'response%00headers%00content-type',
  'response%00trailers',
  'response%00size',
  'response%00size',
  'connection%00mtls',
  'connection%00tls_version',
  'upstream%00local_address',
  'upstream%00transport_failure_reason',
  'plugin_name',
  'plugin_root_id',
  'xds%00route_name',
  'xds%00cluster_metadata',
  'metadata',
  'filter_state',
  'wasm%00k1',
  'k1',
  'k2',
  '',
] as const

const kinds = ['counter', 'gauge', 'histogram'] as const

/** What can be called anywhere and touches no message. */
export function plainOperation(chance: Chance): string {
  const key = chance.of(['k1', 'k2', 'k3'])
  const value = chance.of(values)
  switch (chance.between(0, 9)) {
    case 0:
      return `shset ${key}~ ${value} ${chance.of(['0', '0', '77', '4294967295'])}`
    case 1:
      return `shget ${key}~`
    case 2: {
      const kind = chance.between(0, 2)
      const change = chance.of(['inc', 'rec'])
      return `metric ${kind} ${kinds[kind]}${key}~ ${change} ${chance.of(['1', '7', '0', '-3', '9000000000'])}`
    }
    case 3:
      return `setprop ${chance.of(['k1', 'k2', 'plugin_name', 'request%00path', ''])} ${value}`
    case 4:
    case 5:
      return `prop ${chance.of(properties)}`
    case 6:
      return 'status'
    case 7:
      return `foreign ${chance.of(['clear_route_cache', 'nothing', ''])} x`
    case 8:
      return 'level'
    default:
      return `prop ${chance.of(['k1', 'k2', 'request%00path'])}`
  }
}

function reading(chance: Chance, ended: boolean): string {
  const map = chance.of([0, 0, 2, 2, 1, 3, 4, 6, 7])
  switch (chance.between(0, 5)) {
    case 0:
    case 1:
      return `get ${map} ${chance.of(names)}`
    case 2:
      return `pairs ${map}`
    case 3:
      // Sizes of trailers make trailers; those of a response go by how many digits the service's time has.
      return `size ${chance.of([0, 0, 6])}`
    default:
      // What is left of a body in on_log is not compared.
      return `getbuf ${ended ? chance.of([4, 5, 7]) : chance.of([0, 1, 4, 5, 7])} ${chance.of([0, 1, 5, 99])} ${chance.of([0, 1, 4, 100, 4294967295])}`
  }
}

function headerEdit(chance: Chance, map: number): string {
  const name = map % 2 === 1 ? chance.of(['x-a', 'x-t', 'X-Up']) : chance.of(written)
  // A service would refuse a request without a host.
  const value = name === ':authority' || name === 'host' ? chance.of(['b.test', 'c.test:81']) : chance.of(values)
  switch (chance.between(0, 5)) {
    case 0:
    case 1:
      return `add ${map} ${name} ${value}`
    case 2:
    case 3:
      return `replace ${map} ${name} ${value}`
    case 4:
      // Nor do emulated services take one without a host, unlike the recording server (RFC 9112, 3.2).
      return `remove ${map} ${name.startsWith(':') || (map === 0 && name === 'host') ? 'x-a' : name}`
    default:
      return `remove ${map} ${chance.of(['x-dup', 'cookie', 'accept', 'x-a'])}`
  }
}

const bufferEdit = (chance: Chance, buffer: number): string =>
  `setbuf ${buffer} ${chance.of([0, 0, 0, 1, 5, 99])} ${chance.of([0, 1, 4, 100, 4294967295])} ${chance.of(['', 'NEW', 'a%20longer%20text'])}`

/** Maps a plugin may write in each phase so that something happens. */
const ownMap: Readonly<Partial<Record<Phase, number>>> = {
  request_headers: 0,
  request_trailers: 1,
  response_headers: 2,
  response_trailers: 3,
}

/** One host call of a callback. */
export function operation(chance: Chance, phase: Phase | 'http_call_response'): string {
  const roll = chance.between(0, 99)
  if (roll < 25) return plainOperation(chance)
  const ended = phase === 'log' || phase === 'done'
  if (roll < 50) return reading(chance, ended)
  const own = phase === 'http_call_response' ? chance.of([0, 2]) : ownMap[phase]
  if (own !== undefined && roll < 80) return headerEdit(chance, own)
  if (phase === 'request_body' && roll < 75) return bufferEdit(chance, 0)
  if (phase === 'response_body' && roll < 75) return bufferEdit(chance, 1)
  // In the wrong phase, too; trailers only in theirs: writing them elsewhere makes some.
  if (roll < 92) return headerEdit(chance, chance.of([0, 2]))
  return ended ? plainOperation(chance) : bufferEdit(chance, chance.of([0, 1]))
}

/** Random connections through a TCP listener: what plugins do in each callback, what the client sends, how the service talks. */
import { Chance } from '../fuzz/chance.ts'
import { plainOperation } from '../fuzz/operations.ts'

/** Between two pieces of one side, ms; the other side's come in between. */
export const gap = 60

export type TcpProgram = {
  readonly seed: number
  readonly number: number
  /** Probe scripts in chain order. */
  readonly scripts: readonly string[]
  /** Of the client, one every 60 ms, the first at once. */
  readonly send: readonly string[]
  /** Who ends its side first: the client with its last bytes, the service when all is quiet, or the client then. */
  readonly close?: 'client' | 'upstream'
  /** The service sends back what it gets. */
  readonly echo: boolean
  /** What it says of its own, the first 30 ms after it was connected to, one every 60 ms. */
  readonly says: readonly string[]
}

const pieces = ['a', 'hello', '0123456789', 'x'.repeat(300), 'bytes'] as const

const attributes = ['connection%00mtls', 'connection%00id', 'upstream%00transport_failure_reason', 'source%00port', 'request%00path', 'cluster_name', 'plugin_name', 'k1'] as const // biome-ignore format: list

type Phase = 'new_connection' | 'downstream_data' | 'upstream_data' | 'downstream_connection_close' | 'upstream_connection_close' | 'log' | 'done' // biome-ignore format: list
const phases: readonly Phase[] = ['new_connection', 'downstream_data', 'upstream_data', 'downstream_connection_close', 'upstream_connection_close', 'log', 'done'] // biome-ignore format: list

export function tcpProgram(seed: number, number: number): TcpProgram {
  const chance = new Chance(seed, number, 'tcp')
  const scripts = chance.list(1, 2, () => scriptOf(chance))
  const sent = chance.list(0, 4, () => chance.of(pieces))
  const close = chance.of([undefined, undefined, 'client', 'upstream'] as const)
  // The end alone: whether it comes with the last bytes is chance.
  const send = close === 'client' ? [...sent, ''] : sent
  const says = chance.list(0, 2, () => chance.of(pieces))
  // An emulated service says one thing after the other; of a real one an echo may come between.
  return { seed, number, scripts, send, ...(close === undefined ? {} : { close }), echo: says.length === 0, says }
}

function scriptOf(chance: Chance): string {
  const sections = phases.filter(() => chance.happens(0.6)).map((phase) => section(chance, phase))
  return sections.flat().join('\n')
}

function section(chance: Chance, phase: Phase): readonly string[] {
  const lines = chance.list(0, 4, () => operation(chance, phase))
  const at =
    chance.happens(0.12) && phase.endsWith('_data') ? [`@${chance.between(1, 3)} close ${chance.of([2, 3])}`] : []
  const returns = phase.endsWith('_data')
    ? [...chance.list(0, 3, () => chance.of([0, 0, 1, 1, 2])), 0]
    : phase === 'new_connection'
      ? [0]
      : []
  return [`on ${phase}`, ...lines, ...at, ...(returns.length === 0 ? [] : [`return ${returns.join(',')}`])]
}

function operation(chance: Chance, phase: Phase): string {
  switch (chance.between(0, 9)) {
    case 0:
    case 1:
      return `prop ${chance.of(attributes)}`
    case 2:
    case 3:
    case 4:
      return `getbuf ${chance.of([2, 3, 2, 3, 0])} ${chance.of([0, 1, 5, 99])} ${chance.of([0, 1, 4, 100, 4294967295])}`
    case 5:
    case 6:
      return phase.endsWith('_data')
        ? `setbuf ${phase === 'downstream_data' ? 2 : 3} ${chance.of([0, 0, 1, 5, 99])} ${chance.of([0, 1, 4, 100, 4294967295])} ${chance.of(['', 'NEW', 'a%20longer%20text'])}`
        : plainOperation(chance)
    case 7:
      return chance.of([
        'continue 2',
        'continue 3',
        'get 0 :path',
        'pairs 0',
        'add 0 x-a 1',
        'reply 403 d denied -1',
        'size 6',
      ])
    default:
      return plainOperation(chance)
  }
}

import type { HeaderList } from '../../src/model/http.ts'
import type { ProbeCase } from '../observed.ts'
import { Chance } from './chance.ts'
import { operation, type Phase, phases } from './operations.ts'

/** A random case in parts, so that parts can be left out when it shrinks. */
export type Program = Omit<ProbeCase, 'scripts' | 'name'> & {
  readonly seed: number
  readonly number: number
  readonly plugins: readonly PluginScript[]
}

export type PluginScript = readonly Section[]
export type Section = { readonly on: string; readonly lines: readonly string[]; readonly returns: readonly number[] }

/** What the gateway runs. */
export function caseOf({ seed, number, plugins, ...rest }: Program): ProbeCase {
  return { name: `program ${seed}/${number}`, ...rest, scripts: plugins.map(scriptOf) }
}

const scriptOf = (sections: PluginScript): string =>
  sections
    .map(({ on, lines, returns }) =>
      [`on ${on}`, ...lines, ...(returns.length === 0 ? [] : [`return ${returns.join(',')}`])].join('\n'),
    )
    .join('\n')

/**
 * Program `number` of `seed`. Left out are what is undefined on a real Envoy or listed in docs/DIFFERENCES.md
 * (continue in a header callback, `continue_stream(response)` before a response, a local reply in on_log, a reply and a
 * close in one callback, trailers made in a body callback) and what the services would answer by themselves
 * (a body that is not as long as its content-length says).
 */
export function programOf(seed: number, number: number): Program {
  const chance = new Chance(seed, number)
  const plugins = chance.list(1, 2, () => pluginScript(chance))
  const says = (start: string) => plugins.some((script) => script.some(({ lines }) => lines.some((line) => line.startsWith(start)))) // biome-ignore format: one
  const request = randomRequest(chance)
  const inChunks = (request.chunks ?? []).length > 1 || request.trailers !== undefined
  const faulty = chance.happens(0.08) ? chance.of(['silent', 'refused', 'closing', 'broken'] as const) : undefined
  // What breaks off does so at its own time, and answers HEAD with a body.
  const unclear = faulty === 'broken' && (says('call') || says('@1 call') || says('g') || request.method === 'HEAD')
  return {
    seed,
    number,
    plugins: inChunks ? plugins.map(withoutLateEdits) : plugins,
    // A gRPC service answers after as long as two chunks are apart.
    request: says('gcall') || says('gstream') ? inOnePiece(request) : request,
    ...(chance.happens(0.5) ? { reply: randomReply(chance) } : {}),
    ...(faulty === undefined || unclear ? {} : { cluster: faulty }),
    ...(chance.happens(0.1) ? { limit: chance.of([64, 250, 1000]) } : {}),
    ...(chance.happens(0.1) ? { abi: chance.of(['0_1_0', '0_2_0'] as const) } : {}),
    ...(chance.happens(0.3) ? { allowStopIteration: true } : {}),
    ...(chance.happens(0.3) ? { again: chance.list(1, 2, () => ({ after: 40 })) } : {}),
    ...(chance.happens(0.1) ? { plugin: chance.of([{ fail_open: true }, { failure_policy: 'FAIL_OPEN' }]) } : {}),
    // Envoy closes a connection with a second of delay.
    patience: plugins.some((script) => script.some(({ lines }) => lines.some((line) => /^(close|reply)/.test(line))))
      ? 1500
      : 600,
    settle: 90,
  }
}

/** Of a plugin that calls a service: in which callback, and which side it continues then. */
type Calling = { readonly from: Phase; readonly side: 0 | 1 }

function pluginScript(chance: Chance): PluginScript {
  const calling: Calling | undefined = chance.happens(0.35)
    ? chance.of([
        { from: 'request_headers', side: 0 },
        { from: 'request_headers', side: 0 },
        { from: 'request_body', side: 0 },
        { from: 'response_headers', side: 1 },
        { from: 'response_body', side: 1 },
      ])
    : undefined
  const sections = phases
    .filter(() => chance.happens(0.55))
    .map((phase) => section(chance, phase, calling?.from === phase))
  if (calling !== undefined && !sections.some(({ on }) => on === calling.from))
    sections.push(section(chance, calling.from, true))
  if (calling !== undefined) sections.push(answerSection(chance, calling.side))
  else if (chance.happens(0.12)) sections.push(...otherTalk(chance, sections))
  return withFreeLength(sections)
}

const callLine = 'call auth~ 1000  :method=GET :path=/check :authority=auth.test'

function section(chance: Chance, phase: Phase, calls: boolean): Section {
  const lines = chance.list(0, 4, () => operation(chance, phase))
  const ended = phase === 'log' || phase === 'done'
  if (!ended && chance.happens(0.06)) lines.push(reply(chance))
  else if (!ended && chance.happens(0.02)) lines.push(`close ${chance.of([0, 1])}`)
  else if (chance.happens(0.02)) lines.push('trap')
  // Not two at once: which context the second answer meets is left to chance (docs/DIFFERENCES.md).
  if (calls) lines.unshift(phase.endsWith('body') ? `@1 ${callLine}` : callLine)
  return { on: phase, lines, returns: ended ? [] : returnsOf(chance, phase, calls) }
}

function returnsOf(chance: Chance, phase: Phase, calls: boolean): readonly number[] {
  if (phase.endsWith('trailers')) return [0]
  if (phase.endsWith('headers')) {
    if (calls) return [chance.of([1, 1, 3, 4, 0])]
    return [chance.happens(0.04) ? chance.of([1, 3, 4]) : chance.of([0, 0, 0, 2])]
  }
  if (calls) return [chance.of([1, 0])]
  return [...chance.list(0, 3, () => chance.of([0, 1, 1, 2, 3])), 0]
}

const reply = (chance: Chance): string =>
  `reply ${chance.of([200, 204, 401, 403, 503])} ${chance.of(['', 'my%20details'])} ${chance.of(['', 'denied', '{}'])} ${chance.of([-1, 0, 7])}${chance.of(['', ' x-by=probe', ' content-type=application/json x-a=1 x-a=2'])}`

function answerSection(chance: Chance, side: 0 | 1): Section {
  const lines = chance.list(0, 3, () => operation(chance, 'http_call_response'))
  // In the response a reply after the headers, and a second one, crash Envoy.
  if (side === 0 && chance.happens(0.1)) lines.push(reply(chance))
  else if (chance.happens(0.95)) lines.push(`continue ${side}`)
  return { on: 'http_call_response', lines, returns: [] }
}

const grpcMethods = ['Unary', 'Echo', 'EmptyMessage', 'NoMessage', 'Two', 'Fail', 'FailLate', 'NoStatus', 'Http503', 'Silent', 'Reset', 'Garbage', 'Server', 'EarlyFail', 'Nowhere'] as const // biome-ignore format: table

/** A gRPC call or stream, or a queue, begun when the request headers come; the request may wait for its end. */
function otherTalk(chance: Chance, sections: readonly Section[]): readonly Section[] {
  if (sections.some(({ on }) => on === 'request_headers')) return []
  const look = () => chance.list(0, 2, () => chance.of(['status', 'getbuf 5 0 100', 'pairs 4', 'pairs 5', 'get 4 x-init', 'get 0 :path', 'add 0 x-late 1'])) // biome-ignore format: one
  const begin = (lines: readonly string[], returns: number): Section => ({ on: 'request_headers', lines, returns: [returns] }) // biome-ignore format: one
  const waits = chance.of([0, 4, 4])
  const method = chance.of(grpcMethods)
  switch (chance.between(0, 2)) {
    case 0: {
      const end = [...look(), 'continue 0']
      return [
        // Its timers race with everything that is not held.
        begin([`gcall grpc~ ${chance.of([300, 60]) * (method === 'Silent' ? 1 : 10)} ${method} question x-mine=1`], 4),
        { on: 'grpc_receive', lines: end, returns: [] },
        { on: 'grpc_close', lines: end, returns: [] },
      ]
    }
    case 1:
      return [
        begin([`gstream grpc~ ${method} x-mine=1`, `gsend question ${chance.of([0, 1, 1])}`], 4),
        ...['grpc_initial_metadata', 'grpc_receive', 'grpc_trailing_metadata'].map((on) => ({ on, lines: look(), returns: [] })), // biome-ignore format: one
        { on: 'grpc_close', lines: [...look(), 'continue 0'], returns: [] },
      ]
    default: {
      const use = () => chance.of(['enqueue one', 'enqueue ', 'dequeue', 'resolve  q~', 'resolve  nope', 'register q~'])
      return [
        begin(['register q~', ...chance.list(1, 4, use)], waits),
        { on: 'queue_ready', lines: [...chance.list(0, 2, use), ...chance.list(0, 1, () => 'status')].filter((line) => !line.startsWith('enqueue')), returns: [] }, // biome-ignore format: one
      ]
    }
  }
}

/** Whoever changes a body takes the announced length away. */
export function withFreeLength(sections: readonly Section[]): PluginScript {
  const edits = (buffer: number) =>
    sections.some(({ lines }) => lines.some((line) => new RegExp(`^(@\\d+ )?setbuf ${buffer} `).test(line)))
  let result = [...sections]
  for (const [buffer, on, map] of [
    [0, 'request_headers', 0],
    [1, 'response_headers', 2],
  ] as const) {
    if (!edits(buffer)) continue
    const line = `remove ${map} content-length`
    const present = result.find((each) => each.on === on)
    if (present === undefined) result = [{ on, lines: [line], returns: [0] }, ...result]
    else result = result.map((each) => (each === present ? { ...each, lines: [line, ...each.lines] } : each))
  }
  return result
}

function randomRequest(chance: Chance): ProbeCase['request'] {
  const method = chance.of(['GET', 'GET', 'GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'HEAD'])
  const path = chance.of(['/get?a=1', '/', '/a/b?x=1&y=2', '/with%20space'])
  const headers = chance.list(0, 3, () =>
    randomHeader(chance, ['accept', 'cookie', 'user-agent', 'x-a', 'x-dup', 'referer']),
  )
  if (method === 'GET' || method === 'HEAD') return { method, path, headers }
  const chunks = chance.list(0, 3, () => chance.of(['0123456789', 'a', 'x'.repeat(300), 'hello world']))
  const trailers = chunks.length > 0 && chance.happens(0.25) ? [['x-t', 'end'] as const] : undefined
  return { method, path, headers, chunks, ...(trailers === undefined ? {} : { trailers }) }
}

/**
 * A plugin that held the headers can change them after a body callback has let them go. What of that still leaves goes by
 * whether the connection to the service is new (docs/DIFFERENCES.md).
 */
function withoutLateEdits(sections: PluginScript): PluginScript {
  const holds = sections.some(({ on, returns }) => on === 'request_headers' && returns.some((status) => status !== 0))
  if (!holds) return sections
  return sections.map((each) => ({
    ...each,
    lines: /^request_(body|trailers)$/.test(each.on)
      ? each.lines.filter((line) => !/^(add|replace|remove) 0 /.test(line))
      : each.lines,
  }))
}

const inOnePiece = ({ method, path, headers = [], chunks }: ProbeCase['request']): ProbeCase['request'] => ({
  method,
  path,
  headers,
  ...(chunks === undefined ? {} : { chunks: chunks.slice(0, 1) }),
})

const randomHeader = (chance: Chance, names: readonly [string, ...string[]]): readonly [string, string] => [
  chance.of(names),
  chance.of(['1', 'two', 'text/plain', 'a=b; c=d']),
]

export function randomReply(chance: Chance): NonNullable<ProbeCase['reply']> {
  const status = chance.of([200, 200, 201, 204, 304, 404, 500, 503])
  const headers: HeaderList = [
    ['content-type', chance.of(['text/plain', 'application/json'])],
    ...chance.list(0, 2, () => randomHeader(chance, ['set-cookie', 'x-a', 'server', 'cache-control'])),
  ]
  if (status === 204 || status === 304) return { status, headers, body: '' }
  const body = chance.of(['', 'upstream says hello', 'y'.repeat(200)])
  if (chance.happens(0.6)) return { status, headers, body }
  const chunks = chance.list(1, 3, () => chance.of(['one', 'twotwo', 'z'.repeat(100)]))
  return { status, headers, body, chunks, ...(chance.happens(0.4) ? { trailers: [['x-t', 'over'] as const] } : {}) }
}

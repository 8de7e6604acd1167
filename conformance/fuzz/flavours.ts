/**
 * Programs that go where the plain grammar (`program.ts`) does not: ticks, HTTP/2 with trailers on both sides, broken
 * services, calls that run out of time, gRPC. Each is a plain program of the same seed with parts replaced.
 */
import type { FaultOf } from '../observed.ts'
import { Chance } from './chance.ts'
import { grpcTalk } from './grpc-talk.ts'
import { operation, plainOperation } from './operations.ts'
import { type PluginScript, type Program, programOf, randomReply, type Section, withFreeLength } from './program.ts'

const flavours = { plain, ticks, h2, faults, timeouts, grpc }
export type Flavour = keyof typeof flavours

export const isFlavour = (name: string): name is Flavour => name in flavours

/** Program `number` of `seed` in this flavour. */
export function flavoured(flavour: Flavour, seed: number, number: number): Program {
  return flavours[flavour](programOf(seed, number), new Chance(seed, number, flavour))
}

function plain(program: Program): Program {
  return program
}

const withPlugin = (program: Program, make: (script: PluginScript) => PluginScript): Program => ({
  ...program,
  plugins: program.plugins.map((script, index) => (index === 0 ? make(script) : script)),
})

/** Without what calls a service, or waits for something else. */
const quiet = (script: PluginScript): PluginScript =>
  script
    .filter(({ on }) => !/^(http_call|grpc|queue)/.test(on))
    .map(({ on, lines, returns }) => ({
      on,
      lines: lines.filter(
        (line) => !/(^|@\d+ )(call|gcall|gstream|gsend|register|resolve|enqueue|dequeue) /.test(line),
      ),
      returns,
    }))

const replaced = (script: PluginScript, section: Section): PluginScript => [
  ...script.filter(({ on }) => on !== section.on),
  section,
]

const replyLine = 'reply 403 ticked denied -1 x-by=tick'
const callLine = 'call auth~ 1000  :method=GET :path=/check :authority=auth.test'

/** A stream is held and a tick lets it go: the first, the second or the third, after a call of its own or at once. */
function ticks(program: Program, chance: Chance): Program {
  const { again, abi, ...rest } = program
  const held = chance.of(['request_headers', 'request_headers', 'request_body', 'response_headers', 'response_body'] as const) // biome-ignore format: list
  const side = held.startsWith('response') ? 1 : 0
  const at = chance.between(1, 3)
  const operations = () =>
    chance.list(0, 3, () => (chance.happens(0.5) ? plainOperation(chance) : operation(chance, held)))
  // The first stream of a VM, behind its root. Twice in the response would end Envoy.
  const go = side === 0 && chance.happens(0.15) ? replyLine : `continue ${side}`
  const calls = chance.happens(0.35)
  const end = ['effective 2', ...operations(), go]
  const tick: Section = {
    on: 'tick',
    lines: [
      `@${at} tick 0`,
      ...operations().map((line) => `@${chance.between(1, at)} ${line}`),
      ...(calls ? [callLine] : end).map((line) => `@${at} ${line}`),
      ...(chance.happens(0.04) ? ['trap'] : []),
    ],
    returns: [],
  }
  const start = [...chance.list(0, 2, () => operation(chance, held)), `tick ${chance.of([10, 15, 20])}`]
  const hold: Section = {
    on: held,
    lines: held.endsWith('body') ? start.map((line) => `@1 ${line}`) : start,
    returns: held.endsWith('body') ? [1] : [chance.of([1, 3, 4])],
  }
  const answer: Section = { on: 'http_call_response', lines: [...operations(), ...end], returns: [] }
  // A connection that a plugin closes ends after a second.
  const patience = Math.max(900, rest.patience ?? 0)
  const made = withPlugin({ ...rest, patience, settle: 120 }, (script) => {
    const own = quiet(script).map((each) => ({
      ...each,
      lines: each.lines.filter((line) => !/^(reply|close|trap)/.test(line)),
    }))
    const held2 = own.map((each) => (each.on === held ? each : { ...each, returns: each.returns.map(() => 0) }))
    return withFreeLength([...replaced(held2, hold), tick, ...(calls ? [answer] : [])])
  })
  return {
    ...made,
    plugins: made.plugins.map((script, index) => (index === 0 ? script : quiet(script))),
    ...inOne(made),
  }
}

/** Chunks would race with the ticks. */
const inOne = ({ request, reply }: Program): Partial<Program> => {
  const { chunks, trailers, ...line } = request
  const first = chunks?.[0]
  return {
    request: { ...line, ...(first === undefined ? {} : { chunks: [first] }) },
    ...(reply?.chunks === undefined
      ? {}
      : { reply: { status: reply.status, headers: reply.headers ?? [], body: reply.chunks.join('') } }),
  }
}

/**
 * What an HTTP/2 client refuses to read: `te` in an answer, pseudo headers that are none of its own, a body after
 * 204. A body that is not as long as it was announced (a piece that NoBuffer took) is refused by the service.
 */
const forHttp2 = ({ on, lines, returns }: Section): Section => ({
  on,
  lines: lines
    .filter((line) => !/(add|replace) [023] (te|:\S+|host|grpc-status) /.test(line))
    .map((line) => line.replace(/(^|@\d+ )reply 204 /, '$1reply 403 ')),
  returns: on.endsWith('body') ? returns.map((status) => (status === 3 ? 2 : status)) : returns,
})

/** Names once each: Node's client joins or refuses what comes twice. */
function h2(program: Program, chance: Chance): Program {
  const { request, cluster, abi, ...rest } = program
  const once = (request.headers ?? []).filter(
    ([name], index, all) => all.findIndex(([other]) => other === name) === index,
  )
  // A gRPC service answers after as long as pieces of a request with trailers take to come.
  const talks = program.plugins.flat().some(({ lines }) => lines.some((line) => /^(gcall|gstream) /.test(line)))
  const trailers =
    (request.chunks ?? []).length > 0 && chance.happens(0.5) && !talks
      ? { trailers: [['x-t', 'end'] as const, ['x-more', '1'] as const] }
      : {}
  const reply = rest.reply ?? randomReply(chance)
  const body = reply.status === 204 || reply.status === 304
  return {
    ...rest,
    plugins: rest.plugins.map((script) => script.map(forHttp2)),
    protocol: 'h2',
    request: { ...request, headers: once, ...trailers },
    reply: {
      ...reply,
      headers: (reply.headers ?? []).filter(
        ([name], index, all) => all.findIndex(([other]) => other === name) === index,
      ),
      ...(!body && reply.chunks === undefined && reply.body !== '' && chance.happens(0.4)
        ? { chunks: [reply.body], trailers: [['x-t', 'over'] as const] }
        : {}),
    },
    ...(chance.happens(0.6) ? { cluster: 'h2' as const } : {}),
  }
}

const faultKinds = (chance: Chance): FaultOf =>
  chance.of<FaultOf>([
    { kind: 'reset' },
    { kind: 'reset', at: 'body' },
    { kind: 'reset', afterBytes: chance.of([1, 4]) },
    { kind: 'timeout' },
    { kind: 'timeout', afterBytes: 4 },
    { kind: 'truncate', afterBytes: chance.of([0, 4]) },
    { kind: 'status' },
    { kind: 'status', status: 429 },
    { kind: 'slow', bytes: 3, latency: '30ms' },
    { kind: 'length', bytes: 40 },
  ])

const withPatientCalls = ({ on, lines, returns }: Section): Section => ({
  on,
  lines: lines.map((line) => line.replace(/(^|@\d+ )call auth~ 1000 /, '$1call auth~ 9000 ')),
  returns,
})

/** The service breaks, or the one that is called. */
function faults(program: Program, chance: Chance): Program {
  const { cluster, reply, again, ...rest } = program
  const calls = rest.plugins.some((script) =>
    script.some(({ lines }) => lines.some((line) => /(^|@\d+ )call /.test(line))),
  )
  const which = calls && chance.happens(0.5) ? 'auth' : 'upstream'
  const drawn = faultKinds(chance)
  // A real service breaks off 30 ms after its headers, an emulated one at once: an answer of a call comes before or after.
  const breaksOff = drawn.at === 'body' || drawn.afterBytes !== undefined
  const known: FaultOf = which === 'auth' && breaksOff && drawn.kind !== 'timeout' ? { kind: 'reset' } : drawn
  // A real service resets or refuses when it would have answered, an emulated one at once.
  const atOnce = !breaksOff && (known.kind === 'reset' || known.kind === 'status')
  const fault: FaultOf = atOnce ? { ...known, latency: which === 'auth' ? '7ms' : '31ms' } : known
  // Nobody answers the call: its time must not be over when the client's connection ends.
  const silent = which === 'auth' && (fault.kind === 'timeout' || fault.kind === 'length')
  return {
    ...rest,
    plugins:
      which === 'upstream' && breaksOff
        ? rest.plugins.map(quiet)
        : silent
          ? rest.plugins.map((script) => script.map(withPatientCalls))
          : rest.plugins,
    request: rest.request.method === 'HEAD' ? { ...rest.request, method: 'GET' } : rest.request,
    reply: { status: 200, headers: [['content-type', 'text/plain']], body: 'abcdefg' },
    faults: { [which]: fault },
  }
}

/** Calls that nobody answers: held until the time is over, or over long after the stream. */
function timeouts(program: Program, chance: Chance): Program {
  const { again, cluster, ...rest } = program
  const from = chance.of(['request_headers', 'request_body', 'response_headers', 'response_body'] as const)
  const side = from.startsWith('response') ? 1 : 0
  const waits = chance.happens(0.7)
  const time = waits ? chance.of([30, 60, 100]) : 300
  const line = `call ${chance.of(['silent~', 'silent~', 'silent~', 'refused~', 'closing~', 'nowhere'])} ${time}  :method=${chance.of(['GET', 'POST'])} :path=/check :authority=auth.test`
  const look = () =>
    chance.list(0, 2, () =>
      chance.of(['status', 'getbuf 4 0 100', 'pairs 6', 'get 6 :status', 'size 6', 'pairs 7', plainOperation(chance)]),
    )
  const end = side === 0 && chance.happens(0.15) ? replyLine : `continue ${side}`
  const patience = Math.max(900, rest.patience ?? 0)
  return withPlugin({ ...rest, ...inOne(rest), patience, settle: waits ? 120 : 420 }, (script) => {
    const own = quiet(script)
    const old = own.find(({ on }) => on === from)
    const lines = [
      from.endsWith('body') ? `@1 ${line}` : line,
      ...(old?.lines ?? []).filter((each) => !/^(reply|close)/.test(each)),
    ]
    const held = from.endsWith('body') ? 1 : chance.of([1, 3, 4])
    return [
      ...replaced(own, { on: from, lines, returns: [waits ? held : 0] }),
      {
        on: 'http_call_response',
        lines: [...look(), ...(waits && chance.happens(0.95) ? [end] : []), ...look()],
        returns: [],
      },
    ]
  })
}

/** gRPC calls and streams in several callbacks, with messages, ends and cancels on the way. */
function grpc(program: Program, chance: Chance): Program {
  const { again, cluster, abi, ...rest } = program
  const { sections, side } = grpcTalk(chance)
  return withPlugin(
    { ...rest, ...inOne(rest), patience: 1500, settle: 250, plugins: rest.plugins.map(quiet) },
    (script) =>
      withFreeLength(
        sections.reduce<PluginScript>(
          (made, section) => replaced(made, section),
          // Whatever else the plugin does is done in the callbacks that have nothing of this.
          script.filter(({ on }) => side === 1 || !on.startsWith('response_')),
        ),
      ),
  )
}

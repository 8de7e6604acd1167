import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HeaderList } from '../../src/model/http.ts'
import { type Answered, maskHeaders, type Observed, type ProbeCase } from '../observed.ts'
import type { Probes } from '../probe-guest.ts'
import { bootstrap } from './bootstrap.ts'
import { askHttp2 } from './http2-client.ts'
import { type Pace, realPace, realPause, SteppedPace } from './pace.ts'
import { Ping } from './ping.ts'
import { ProbeLog } from './probe-log.ts'
import { freePorts, type RunningEnvoy, startEnvoy } from './process.ts'
import { type RawMessage, send } from './raw-http.ts'
import { framed, headerLines, openServices, type Services } from './services.ts'

export type RunOptions = {
  /** Cases at a time. With more than one, cases that were under way when Envoy crashed are tried again alone. */
  readonly atOnce: number
  readonly delays: { readonly upstream: number; readonly auth: number }
  /** Names of keys, metrics and queues then have a `~` in them, that cases do not meet. */
  readonly sharedVms: boolean
  /** Step by step instead of by the clock, where no timer of Envoy takes part. */
  readonly stepped?: boolean
}

/** As recordings are made. */
const oneByOne: RunOptions = { atOnce: 1, delays: { upstream: 0, auth: 0 }, sharedVms: false }

/**
 * Runs every case on a real Envoy and tells what it showed. A case that crashes Envoy has nothing to compare: it is
 * `undefined`, and a new Envoy goes on behind it.
 */
export async function observeEnvoy(
  binary: string,
  probes: Probes,
  cases: readonly ProbeCase[],
  options: RunOptions = oneByOne,
): Promise<readonly (Observed | undefined)[]> {
  const results: (Observed | undefined)[] = new Array(cases.length).fill(undefined)
  let left = cases.map((_, index) => index)
  let { atOnce } = options
  while (left.length > 0) {
    const batch = left.map((index) => cases[index]).filter((each) => each !== undefined)
    const seen = await observeUntilCrash(binary, probes, batch, { ...options, atOnce })
    const missing = left.filter((index, place) => {
      const found = seen[place]
      results[index] = found
      return found === undefined
    })
    // Alone, the first one without a result is the one that crashed it.
    left = atOnce === 1 ? missing.slice(1) : missing
    atOnce = 1
  }
  return results
}

/** The place of the first case that ends Envoy, one run after the other by the clock; `undefined`: none does. */
export async function firstCrash(
  binary: string,
  probes: Probes,
  cases: readonly ProbeCase[],
): Promise<number | undefined> {
  const seen = await observeUntilCrash(binary, probes, cases, { ...oneByOne, sharedVms: true })
  const at = seen.indexOf(undefined)
  return at < 0 ? undefined : at
}

async function observeUntilCrash(
  binary: string,
  probes: Probes,
  cases: readonly ProbeCase[],
  { atOnce, delays, sharedVms, stepped = false }: RunOptions,
): Promise<readonly (Observed | undefined)[]> {
  const fileOf = (abi: string) => join(tmpdir(), `proxyground-probe-${abi}-${process.pid}.wasm`)
  for (const [abi, wasm] of Object.entries(probes)) writeFileSync(fileOf(abi), wasm)
  const slots = await Promise.all(Array.from({ length: atOnce }, () => openServices(delays)))
  const servicePorts = slots.map(({ ports }) => ports)
  const { envoy, listeners, plain } = await started(binary, cases, (given, plain) =>
    bootstrap(given, servicePorts, fileOf, plain, sharedVms),
  )
  const pings = slots.map(() => new Ping(plain))
  const log = new ProbeLog(envoy.logFile)
  const results: (Observed | undefined)[] = new Array(cases.length).fill(undefined)
  try {
    await Promise.all(
      slots.map(async (services, slot) => {
        const ping = pings[slot]
        for (let index = slot; index < listeners.length; index += atOnce) {
          const listener = listeners[index]
          if (listener === undefined) continue
          const inSteps = stepped && ping !== undefined && !hasTimers(listener.probe)
          const seen = inSteps
            ? await observeInSteps(envoy, services, listener, ping)
            : await observe(envoy, services, listener)
          if (seen === undefined) return
          const alone = listener.probe.workers !== undefined
          results[index] = { ...seen, log: alone ? log.ofAllThreads(index).toSorted() : log.of(index) }
        }
      }),
    )
  } finally {
    await envoy.stop()
    for (const each of [...slots, ...pings]) each.close()
  }
  return results
}

type Listening = { readonly probe: ProbeCase; readonly port: number }

/** A port that was free may be taken by another process before Envoy listens there: then with other ports. */
async function started(
  binary: string,
  cases: readonly ProbeCase[],
  config: (listeners: readonly Listening[], plain: number) => object,
  tries = 3,
): Promise<{ readonly envoy: RunningEnvoy; readonly listeners: readonly Listening[]; readonly plain: number }> {
  const [plain = 0, ...free] = await freePorts(cases.length + 1)
  const listeners = cases.map((probe, index) => ({ probe, port: free[index] ?? 0 }))
  try {
    return {
      envoy: await startEnvoy(binary, config(listeners, plain), () => answers(plain), cases[0]?.workers),
      listeners,
      plain,
    }
  } catch (error) {
    if (tries <= 1) throw error
    return started(binary, cases, config, tries - 1)
  }
}

/** Timeouts and ticks of Envoy that may come before or after something else. */
const hasTimers = ({ scripts }: ProbeCase): boolean =>
  scripts.some((script) => /^(@\d+ )?(gcall|gstream|tick|call \S+ \d{1,3} )/m.test(script))

/** What the end of a case led to is seen by then, ms. */
const rest = 10

async function observeInSteps(envoy: RunningEnvoy, services: Services, listener: Listening, ping: Ping) {
  const pace = new SteppedPace(() => ping.settled())
  const seen = observe(envoy, services, listener, pace)
  await pace.until(seen)
  return seen
}

type SeenOnWire = Omit<Observed, 'log'>

/** `undefined`: Envoy crashed. */
async function observe(
  envoy: RunningEnvoy,
  services: Services,
  { probe, port }: Listening,
  pace: Pace = realPace,
): Promise<SeenOnWire | undefined> {
  services.begin(probe, pace)
  const client = await ask(probe, port, probe.request.headers ?? [], pace)
  const later: Answered[] = []
  for (const { after, headers = [] } of probe.again ?? []) {
    await pace.pause(after)
    later.push(await ask(probe, port, [...(probe.request.headers ?? []), ...headers], pace))
  }
  await pace.pause(probe.settle ?? 60)
  if (pace !== realPace) await realPause(rest)
  if (envoy.crashed()) return undefined
  const { upstream, auth, grpc } = services.received()
  return {
    client,
    ...(later.length === 0 ? {} : { later }),
    upstream: upstream.map(seen),
    calls: auth.map(seen),
    ...(grpc.length === 0 ? {} : { grpc }),
  }
}

/** Its listener without a plugin answers: the worker has all listeners. */
export async function answers(port: number): Promise<boolean> {
  const head = 'GET / HTTP/1.1\r\nhost: ready.test\r\n\r\n'
  const { message } = await send(port, { head, chunks: [], noBody: false, gap: 0, patience: 2000 })
  return message?.complete === true
}

const seen = ({ start, headers, body, trailers = [] }: RawMessage & { readonly trailers?: HeaderList }) => ({
  start,
  headers: maskHeaders(headers),
  body,
  ...(trailers.length === 0 ? {} : { trailers: maskHeaders(trailers) }),
})

async function ask(probe: ProbeCase, port: number, headers: HeaderList, pace: Pace): Promise<Answered> {
  if (probe.protocol === 'h2') return askHttp2(probe, port, headers, pace)
  const { method, path, chunks = [], trailers = [] } = probe.request
  const chunked = chunks.length > 1 || trailers.length > 0
  const length: readonly (readonly [string, string])[] = chunked
    ? [['transfer-encoding', 'chunked']]
    : chunks.map((chunk) => ['content-length', String(chunk.length)] as const)
  const host = headers.some(([name]) => name === 'host') ? [] : [['host', 'example.test'] as const]
  const head = `${method} ${path} HTTP/1.1\r\n${headerLines([...host, ...headers, ...length])}\r\n`
  const parts = chunked ? framed(chunks, trailers) : []
  // A body of one piece leaves with the head: it is there before any callout can answer.
  const whole = chunked ? head : head + chunks.join('')
  const noBody = method === 'HEAD'
  const patience = probe.patience ?? 1500
  const { message, closed } = await send(port, { head: whole, chunks: parts, noBody, gap: 30, patience }, pace)
  if (message === undefined) return { kind: closed ? 'reset' : 'hang' }
  const status = Number(message.start.split(' ')[1])
  const bodiless = status === 204 || status === 304
  const body = bodiless ? '' : message.body
  return {
    kind: 'response',
    status,
    headers: maskHeaders(message.headers),
    body,
    complete: bodiless || message.complete,
  }
}

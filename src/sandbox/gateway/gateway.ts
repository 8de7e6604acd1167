/** One gateway process: clock, services, plugins on their workers, listeners (design 4.1). */

import type { PluginIndex, StreamId } from '../../model/brand.ts'
import type { LookAt } from '../../model/guest-look.ts'
import { gatewayFamily } from '../../model/profile.ts'
import type { GatewayConfig, HttpListener, PluginSpec, TcpListener } from '../../model/project/types.ts'
import type { Result } from '../../model/result.ts'
import type { Schedule } from '../time/schedule.ts'
import { VirtualClock } from '../time/virtual-clock.ts'
import { Recorder } from '../trace/recorder.ts'
import type { LoadFailure, PreparedModule } from '../vm/prepare.ts'
import type { ClientRequest } from './client-sender.ts'
import { Exchange } from './exchange.ts'
import type { Plugin } from './plugin.ts'
import { nothingSeen, type Runtime } from './runtime.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'
import { servicesOf } from './services.ts'
import { createStores } from './shared-stores.ts'
import { TcpConnection } from './tcp/tcp-connection.ts'
import { type LoadedPlugin, type PluginRole, Thread } from './thread.ts'
import type { Announce } from './vm-pool.ts'

export type GatewayOptions = {
  readonly config: GatewayConfig
  /** In the project's order: the index is `PluginIndex`. */
  readonly plugins: readonly PluginSpec[]
  /** Compiled code by plugin name; a plugin without an entry was not built. */
  readonly modules: ReadonlyMap<string, Result<PreparedModule, LoadFailure>>
  /** `false`: nothing is recorded (benchmarks, load runs). */
  readonly record?: boolean
  readonly maxEvents?: number
  readonly announce?: Announce
  /** Position of the host call at which the recorder keeps a look at the guest. */
  readonly lookAt?: LookAt
  readonly schedule?: Schedule
}

export class Gateway {
  readonly runtime: Runtime
  readonly clock: VirtualClock
  readonly recorder: Recorder
  /** The main thread, then the workers. */
  private readonly threads: Thread[] = []
  private readonly workers: Thread[] = []
  private readonly options: GatewayOptions
  /** By listener, then by worker. */
  private readonly chains = new Map<HttpListener | TcpListener, (readonly Plugin[])[]>()
  private lastStream = 0

  constructor(options: GatewayOptions) {
    const { config } = options
    this.options = options
    const clock = new VirtualClock(config.clockStart)
    this.clock = clock
    this.recorder = new Recorder({
      clock,
      clockStart: config.clockStart,
      ...(options.record === undefined ? {} : { enabled: options.record }),
      ...(options.maxEvents === undefined ? {} : { maxEvents: options.maxEvents }),
      ...(options.lookAt === undefined ? {} : { lookAt: options.lookAt }),
    })
    const streams = new Map<string, SeededRandom>()
    this.runtime = {
      config,
      profile: config.profile,
      family: gatewayFamily(config.profile),
      clock,
      recorder: this.recorder,
      services: servicesOf(config),
      ...createStores(),
      random: (purpose) => {
        const known = streams.get(purpose)
        if (known !== undefined) return known
        const made = seededRandom(config.seed, purpose)
        streams.set(purpose, made)
        return made
      },
      scope: { stream: undefined },
      seen: nothingSeen(),
      schedule: options.schedule,
      namesThreads: config.workers > 1 || config.services.length > 0 || config.startup === 'full',
    }
    for (const { redis } of this.runtime.services.values())
      if (redis !== undefined)
        redis.told = (message) =>
          this.recorder.record({ type: 'log', level: 'error', message, via: 'host', shown: true }, undefined)
    this.start()
  }

  /** Plugins as the trace knows them, then every VM: of the main thread first, then of the workers (3.2). */
  private start(): void {
    const { plugins, modules, config, announce } = this.options
    plugins.forEach((spec, index) => {
      const module = modules.get(spec.name)
      const loaded = module?.ok === true ? module.value : undefined
      this.recorder.addPlugin({
        index: index as PluginIndex,
        name: spec.name,
        language: loaded?.language ?? spec.language,
        abi: loaded?.abi ?? '',
        ...(loaded?.sdk === undefined ? {} : { sdk: loaded.sdk }),
      })
    })
    this.recorder.record({ type: 'configure', phase: 'start' })
    const rehearsal = new Thread(this.runtime, 'canary', announce)
    const main = new Thread(this.runtime, 'main', announce)
    const workers = Array.from({ length: config.workers }, (_, n) => new Thread(this.runtime, `worker ${n}`, announce))
    this.threads.push(main, ...workers)
    this.workers.push(...workers)
    const started = this.placements()
    const refused = new Set<Placement>()
    const attempt = (placement: Placement, start: (loaded: LoadedPlugin) => Result<undefined, LoadFailure>): void => {
      if (refused.has(placement) || this.tryTo(placement.spec, start)) return
      refused.add(placement)
    }
    if (config.startup === 'full')
      for (const placement of started) attempt(placement, (loaded) => rehearsal.rehearse(loaded))
    for (const thread of this.threads) {
      const here = started.filter(({ threads }) => threads.includes(thread))
      for (const placement of here) attempt(placement, (loaded) => thread.start(placement.role, loaded))
    }
  }

  /** Which plugin runs where and as what: filters, then services, each in order of the project. */
  private placements(): readonly Placement[] {
    const { plugins, config } = this.options
    const everywhere = config.startup === 'full' ? this.threads : this.workers
    const main = this.threads.slice(0, 1)
    const filters = plugins
      .filter(({ name }) => isFilter(config, name))
      .map((spec): Placement => ({ role: 'filter', spec, threads: everywhere }))
    const services = config.services.flatMap(({ plugin, singleton }): Placement[] => {
      const spec = plugins.find(({ name }) => name === plugin)
      return spec === undefined ? [] : [{ role: 'service', spec, threads: singleton ? main : everywhere }]
    })
    return [...filters, ...services]
  }

  /** A plugin that is refused takes no part in traffic, and the trace says why (7.1). */
  private tryTo(spec: PluginSpec, start: (loaded: LoadedPlugin) => Result<undefined, LoadFailure>): boolean {
    if (!spec.delivered) return false
    const index = this.indexOf(spec.name)
    const module = this.options.modules.get(spec.name)
    if (module === undefined || !module.ok) {
      const failure: LoadFailure = module?.error ?? {
        message: `Plugin ${spec.name} has not been built`,
        reason: { code: 'not-built', detail: spec.name },
      }
      this.recorder.record({ type: 'load-error', ...failure }, undefined, index)
      return false
    }
    const started = start({ spec, index, module: module.value })
    if (!started.ok) this.recorder.record({ type: 'load-error', ...started.error }, undefined, index)
    return started.ok
  }

  listener(name: string | undefined): HttpListener | undefined {
    return this.runtime.config.listeners.find(
      (listener): listener is HttpListener => listener.kind === 'http' && listener.name === name,
    )
  }

  tcpListener(name: string): TcpListener | undefined {
    return this.runtime.config.listeners.find(
      (listener): listener is TcpListener => listener.kind === 'tcp' && listener.name === name,
    )
  }

  /** A request arrives; requests go round robin over the workers. */
  open(listener: HttpListener, request: ClientRequest): Exchange {
    const id = ++this.lastStream as StreamId
    const exchange = new Exchange(this.runtime, id, listener, this.pluginsFor(id, listener), request)
    exchange.open()
    return exchange
  }

  /** A client connects to a TCP listener; connections and requests are numbered and spread together. */
  connect(listener: TcpListener): TcpConnection {
    const id = ++this.lastStream as StreamId
    const connection = new TcpConnection(this.runtime, id, listener, this.pluginsFor(id, listener))
    connection.open()
    return connection
  }

  /** Those of a listener on the worker whose turn it is; worked out once for each configuration. */
  private pluginsFor(id: StreamId, listener: HttpListener | TcpListener): readonly Plugin[] {
    const { length } = this.workers
    const number = (id - 1 + (this.runtime.schedule?.worker(`request ${id}`, length) ?? 0)) % length
    const worker = this.workers[number]
    if (length > 1 && worker !== undefined)
      this.recorder.record({ type: 'thread', name: worker.name, doing: 'stream' }, id)
    const known = this.chains.get(listener) ?? []
    const plugins = known[number]
    if (plugins !== undefined) return plugins
    const found = listener.plugins.flatMap((name) => worker?.filters.get(name) ?? [])
    known[number] = found
    this.chains.set(listener, known)
    return found
  }

  /** The next stream number, for an exchange that does not pass the gateway. */
  nextStream(): StreamId {
    return ++this.lastStream as StreamId
  }

  /**
   * A configuration update of one filter, on every thread that has it (design section 2, `configure`). One that was
   * refused before or was not delivered joins the chains; one that is delivered no more leaves them.
   */
  configure(spec: PluginSpec): void {
    this.recorder.record({ type: 'configure', phase: 'update' }, undefined, this.indexOf(spec.name))
    this.chains.clear()
    const threads = this.placements().find(
      ({ role, spec: { name } }) => role === 'filter' && name === spec.name,
    )?.threads
    for (const thread of threads ?? []) {
      const running = thread.filters.get(spec.name)
      if (!spec.delivered) {
        running?.stop()
        thread.filters.delete(spec.name)
        continue
      }
      // Refused on the first thread: a real gateway keeps the old configuration everywhere.
      if (!this.tryTo(spec, (loaded) => update(thread, running, loaded))) return
    }
  }

  /** False: it runs beside the listeners only, and such a plugin cannot be configured anew. */
  hasFilter(name: string): boolean {
    return isFilter(this.options.config, name)
  }

  /** Whether this filter takes part in traffic. */
  isRunning(name: string): boolean {
    return this.workers[0]?.filters.has(name) === true
  }

  private indexOf(name: string): PluginIndex {
    return this.options.plugins.findIndex((spec) => spec.name === name) as PluginIndex
  }
}

/** A plugin with the threads that run it. */
type Placement = { readonly role: PluginRole; readonly spec: PluginSpec; readonly threads: readonly Thread[] }

/** Every plugin is one, but for those that are services and in no listener. */
const isFilter = (config: GatewayConfig, name: string): boolean =>
  !config.services.some(({ plugin }) => plugin === name) ||
  config.listeners.some(({ plugins }) => plugins.includes(name))

const update = (thread: Thread, running: Plugin | undefined, loaded: LoadedPlugin): Result<undefined, LoadFailure> =>
  running === undefined
    ? thread.start('filter', loaded)
    : running.reconfigure(loaded.spec.configuration ?? new Uint8Array(0))

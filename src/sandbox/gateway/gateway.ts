/** One gateway process: clock, services, plugins on their workers, listeners (design 4.1). */
import type { PluginIndex, StreamId } from '../../model/brand.ts'
import { gatewayFamily } from '../../model/profile.ts'
import type { GatewayConfig, HttpListener, PluginSpec, TcpListener } from '../../model/project/types.ts'
import type { Result } from '../../model/result.ts'
import type { Schedule } from '../time/schedule.ts'
import { VirtualClock } from '../time/virtual-clock.ts'
import { Recorder } from '../trace/recorder.ts'
import type { LoadFailure, PreparedModule } from '../vm/prepare.ts'
import type { ClientRequest } from './client-sender.ts'
import { Exchange } from './exchange.ts'
import { Plugin } from './plugin.ts'
import type { Runtime } from './runtime.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'
import { servicesOf } from './services.ts'
import { createMetrics, createSharedData, createSharedQueues } from './shared-stores.ts'
import { TcpConnection } from './tcp/tcp-connection.ts'
import { type Announce, VmPool } from './vm-pool.ts'

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
  /** Position of the host call whose guest stack the recorder keeps. */
  readonly stackAt?: number
  readonly schedule?: Schedule
}

export class Gateway {
  readonly runtime: Runtime
  readonly clock: VirtualClock
  readonly recorder: Recorder
  /** Per worker, by plugin name; only those that started. */
  private readonly workers: ReadonlyMap<string, Plugin>[]
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
      ...(options.stackAt === undefined ? {} : { stackAt: options.stackAt }),
    })
    const streams = new Map<string, SeededRandom>()
    this.runtime = {
      config,
      profile: config.profile,
      family: gatewayFamily(config.profile),
      clock,
      recorder: this.recorder,
      services: servicesOf(config),
      sharedData: createSharedData(),
      sharedQueues: createSharedQueues(),
      metrics: createMetrics(),
      random: (purpose) => {
        const known = streams.get(purpose)
        if (known !== undefined) return known
        const made = seededRandom(config.seed, purpose)
        streams.set(purpose, made)
        return made
      },
      scope: { stream: undefined },
      seen: { calls: [], redis: [] },
      schedule: options.schedule,
    }
    this.workers = []
    this.start()
  }

  /** Plugins as the trace knows them, then every VM in order of the plugins (3.2). */
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
    this.noteMissing()
    for (let worker = 0; worker < config.workers; worker++) {
      const pool = new VmPool(this.runtime, worker, announce)
      const started = new Map<string, Plugin>()
      this.workers.push(started)
      plugins.forEach((spec, index) => {
        const plugin = this.startPlugin(spec, index as PluginIndex, pool, worker)
        if (plugin !== undefined) started.set(spec.name, plugin)
      })
    }
  }

  /** A plugin that is refused takes no part in traffic, and the trace says why (7.1). */
  private startPlugin(spec: PluginSpec, index: PluginIndex, pool: VmPool, worker: number): Plugin | undefined {
    if (!spec.delivered) return undefined
    const module = this.options.modules.get(spec.name)
    if (module === undefined || !module.ok) {
      const failure: LoadFailure = module?.error ?? {
        message: `Plugin ${spec.name} has not been built`,
        reason: { code: 'not-built', detail: spec.name },
      }
      // The bytes are refused once, not once per worker.
      if (worker === 0) this.recorder.record({ type: 'load-error', ...failure }, undefined, index)
      return undefined
    }
    const plugin = new Plugin(this.runtime, spec, index, pool.slot(spec, module.value), module.value)
    const started = plugin.start()
    if (started.ok) return plugin
    this.recorder.record({ type: 'load-error', ...started.error }, undefined, index)
    return undefined
  }

  /** What the project asks for and this gateway does not do yet is said, never silently left out. */
  private noteMissing(): void {
    const { config, plugins } = this.options
    const missing = [
      ...config.services.map(({ plugin }) => `Wasm service ${plugin}`),
      ...plugins
        .filter(({ capabilities }) => capabilities.length > 0)
        .map(({ name }) => `capability restriction of plugin ${name}`),
    ]
    for (const what of missing) {
      const message = `not in Proxyground yet: ${what}`
      this.recorder.record({ type: 'log', level: 'warn', message, via: 'host', shown: true })
    }
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

  /** Those of a listener on the worker whose turn it is; worked out once, for no plugin joins or leaves. */
  private pluginsFor(id: StreamId, listener: HttpListener | TcpListener): readonly Plugin[] {
    const { length } = this.workers
    const number = (id - 1 + (this.runtime.schedule?.worker(`request ${id}`, length) ?? 0)) % length
    const known = this.chains.get(listener) ?? []
    const plugins = known[number]
    if (plugins !== undefined) return plugins
    const started = this.workers[number]
    const found = listener.plugins.flatMap((name) => started?.get(name) ?? [])
    known[number] = found
    this.chains.set(listener, known)
    return found
  }

  /** The next stream number, for an exchange that does not pass the gateway. */
  nextStream(): StreamId {
    return ++this.lastStream as StreamId
  }

  /** A configuration update of one plugin, on every worker (design section 2, `configure`). */
  configure(spec: PluginSpec): void {
    this.recorder.record({ type: 'configure', phase: 'update' }, undefined, this.indexOf(spec.name))
    for (const worker of this.workers) {
      const plugin = worker.get(spec.name)
      const updated = plugin?.reconfigure(spec.configuration ?? new Uint8Array(0))
      if (updated !== undefined && !updated.ok)
        this.recorder.record({ type: 'load-error', ...updated.error }, undefined, this.indexOf(spec.name))
    }
  }

  /** Whether this plugin takes part in traffic. */
  isRunning(name: string): boolean {
    return this.workers[0]?.has(name) === true
  }

  private indexOf(name: string): PluginIndex {
    return this.options.plugins.findIndex((spec) => spec.name === name) as PluginIndex
  }
}

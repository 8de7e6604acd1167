/** A small world for tests of the VM half: one root, one stream, everything visible. */
import wabtInit from 'wabt'
import type { PluginIndex, StreamId } from '../../model/brand.ts'
import { Histogram } from '../../model/histogram.ts'
import type { HeaderList } from '../../model/http.ts'
import type { TraceEvent } from '../../model/trace.ts'
import { Recorder, type RecorderOptions } from '../trace/recorder.ts'
import { openTrace } from '../trace/view.ts'
import { PluginVm } from './plugin-vm.ts'
import { type PrepareOptions, prepareModule } from './prepare.ts'
import type {
  AttributeValue,
  BodyBuffer,
  ContextHost,
  GrpcRequest,
  HeaderMap,
  HttpCallRequest,
  LocalReply,
  MetricKind,
  RootContext,
  RootHost,
  StatValue,
  StreamContext,
  VmEnvironment,
} from './seam.ts'
import type { VmOptions } from './vm-options.ts'

const wabt = await wabtInit()

export function wat(text: string): Uint8Array {
  const module = wabt.parseWat('guest.wat', text, { exceptions: true, bulk_memory: true })
  try {
    return new Uint8Array(module.toBinary({ write_debug_names: true }).buffer)
  } finally {
    module.destroy()
  }
}

export class TestMap implements HeaderMap {
  list: [string, string][]
  constructor(list: HeaderList) {
    this.list = list.map(([key, value]) => [key, value])
  }
  get(name: string): string | undefined {
    return this.list.find(([key]) => key === name.toLowerCase())?.[1]
  }
  pairs(): HeaderList {
    return this.list.map(([key, value]) => [key, value] as const)
  }
  get size(): number {
    return this.list.length
  }
  byteSize(): number {
    return this.list.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  }
  add(name: string, value: string): void {
    this.list.push([name.toLowerCase(), value])
  }
  replace(name: string, value: string): void {
    this.remove(name)
    this.add(name, value)
  }
  remove(name: string): void {
    this.list = this.list.filter(([key]) => key !== name.toLowerCase())
  }
  setAll(pairs: HeaderList): void {
    this.list = pairs.map(([key, value]) => [key, value])
  }
}

export class TestBuffer implements BodyBuffer {
  content: Uint8Array
  readonly writable: boolean
  constructor(text: string, writable = true) {
    this.content = new TextEncoder().encode(text)
    this.writable = writable
  }
  bytes(): Uint8Array {
    return this.content
  }
  replace(bytes: Uint8Array): void {
    this.content = bytes
  }
  get text(): string {
    return new TextDecoder().decode(this.content)
  }
}

export class TestHost implements ContextHost {
  readonly kind: 'root' | 'http'
  inLog = false
  phase = 'request_headers'
  readonly maps = new Map<number, TestMap>()
  readonly buffers = new Map<number, TestBuffer>()
  readonly attributes = new Map<string, AttributeValue>()
  readonly effects: string[] = []
  readonly replies: LocalReply[] = []
  constructor(kind: 'root' | 'http') {
    this.kind = kind
  }
  headerMap(type: number) {
    const map = this.maps.get(type)
    return map === undefined ? undefined : { map, writable: !this.inLog }
  }
  buffer(type: number): BodyBuffer | undefined {
    return this.buffers.get(type)
  }
  continueRequested(stream: 0 | 1): void {
    this.effects.push(`continue requested ${stream}`)
  }
  continueStream(stream: 0 | 1): void {
    this.effects.push(`continue ${stream}`)
  }
  closeStream(stream: 0 | 1): void {
    this.effects.push(`close ${stream}`)
  }
  sendLocalReply(reply: LocalReply): void {
    this.effects.push(`reply ${reply.status}`)
    this.replies.push(reply)
  }
  injectEncodedData(body: Uint8Array, end: boolean): void {
    this.effects.push(`inject ${new TextDecoder().decode(body)} ${end}`)
  }
  injectOnHeader(body: Uint8Array): void {
    this.effects.push(`inject on header ${new TextDecoder().decode(body)}`)
  }
  upstreamHosts(): HeaderList {
    return []
  }
  overrideUpstreamHost(address: string): void {
    this.effects.push(`override ${address}`)
  }
  clearRouteCache(): void {
    this.effects.push('clear route cache')
  }
  attribute(path: readonly string[]): AttributeValue {
    return this.attributes.get(path.join('.')) ?? { kind: 'missing' }
  }
  setFilterObject(): boolean {
    return this.kind !== 'root'
  }
  setProperty(path: string, value: Uint8Array): number {
    if (this.kind === 'root') return 1
    this.attributes.set(path, { kind: 'bytes', value })
    return 0
  }
}

export class TestRoot extends TestHost implements RootHost {
  readonly pluginName = 'test'
  readonly rootId = 'root'
  readonly calls: { token: number; request: HttpCallRequest }[] = []
  tickPeriod = 0
  clusterProblem(cluster: string) {
    return cluster === 'known' ? undefined : ({ code: 'unknown-cluster', cluster, known: ['known'] } as const)
  }
  startHttpCall(token: number, request: HttpCallRequest) {
    this.calls.push({ token, request })
    return { status: 0 } as const
  }
  redisInit(cluster: string, ...rest: (string | number)[]) {
    this.effects.push(`redis init ${[cluster, ...rest].join(' ')}`)
    const problem = this.clusterProblem(cluster)
    return problem === undefined ? ({ status: 0 } as const) : ({ status: 2, reason: problem } as const)
  }
  startRedisCall(token: number, cluster: string, query: Uint8Array) {
    this.effects.push(`redis call ${token} ${cluster} ${JSON.stringify(new TextDecoder().decode(query))}`)
    return { status: 0 } as const
  }
  startGrpc(token: number, { cluster, path }: GrpcRequest) {
    this.effects.push(`grpc ${token} ${cluster} ${path}`)
    return { status: 0 } as const
  }
  sendGrpc(token: number, message: Uint8Array, endOfStream: boolean) {
    this.effects.push(`grpc send ${token} ${new TextDecoder().decode(message)} ${endOfStream}`)
    return 0 as const
  }
  cancelGrpc(token: number) {
    this.effects.push(`grpc cancel ${token}`)
    return 1 as const
  }
  closeGrpc(token: number) {
    this.effects.push(`grpc close ${token}`)
    return 1 as const
  }
  setTickPeriod(milliseconds: number): void {
    this.tickPeriod = milliseconds
  }
  queueReady(queue: number): void {
    this.effects.push(`queue ready ${queue}`)
  }
}

export type World = {
  readonly vm: PluginVm
  readonly root: RootContext
  readonly stream: StreamContext
  readonly rootHost: TestRoot
  readonly host: TestHost
  readonly recorder: Recorder
  readonly environment: VmEnvironment
  events(): TraceEvent[]
  /** Logged texts, `level: message`. */
  logs(): string[]
  /** Host calls as `name=Status`. */
  calls(name?: string): string[]
}

export type WorldOptions = Partial<Pick<VmOptions, 'vmId' | 'environmentVariables' | 'capabilities' | 'announce'>> &
  Partial<PrepareOptions> & {
    readonly profile?: VmEnvironment['profile']
    readonly configuration?: string
    readonly vmConfiguration?: string
    readonly logLevel?: VmEnvironment['logLevel']
    readonly recording?: Partial<RecorderOptions>
  }

export const clockStart = 1_767_225_600_000_000_000n

export function environment(options: WorldOptions, clock: { now: number }): VmEnvironment {
  const data = new Map<string, { value: Uint8Array; cas: number }>()
  const stats = new Map<string, StatValue>()
  let cas = 0
  return {
    clock: {
      nowNs: () => clockStart + BigInt(clock.now),
      advance: (ns) => {
        clock.now += ns
      },
    },
    random: () => ({ fill: (bytes) => bytes.fill(7) }),
    logLevel: options.logLevel ?? 'info',
    sharedData: {
      get: (vmId, key) => data.get(`${vmId} ${key}`),
      set: (vmId, key, value, wanted) => {
        const old = data.get(`${vmId} ${key}`)
        if (wanted !== 0 && old !== undefined && old.cas !== wanted) return false
        cas++
        data.set(`${vmId} ${key}`, { value, cas })
        return true
      },
      entries: () => [],
    },
    sharedQueues: { register: () => 1, resolve: () => undefined, enqueue: () => false, dequeue: () => 'unknown' },
    metrics: {
      stat: (kind: MetricKind, name: string) => {
        const found = stats.get(`${kind} ${name}`) ?? { value: 0n, histogram: new Histogram() }
        stats.set(`${kind} ${name}`, found)
        return found
      },
      entries: () => [],
    },
    family: options.family ?? 'higress',
    profile: options.profile ?? (options.family === 'envoy' ? 'envoy-1.40' : 'higress-2.2'),
  }
}

/** Loads a module and starts one root and one stream; what fails is thrown, tests of failures load by hand. */
export function world(module: string | Uint8Array, options: WorldOptions = {}): World {
  const started = tryWorld(module, options)
  if (started.world === undefined)
    throw new Error(`${started.failure.message} ${JSON.stringify(started.failure.reason)}`)
  return started.world
}

export function tryWorld(module: string | Uint8Array, options: WorldOptions = {}) {
  const clock = { now: 0 }
  const recorder = new Recorder({ clock, clockStart, ...options.recording })
  const text = new TextEncoder()
  const bytes = typeof module === 'string' ? wat(module) : module
  const prepared = prepareModule(bytes, { family: options.family ?? 'higress', ...options })
  const events = () => {
    const view = openTrace(recorder.data())
    return Array.from({ length: view.length }, (_, index) => view.record(index).event)
  }
  if (!prepared.ok) return { failure: prepared.error, events }
  const env = environment(options, clock)
  const plugin = 0 as PluginIndex
  const vm = PluginVm.start({
    module: prepared.value,
    environment: env,
    recorder,
    vmId: options.vmId ?? '',
    vmConfiguration: text.encode(options.vmConfiguration ?? ''),
    environmentVariables: options.environmentVariables ?? [],
    capabilities: options.capabilities ?? [],
    instance: 'vm 0',
    plugin,
    ...(options.announce === undefined ? {} : { announce: options.announce }),
  })
  if (!vm.ok) return { failure: vm.error, events }
  const rootHost = new TestRoot('root')
  const root = vm.value.addRoot(rootHost, { index: plugin, configuration: text.encode(options.configuration ?? '') })
  if (!root.ok) return { failure: root.error, events }
  const host = new TestHost('http')
  const stream = vm.value.addStream(root.value, host, 1 as StreamId)
  const world: World = {
    vm: vm.value,
    root: root.value,
    stream,
    rootHost,
    host,
    recorder,
    environment: env,
    events,
    logs: () => events().flatMap((each) => (each.type === 'log' ? [`${each.level}: ${each.message}`] : [])),
    calls: (name) =>
      events().flatMap((each) =>
        each.type === 'host.call' && (name === undefined || each.fn === name) ? [`${each.fn}=${each.status}`] : [],
      ),
  }
  return { world, failure: { message: '', reason: { code: 'not-wasm' as const } }, events }
}

import type { z } from 'zod'
import { utf8 } from './bytes.ts'
import { clusterFault } from './cluster-fault.ts'
import { otherFaults } from './fault-schema.ts'
import { withProjectFiles } from './file-access.ts'
import { problemsOf } from './issues.ts'
import { type Fault, fault, type ProjectProblem, problemAt } from './problem.ts'
import { scenarioSchema, type stepSchema } from './scenario-schema.ts'
import type {
  Expectation,
  FaultStep,
  PluginOverride,
  Project,
  RequestStep,
  Scenario,
  Step,
  WrittenRequest,
} from './types.ts'
import { readYaml, type YamlDocument, type YamlPath } from './yaml-document.ts'

export type LoadedScenario = { readonly scenario?: Scenario; readonly problems: readonly ProjectProblem[] }

/** What a scenario refers to. */
type Surroundings = Pick<Project, 'gateway' | 'plugins'>

/**
 * Reads a scenario: a file of the project, or text typed elsewhere (composer, terminal) under a name.
 * `readFile` gives the text of `{ file: … }` bodies.
 */
export function loadScenario(
  text: string,
  name: string,
  project: Surroundings,
  readFile: (path: string) => string | undefined = () => undefined,
): LoadedScenario {
  const document = readYaml(name, text)
  if (document.problems.length > 0) return { problems: document.problems }
  const parsed = withProjectFiles(readFile, () => scenarioSchema.safeParse(document.value ?? {}))
  if (!parsed.success) return { problems: problemsOf(document, scenarioSchema, parsed.error.issues) }
  const reader = new ScenarioReader(document, project)
  reader.checkOverrides(parsed.data.plugins, ['plugins'])
  const steps = parsed.data.steps.flatMap((step, index) => reader.step(step, index))
  if (reader.problems.length > 0) return { problems: reader.problems }
  const scenario: Scenario = {
    file: name,
    name: parsed.data.name ?? name.replace(/^.*\//, '').replace(/\.ya?ml$/, ''),
    description: parsed.data.description ?? '',
    plugins: parsed.data.plugins,
    ...(parsed.data.schedule === undefined ? {} : { schedule: parsed.data.schedule }),
    steps,
  }
  return { scenario, problems: [] }
}

const stepKinds = ['request', 'await', 'advance', 'configure', 'connection', 'redis', 'fault'] as const

class ScenarioReader {
  readonly problems: ProjectProblem[] = []
  readonly #document: YamlDocument
  readonly #project: Surroundings
  /** Ids of earlier requests, and whether they run on. */
  readonly #requests = new Map<string, boolean>()

  constructor(document: YamlDocument, project: Surroundings) {
    this.#document = document
    this.#project = project
  }

  #reject(path: YamlPath, what: Fault): readonly never[] {
    this.problems.push(problemAt(this.#document.place(path), what))
    return []
  }

  step(written: z.output<typeof stepSchema>, index: number): readonly Step[] {
    const path: YamlPath = ['steps', index]
    const given = stepKinds.filter((kind) => written[kind] !== undefined)
    const kind = given[0] ?? 'expect'
    if (given.length > 1 || (kind === 'expect' && !written.expect)) {
      const choices = [...stepKinds, 'expect'].join(', ')
      return this.#reject(path, fault('problem.oneStepKind', { choices, actual: given.join(' and ') || 'none' }))
    }
    if (written.expect && (kind === 'advance' || kind === 'configure' || kind === 'fault')) {
      return this.#reject([...path, 'expect'], fault('problem.stepExpect', { kind }))
    }
    return this.#stepOf(written, path)
  }

  #stepOf(written: z.output<typeof stepSchema>, path: YamlPath): readonly Step[] {
    const place = this.#document.place(path)
    const expected: { readonly expect?: Expectation } = written.expect ? { expect: written.expect } : {}
    if (written.request) return this.#request(written.request, path, { place, ...expected })
    if (written.await !== undefined) {
      this.#checkAwait(written.await, path)
      return [{ kind: 'await', place, id: written.await, ...expected }]
    }
    if (written.advance !== undefined) return [{ kind: 'advance', place, by: written.advance }]
    if (written.configure) {
      this.checkOverrides(written.configure, [...path, 'configure'])
      return [{ kind: 'configure', place, changes: written.configure }]
    }
    if (written.connection) {
      this.#checkListener(written.connection.listener, 'tcp', [...path, 'connection', 'listener'])
      return [{ kind: 'connection', place, connection: written.connection, ...expected }]
    }
    if (written.redis) {
      const cluster = this.#redisCluster(written.redis.cluster)
      if (cluster === undefined) {
        this.#checkCluster(written.redis.cluster ?? 'redis', [...path, 'redis'])
        return []
      }
      return [{ kind: 'redis', place, redis: { ...written.redis, cluster }, ...expected }]
    }
    if (written.fault) {
      this.#checkCluster(written.fault.cluster, [...path, 'fault', 'cluster'])
      this.#checkFault(written.fault, [...path, 'fault', 'kind'])
      return [{ kind: 'fault', place, fault: written.fault }]
    }
    return written.expect ? [{ kind: 'expect', place, expect: written.expect }] : []
  }

  #request(
    written: WrittenRequest,
    path: YamlPath,
    step: Pick<Step, 'place'> & { readonly expect?: Expectation },
  ): readonly Step[] {
    const body = written.body ?? new Uint8Array()
    const chunks = chunksOf(body, written.chunks)
    if (chunks === 'too-long') {
      const actual = Array.isArray(written.chunks)
        ? written.chunks.reduce<number>((sum, chunk) => sum + (typeof chunk === 'number' ? chunk : chunk.size), 0)
        : 0
      return this.#reject(
        [...path, 'request', 'chunks'],
        fault('problem.chunksTooLong', { actual, expected: body.length }),
      )
    }
    const messages = written.messages ?? (written.url.webSocket ? [] : undefined)
    const other = messages !== undefined && (written.body ?? written.chunks) !== undefined
    if (other || (messages !== undefined && (written.protocol === 'h2' || written.trailers.length > 0)))
      return this.#reject([...path, 'request', 'messages'], fault('problem.messagesBesideBody'))
    if (written.listener !== undefined) this.#checkListener(written.listener, 'http', [...path, 'request', 'listener'])
    const listener = written.listener ?? this.#listenerFor(written.url.portGiven ? written.url.port : undefined)
    // httpbin itself, without a gateway, speaks no WebSocket.
    if (messages !== undefined && listener === undefined)
      return this.#reject([...path, 'request', 'messages'], fault('problem.messagesPastGateway'))
    if (written.id !== undefined) {
      if (this.#requests.has(written.id)) {
        return this.#reject([...path, 'request', 'id'], fault('problem.duplicateName', { name: written.id }))
      }
      this.#requests.set(written.id, !written.await)
    }
    const request: RequestStep = {
      ...(written.id === undefined ? {} : { id: written.id }),
      method: written.method,
      url: written.url,
      listener,
      protocol: written.protocol,
      headers: written.headers,
      body,
      chunks,
      trailers: written.trailers,
      ...(messages ? { messages: messages.map(messageOf) } : {}),
      ...(written.abort ? { abort: written.abort } : {}),
      await: written.await,
      times: written.times,
    }
    return [{ kind: 'request', request, ...step }]
  }

  /** By the port in the URL, else the first HTTP listener; httpbin answers on 12345 itself. */
  #listenerFor(port: number | undefined): string | undefined {
    const http = this.#project.gateway.listeners.filter(({ kind }) => kind === 'http')
    const named = http.find((listener) => listener.port === port)
    if (named) return named.name
    return port === 12345 ? undefined : http[0]?.name
  }

  checkOverrides(overrides: readonly (readonly [string, PluginOverride])[], path: YamlPath): void {
    const known = this.#project.plugins
    for (const [name, override] of overrides) {
      const plugin = known.find((candidate) => candidate.name === name)
      if (!plugin) {
        const what = fault('problem.unknownPlugin', {
          name,
          known: known.map((item) => item.name).join(', ') || 'none',
        })
        this.problems.push(problemAt(this.#document.place([...path, name], 'key'), what))
        continue
      }
      const envoy = plugin.resource === 'envoy-plugin'
      for (const [key, value] of Object.entries(override)) {
        if (value === undefined || (key === 'configuration') === envoy) continue
        const what = fault(envoy ? 'problem.needsWasmKind' : 'problem.needsEnvoyKind', { key, name })
        this.problems.push(problemAt(this.#document.place([...path, name, key], 'key'), what))
      }
    }
  }

  #checkAwait(id: string, path: YamlPath): void {
    const waiting = this.#requests.get(id)
    if (waiting === undefined) this.#reject([...path, 'await'], fault('problem.unknownStep', { name: id }))
    else if (!waiting) this.#reject([...path, 'await'], fault('problem.stepNotWaiting', { name: id }))
  }

  #checkListener(name: string, kind: 'http' | 'tcp', path: YamlPath): void {
    const known = this.#project.gateway.listeners.filter((listener) => listener.kind === kind).map((item) => item.name)
    if (known.includes(name)) return
    this.#reject(path, fault('problem.unknownListener', { name, known: known.join(', ') || 'none' }))
  }

  /** By its whole name or its service (`outbound|6379||redis.static` is also `redis.static`). */
  #redisCluster(name: string | undefined): string | undefined {
    const { clusters } = this.#project.gateway
    if (name === undefined) return clusters.find(([, { kind }]) => kind === 'redis')?.[0]
    return clusters.find(([known]) => known === name || known.split('|').at(-1) === name)?.[0]
  }

  #checkFault({ cluster, kind }: FaultStep, path: YamlPath): void {
    const found = this.#project.gateway.clusters.find(([name]) => name === cluster)?.[1].kind
    const known = found === undefined ? undefined : otherFaults(kind, found)
    if (found === undefined || known === undefined) return
    this.#reject(path, fault('problem.faultKind', { kind, cluster: found, known: known.join(', ') || 'none' }))
  }

  #checkCluster(name: string, path: YamlPath): void {
    const known = this.#project.gateway.clusters.map(([cluster]) => cluster)
    if (known.includes(name)) return
    this.#reject(path, clusterFault(name, known))
  }
}

const messageOf = (written: NonNullable<WrittenRequest['messages']>[number]) =>
  typeof written === 'string' ? { data: utf8(written), after: 0 } : written

/** The body cut as written; what the chunks leave over comes as one last piece. */
function chunksOf(body: Uint8Array, written: WrittenRequest['chunks']): RequestStep['chunks'] | 'too-long' {
  if (body.length === 0) return Array.isArray(written) && written.length > 0 ? 'too-long' : []
  if (written === 'each-byte') return Array.from(body, (byte) => ({ data: Uint8Array.of(byte), after: 0 }))
  const chunks: { readonly data: Uint8Array; readonly after: number }[] = []
  let start = 0
  for (const chunk of written ?? []) {
    const { size, after } = typeof chunk === 'number' ? { size: chunk, after: 0 } : chunk
    if (start + size > body.length) return 'too-long'
    chunks.push({ data: body.slice(start, start + size), after })
    start += size
  }
  if (start < body.length) chunks.push({ data: body.slice(start), after: 0 })
  return chunks
}

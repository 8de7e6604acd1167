import { isList } from '../project/ordered.ts'
import type { YamlPath } from '../project/yaml-document.ts'
import type { Fields } from './fields.ts'
import type { ImportedCluster, ImportedGateway } from './imported.ts'

/** Keys of a service that say how containers are run, not what the gateway does. */
const withoutMeaning = ['container_name', 'depends_on', 'networks', 'restart', 'volumes', 'hostname', 'platform']

/** Reads a `docker-compose.yaml`: which gateway, its log level and threads, published ports, services beside it (W5). */
export function readCompose(fields: Fields): ImportedGateway {
  fields.accept(['version'], ['networks'], ['volumes'], ['name'])
  const services = fields.entries(['services']).map(([name, path]) => readService(fields, name, path))
  const clusters = services.flatMap(({ cluster }) => (cluster ? [cluster] : []))
  const gateway = services.find((service) => service.profile !== undefined)
  return {
    plugins: [],
    ...(clusters.length > 0 ? { clusters } : {}),
    ...(gateway?.profile ? { profile: gateway.profile } : {}),
    ...(gateway?.logLevel ? { logLevel: gateway.logLevel } : {}),
    ...(gateway?.workers === undefined ? {} : { workers: gateway.workers }),
    ...(gateway && gateway.ports.size > 0 ? { publishedPorts: gateway.ports } : {}),
  }
}

type Service = {
  readonly profile?: string
  readonly logLevel?: string
  readonly workers?: number
  readonly ports: ReadonlyMap<number, number>
  readonly cluster?: ImportedCluster
}

function readService(fields: Fields, name: string, path: YamlPath): Service {
  const image = fields.text([...path, 'image']) ?? ''
  fields.accept(...withoutMeaning.map((key) => [...path, key]))
  const profile = profileOf(image)
  if (profile === undefined) return readNeighbour(fields, name, path, image)
  fields.accept([...path, 'entrypoint'])
  const { logLevel, workers } = readCommand(fields, [...path, 'command'])
  const ports = readPorts(fields, [...path, 'ports'])
  return { profile, ports, ...(logLevel ? { logLevel } : {}), ...(workers === undefined ? {} : { workers }) }
}

/** Another container becomes a cluster if it is known what it is. httpbin answers on 12345 whatever is published. */
function readNeighbour(fields: Fields, name: string, path: YamlPath, image: string): Service {
  const kind = /httpbin/i.test(image) ? 'httpbin' : /redis/i.test(image) ? 'redis' : undefined
  if (kind === undefined) return { ports: new Map() }
  for (const item of fields.items([...path, 'ports'])) {
    const published = parsePort(fields.peek(item))
    if (kind === 'redis' || published?.[1] === 12345) fields.accept(item)
  }
  return { ports: new Map(), cluster: { name, cluster: { kind } } }
}

/** The emulated gateway nearest to an image: Higress by its minor version, Envoy by its own. */
function profileOf(image: string): string | undefined {
  const [, version = ''] = /:v?(\d+\.\d+)/.exec(image) ?? []
  if (/higress/i.test(image))
    return version === '2.1' || version === '2.0' || version.startsWith('1.') ? 'higress-2.1' : 'higress-2.2'
  if (!/(^|\/)(envoy|proxyv2)(:|@|$)|envoyproxy\//i.test(image)) return undefined
  const minor = Number(version.split('.')[1] ?? Number.NaN)
  return minor >= 37 || Number.isNaN(minor) ? 'envoy-1.40' : 'envoy-1.36'
}

function readCommand(fields: Fields, path: YamlPath): { readonly logLevel?: string; readonly workers?: number } {
  const value = fields.peek(path)
  const words = isList(value) ? value.map(String) : typeof value === 'string' ? value.split(/\s+/) : []
  if (words.length > 0) fields.accept(path)
  const after = (...flags: readonly string[]): string | undefined => {
    for (const [index, word] of words.entries()) {
      for (const flag of flags) {
        if (word === flag) return words[index + 1]
        if (word.startsWith(`${flag}=`)) return word.slice(flag.length + 1)
      }
    }
    return undefined
  }
  const component = after('--component-log-level')
    ?.split(',')
    .map((part) => part.split(':'))
  const level = component?.find(([name]) => name === 'wasm')?.[1] ?? after('--log-level', '-l')
  const workers = Number(after('--concurrency') ?? Number.NaN)
  const known = knownLevel(level)
  return { ...(known ? { logLevel: known } : {}), ...(workers >= 1 ? { workers } : {}) }
}

/** Envoy also says `warning`. */
function knownLevel(level: string | undefined): string | undefined {
  const name = level === 'warning' ? 'warn' : level
  return ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'off'].find((known) => known === name)
}

function readPorts(fields: Fields, path: YamlPath): ReadonlyMap<number, number> {
  const ports = new Map<number, number>()
  for (const item of fields.items(path)) {
    const published = parsePort(fields.peek(item))
    if (!published) continue
    fields.accept(item)
    ports.set(published[0], published[1])
  }
  return ports
}

/** `"127.0.0.1:10000:10000/tcp"`, `"10000"` or 10000 as [container, host]. */
function parsePort(value: unknown): readonly [container: number, host: number] | undefined {
  const match = /^(?:\d+\.\d+\.\d+\.\d+:)?(?:(\d+):)?(\d+)(?:\/tcp)?$/.exec(String(value))
  if (!match) return undefined
  const container = Number(match[2])
  return [container, match[1] === undefined ? container : Number(match[1])]
}

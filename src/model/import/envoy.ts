import { parseDuration } from '../project/values.ts'
import type { YamlPath } from '../project/yaml-document.ts'
import { readWasmConfig } from './envoy-wasm.ts'
import type { Fields } from './fields.ts'
import type { ImportedCluster, ImportedGateway, ImportedListener, ImportedPlugin } from './imported.ts'
import { type PlainValue, withoutAbsent } from './plain.ts'

/** Reads an Envoy bootstrap (`envoy.yaml`): listeners, routes, clusters, wasm filters and services (W5, W22–W25, W33). */
export function readEnvoy(fields: Fields): ImportedGateway {
  return new EnvoyReader(fields).read()
}

class EnvoyReader {
  readonly #fields: Fields
  readonly #plugins: ImportedPlugin[] = []

  constructor(fields: Fields) {
    this.#fields = fields
  }

  read(): ImportedGateway {
    const resources: YamlPath = ['static_resources']
    const listeners = this.#fields
      .items([...resources, 'listeners'])
      .flatMap((path, index) => this.#listener(path, index))
    const clusters = this.#fields.items([...resources, 'clusters']).flatMap((path) => this.#cluster(path))
    const services = this.#fields.items(['bootstrap_extensions']).flatMap((path) => this.#service(path))
    return {
      listeners,
      clusters,
      plugins: this.#plugins,
      ...(services.length > 0 ? { services } : {}),
    }
  }

  #listener(path: YamlPath, index: number): readonly ImportedListener[] {
    const fields = this.#fields
    const socket: YamlPath = [...path, 'address', 'socket_address']
    const port = fields.number([...socket, 'port_value'])
    if (port === undefined) return []
    fields.accept([...socket, 'address'], [...socket, 'protocol'])
    const name = fields.text([...path, 'name']) ?? `listener-${index}`
    const bufferLimit = fields.number([...path, 'per_connection_buffer_limit_bytes'])
    const base = { name, port, ...(bufferLimit === undefined ? {} : { bufferLimit }) }
    const plugins: string[] = []
    let cluster: string | undefined
    for (const chain of fields.items([...path, 'filter_chains'])) {
      for (const filter of fields.items([...chain, 'filters'])) {
        const config: YamlPath = [...filter, 'typed_config']
        const filterName = fields.text([...filter, 'name']) ?? ''
        const type = typeOf(fields, config)
        if (type.endsWith('HttpConnectionManager')) return [{ ...base, kind: 'http', ...this.#http(config) }]
        if (type.endsWith('TcpProxy')) {
          fields.accept([...config, 'stat_prefix'])
          cluster = fields.text([...config, 'cluster'])
        } else if (isWasm(type)) plugins.push(this.#wasm(config, filterName))
      }
    }
    return [{ ...base, kind: 'tcp', plugins, ...(cluster === undefined ? {} : { cluster }) }]
  }

  #http(config: YamlPath): Pick<ImportedListener, 'plugins' | 'scheme' | 'routes'> {
    const fields = this.#fields
    // Names for statistics; the client's protocol is the request's own choice here.
    fields.accept([...config, 'stat_prefix'], [...config, 'codec_type'], [...config, 'route_config', 'name'])
    const scheme = fields.text([...config, 'scheme_header_transformation', 'scheme_to_overwrite'])
    const routes = fields.items([...config, 'route_config', 'virtual_hosts']).flatMap((host) => this.#virtualHost(host))
    const plugins: string[] = []
    for (const filter of fields.items([...config, 'http_filters'])) {
      const filterName = fields.text([...filter, 'name']) ?? ''
      const inner: YamlPath = [...filter, 'typed_config']
      const type = typeOf(fields, inner)
      if (isWasm(type)) plugins.push(this.#wasm(inner, filterName))
      else if (type.endsWith('http.router.v3.Router') || filterName === 'envoy.filters.http.router')
        fields.accept(filter)
    }
    return { plugins, ...(scheme === undefined ? {} : { scheme }), ...(routes.length > 0 ? { routes } : {}) }
  }

  #virtualHost(path: YamlPath): readonly Readonly<Record<string, PlainValue>>[] {
    const fields = this.#fields
    const hostName = fields.text([...path, 'name']) ?? 'default'
    const domains = fields.texts([...path, 'domains']) ?? ['*']
    const items = fields.items([...path, 'routes'])
    return items.map((route, index) => {
      const fallback = items.length === 1 ? hostName : `${hostName}-${index}`
      return { name: fields.text([...route, 'name']) ?? fallback, domains, ...this.#route(route) }
    })
  }

  #route(path: YamlPath): Readonly<Record<string, PlainValue>> {
    const fields = this.#fields
    const match: YamlPath = [...path, 'match']
    const action: YamlPath = [...path, 'route']
    const headers = fields.items([...match, 'headers']).flatMap((item) => this.#headerMatch(item))
    const weights = fields.items([...action, 'weighted_clusters', 'clusters']).flatMap((item) => {
      const cluster = fields.text([...item, 'name'])
      return cluster === undefined ? [] : [{ cluster, weight: fields.number([...item, 'weight']) ?? 0 }]
    })
    const direct = fields.number([...path, 'direct_response', 'status'])
    const method = headers.find(([name]) => name === ':method')?.[1]
    const others = headers.filter(([name]) => name !== ':method')
    return withoutAbsent({
      prefix: fields.text([...match, 'prefix']),
      path: fields.text([...match, 'path']),
      regex: fields.text([...match, 'safe_regex', 'regex']),
      method,
      headers: others.length > 0 ? others.map(([name, value]) => [name, value]) : undefined,
      cluster: fields.text([...action, 'cluster']),
      weights: weights.length > 0 ? weights : undefined,
      direct:
        direct === undefined
          ? undefined
          : withoutAbsent({ status: direct, body: fields.text([...path, 'direct_response', 'body', 'inline_string']) }),
      timeout: this.#duration([...action, 'timeout']),
      idleTimeout: this.#duration([...action, 'idle_timeout']),
      rewrite: fields.text([...action, 'prefix_rewrite']),
      hostRewrite: fields.text([...action, 'host_rewrite_literal']),
    })
  }

  #headerMatch(path: YamlPath): readonly (readonly [string, string])[] {
    const fields = this.#fields
    const exact = fields.text([...path, 'string_match', 'exact']) ?? fields.text([...path, 'exact_match'])
    const name = exact === undefined ? undefined : fields.text([...path, 'name'])
    return name === undefined || exact === undefined ? [] : [[name, exact]]
  }

  #duration(path: YamlPath): string | undefined {
    const value = this.#fields.peek(path)
    return typeof value === 'string' && parseDuration(value) !== undefined ? this.#fields.text(path) : undefined
  }

  #cluster(path: YamlPath): readonly ImportedCluster[] {
    const fields = this.#fields
    const name = fields.text([...path, 'name'])
    if (name === undefined) return []
    // How the gateway finds the hosts does not matter where nothing is looked up.
    fields.accept(...['type', 'dns_lookup_family', 'lb_policy'].map((key) => [...path, key]))
    fields.accept([...path, 'load_assignment', 'cluster_name'])
    const hosts = fields.items([...path, 'load_assignment', 'endpoints']).flatMap((group) =>
      fields.items([...group, 'lb_endpoints']).flatMap((item) => {
        const socket: YamlPath = [...item, 'endpoint', 'address', 'socket_address']
        const address = fields.text([...socket, 'address'])
        const port = fields.number([...socket, 'port_value'])
        fields.accept([...socket, 'protocol'])
        return address === undefined || port === undefined ? [] : [`${address}:${port}`]
      }),
    )
    const cluster = withoutAbsent({
      kind: kindOf(name, hosts),
      hosts: hosts.length > 0 ? hosts : undefined,
      timeout: this.#duration([...path, 'connect_timeout']),
      protocol: this.#speaksHttp2(path) ? 'h2' : undefined,
    })
    return [{ name, cluster }]
  }

  #speaksHttp2(path: YamlPath): boolean {
    const options: YamlPath = [...path, 'http2_protocol_options']
    this.#fields.accept(options)
    return this.#fields.peek(options) !== undefined
  }

  #service(path: YamlPath): NonNullable<ImportedGateway['services']> {
    const fields = this.#fields
    const config: YamlPath = [...path, 'typed_config']
    if (!typeOf(fields, config).endsWith('wasm.v3.WasmService')) return []
    const name = fields.text([...path, 'name']) ?? 'service'
    const plugin = this.#wasm(config, name)
    return [{ plugin, singleton: fields.flag([...config, 'singleton']) ?? false }]
  }

  /** The filter's `config`, also inside a TypedStruct; gives the name under which the plugin is kept. */
  #wasm(config: YamlPath, filterName: string): string {
    const fields = this.#fields
    const inStruct: YamlPath = [...config, 'value', 'config']
    const inner = fields.peek(inStruct) === undefined ? [...config, 'config'] : inStruct
    const own = fields.peek([...inner, 'name'])
    const generic = filterName === '' || /^envoy\.(filters|bootstrap)\./.test(filterName)
    const base = generic && typeof own === 'string' && own !== '' ? own : filterName || 'plugin'
    let name = base
    for (let count = 2; this.#plugins.some((plugin) => plugin.name === name); count++) name = `${base}-${count}`
    this.#plugins.push({ ...readWasmConfig(fields, inner, base), name })
    return name
  }
}

/** The message type of a `typed_config`, also one wrapped in a TypedStruct. */
function typeOf(fields: Fields, config: YamlPath): string {
  const outer = fields.text([...config, '@type']) ?? ''
  return outer.endsWith('TypedStruct') ? (fields.text([...config, 'type_url']) ?? '') : outer
}

const isWasm = (type: string): boolean => /envoy\.extensions\.filters\.(http|network)\.wasm\.v3\.Wasm$/.test(type)

/** What answers under a name is not in the file: httpbin and Redis are told by name or port, others echo. */
function kindOf(name: string, hosts: readonly string[]): 'httpbin' | 'redis' | 'echo' {
  const words = [name, ...hosts].join(' ')
  if (/httpbin/i.test(words)) return 'httpbin'
  return /redis/i.test(name) || hosts.some((host) => host.endsWith(':6379')) ? 'redis' : 'echo'
}

import type { z } from 'zod'
import { clusterFault } from './cluster-fault.ts'
import { otherFaults } from './fault-schema.ts'
import type { gatewaySchema, listenerSchema, routeSchema } from './gateway-schema.ts'
import { fault, type ProjectProblem, problemAt } from './problem.ts'
import type { Cluster, GatewayConfig, Listener, PluginSpec, Profile, Route, RouteTarget } from './types.ts'
import type { YamlDocument, YamlPath } from './yaml-document.ts'

type WrittenGateway = z.output<typeof gatewaySchema>
type WrittenListener = z.output<typeof listenerSchema>
type WrittenRoute = z.output<typeof routeSchema>

const defaultCluster: readonly [string, Cluster] = ['httpbin', { kind: 'httpbin', protocol: 'h1' }]

/** Per-connection buffer limit: Higress' Helm default, and Envoy's own (higress.md 1.12). */
const bufferLimitOf = (profile: Profile): number => (profile.startsWith('higress') ? 32_768 : 1_048_576)

const phaseOrder: Readonly<Record<PluginSpec['phase'], number>> = { AUTHN: 0, AUTHZ: 1, STATS: 2, UNSPECIFIED_PHASE: 3 }

/** Order of the request path: phase, then priority (higher first), then name (higress.md 2, "Chain order"). */
export function inChainOrder(plugins: readonly PluginSpec[]): readonly PluginSpec[] {
  return [...plugins].sort(
    (a, b) =>
      phaseOrder[a.phase] - phaseOrder[b.phase] ||
      b.priority - a.priority ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
}

/** Fills in the gateway's defaults and checks what its parts refer to. */
export function gatewayOf(
  document: YamlDocument,
  written: WrittenGateway,
  plugins: readonly PluginSpec[],
): { readonly gateway: GatewayConfig; readonly problems: readonly ProjectProblem[] } {
  const problems: ProjectProblem[] = []
  const base: YamlPath = ['gateway']
  const clusters = written.clusters ?? []
  const allClusters = clusters.some(([name]) => name === 'httpbin') ? clusters : [...clusters, defaultCluster]
  const clusterNames = allClusters.map(([name]) => name)
  const pluginNames = plugins.map(({ name }) => name)

  const knownPlugin = (name: string, path: YamlPath): void => {
    if (pluginNames.includes(name)) return
    const what = fault('problem.unknownPlugin', { name, known: pluginNames.join(', ') || 'none' })
    problems.push(problemAt(document.place([...base, ...path]), what))
  }
  const knownCluster = (name: string, path: YamlPath): void => {
    if (clusterNames.includes(name)) return
    // Not an error: a real gateway loads such a route too, and answers 503 NC.
    const what = clusterFault(name, clusterNames)
    problems.push(problemAt(document.place([...base, ...path]), what, 'warning'))
  }
  for (const [name, { kind, faults }] of clusters) {
    for (const [index, { kind: given }] of (faults ?? []).entries()) {
      const known = otherFaults(given, kind)
      if (known === undefined) continue
      const what = fault('problem.faultKind', { kind: given, cluster: kind, known: known.join(', ') || 'none' })
      problems.push(problemAt(document.place([...base, 'clusters', name, 'faults', index, 'kind']), what))
    }
  }
  const route = (from: WrittenRoute, path: YamlPath): Route => {
    const { target, given } = targetOf(from)
    if (given.length !== 1) {
      const what = fault('problem.oneRouteTarget', { actual: given.join(' and ') || 'none' })
      problems.push(problemAt(document.place([...base, ...path]), what))
    }
    if (target.kind === 'cluster') knownCluster(target.cluster, [...path, 'cluster'])
    if (target.kind === 'weights') {
      for (const [index, { cluster }] of target.clusters.entries()) knownCluster(cluster, [...path, 'weights', index])
    }
    return routeOf(from, target)
  }

  const taken = new Set<string>([
    ...written.services.map(({ plugin }) => plugin),
    ...(written.listeners ?? []).flatMap(({ kind, plugins: names }) => (kind === 'tcp' ? (names ?? []) : [])),
  ])
  const httpPlugins = inChainOrder(plugins.filter(({ name }) => !taken.has(name))).map(({ name }) => name)
  const ofGateway = written.routes?.map((item, index) => route(item, ['routes', index]))
  const fallback = [route({ name: 'httpbin', domains: ['*'], headers: [], cluster: 'httpbin', timeout: 15e9 }, [])]
  const listenersWritten: readonly WrittenListener[] = written.listeners ?? [
    { name: 'main', port: 10000, kind: 'http' },
  ]
  const firstHttp = listenersWritten.find(({ kind }) => kind === 'http')

  const listeners = listenersWritten.map((from, index): Listener => {
    const path: YamlPath = ['listeners', index]
    for (const [place, name] of (from.plugins ?? []).entries()) knownPlugin(name, [...path, 'plugins', place])
    checkUnique(problems, document, base, listenersWritten, from, index)
    if (from.kind === 'tcp') {
      const cluster = from.cluster ?? 'echo'
      knownCluster(cluster, [...path, 'cluster'])
      return { kind: 'tcp', name: from.name, port: from.port, plugins: from.plugins ?? [], cluster }
    }
    const own = from.routes?.map((item, place) => route(item, [...path, 'routes', place]))
    return {
      kind: 'http',
      name: from.name,
      port: from.port,
      plugins: from.plugins ?? httpPlugins,
      bufferLimit: from.bufferLimit ?? bufferLimitOf(written.profile),
      scheme: from.scheme ?? written.scheme,
      routes: own ?? (from === firstHttp ? ofGateway : undefined) ?? fallback,
    }
  })
  for (const [index, { plugin }] of written.services.entries()) knownPlugin(plugin, ['services', index, 'plugin'])

  const { profile, clock, seed, workers, startup, logLevel, scheme, properties, timeouts, services } = written
  const gateway = {
    profile,
    clockStart: clock,
    seed,
    workers,
    startup,
    logLevel,
    scheme,
    properties,
    timeouts,
    services,
  }
  return { gateway: { ...gateway, listeners, clusters: allClusters }, problems }
}

function checkUnique(
  problems: ProjectProblem[],
  document: YamlDocument,
  base: YamlPath,
  all: readonly WrittenListener[],
  listener: WrittenListener,
  index: number,
): void {
  const before = all.slice(0, index)
  const path = [...base, 'listeners', index]
  if (before.some(({ name }) => name === listener.name)) {
    problems.push(problemAt(document.place([...path, 'name']), fault('problem.duplicateName', { name: listener.name })))
  }
  if (before.some(({ port }) => port === listener.port)) {
    problems.push(problemAt(document.place([...path, 'port']), fault('problem.duplicatePort', { port: listener.port })))
  }
}

function targetOf(from: WrittenRoute): { readonly target: RouteTarget; readonly given: readonly string[] } {
  const given = (['cluster', 'direct', 'weights'] as const).filter((key) => from[key] !== undefined)
  if (from.direct) {
    const { status, headers, body } = from.direct
    return { target: { kind: 'direct', status, headers, body: body ?? new Uint8Array() }, given }
  }
  if (from.weights) return { target: { kind: 'weights', clusters: from.weights }, given }
  return { target: { kind: 'cluster', cluster: from.cluster ?? 'httpbin' }, given }
}

function matchOf(from: WrittenRoute): Route['match'] {
  if (from.path !== undefined) return { kind: 'path', path: from.path }
  if (from.regex !== undefined) return { kind: 'regex', regex: from.regex }
  return { kind: 'prefix', prefix: from.prefix ?? '/' }
}

function routeOf(from: WrittenRoute, target: RouteTarget): Route {
  return {
    name: from.name,
    domains: from.domains,
    match: matchOf(from),
    ...(from.method === undefined ? {} : { method: from.method }),
    headers: from.headers,
    target,
    timeout: from.timeout,
    ...(from.idleTimeout === undefined ? {} : { idleTimeout: from.idleTimeout }),
    ...(from.rewrite === undefined ? {} : { rewrite: from.rewrite }),
    ...(from.hostRewrite === undefined ? {} : { hostRewrite: from.hostRewrite }),
  }
}

/** Which route a request takes: first match wins (design section 2). */
import type { HttpListener, Route } from '../../model/project/types.ts'
import type { HeaderMap } from '../vm/seam.ts'

/**
 * Envoy looks nothing up without `:path` and `x-forwarded-proto` (envoy-observed.md k: removing one of them is a 404).
 * The port of the host does not count, as the gateways' virtual hosts are generated.
 */
export function findRoute(listener: HttpListener, headers: HeaderMap): Route | undefined {
  const path = headers.get(':path')
  if (path === undefined || !headers.get('x-forwarded-proto')) return undefined
  const authority = headers.get(':authority') ?? ''
  if (looked?.listener === listener && looked.path === path && looked.authority === authority) return looked.route
  const route = search(listener, headers, path, authority)
  if (listener.routes.every(onlyByPath)) looked = { listener, path, authority, route }
  return route
}

/**
 * What was found last: most requests of a run go the way of the one before, and a plugin that changes headers has the
 * route looked up once more for each. Not kept where more than path and host decide.
 */
let looked: { listener: HttpListener; path: string; authority: string; route: Route | undefined } | undefined

const onlyByPath = ({ method, headers }: Route): boolean => method === undefined && headers.length === 0

function search(listener: HttpListener, headers: HeaderMap, path: string, authority: string): Route | undefined {
  const host = withoutPort(authority).toLowerCase()
  const plain = pathOnly(path)
  for (const route of listener.routes) {
    if (
      pathMatches(route, path, plain) &&
      route.domains.some((domain) => domainMatches(domain.toLowerCase(), host)) &&
      (route.method === undefined || route.method === headers.get(':method')) &&
      route.headers.every(([name, value]) => headers.get(name) === value)
    )
      return route
  }
  return undefined
}

/** The first domain of these routes that takes the host of a request. */
export function matchedDomain(routes: readonly Route[], headers: HeaderMap | undefined): string | undefined {
  const host = withoutPort(headers?.get(':authority') ?? '').toLowerCase()
  for (const { domains } of routes) {
    const domain = domains.find((each) => domainMatches(each.toLowerCase(), host))
    if (domain !== undefined) return domain
  }
  return undefined
}

function pathMatches(route: Route, path: string, plain: string): boolean {
  switch (route.match.kind) {
    case 'prefix':
      return path.startsWith(route.match.prefix)
    case 'path':
      return plain === route.match.path
    case 'regex':
      return regexMatches(route.match.regex, plain)
  }
}

/** The whole path must match, as in Envoy's safe_regex. A pattern that is none matches nothing. */
function regexMatches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text)
  } catch {
    return false
  }
}

export function domainMatches(domain: string, host: string): boolean {
  if (domain === '*') return true
  if (domain.startsWith('*')) return host.length > domain.length - 1 && host.endsWith(domain.slice(1))
  if (domain.endsWith('*')) return host.length > domain.length - 1 && host.startsWith(domain.slice(0, -1))
  return domain === host
}

export function withoutPort(authority: string): string {
  if (authority.startsWith('[')) return authority.slice(0, authority.indexOf(']') + 1)
  const colon = authority.indexOf(':')
  return colon < 0 ? authority : authority.slice(0, colon)
}

export const pathOnly = (path: string): string => {
  for (let index = 0; index < path.length; index++) {
    const code = path.charCodeAt(index)
    // ? and #
    if (code === 63 || code === 35) return path.slice(0, index)
  }
  return path
}

/** The path as the upstream gets it. */
function rewrittenPath(route: Route, path: string): string {
  if (route.rewrite === undefined) return path
  switch (route.match.kind) {
    case 'prefix':
      return route.rewrite + path.slice(route.match.prefix.length)
    case 'path':
    case 'regex':
      return route.rewrite + path.slice(pathOnly(path).length)
  }
}

/** One of the weighted clusters, by a number in [0, 1). */
export function clusterOf(route: Route, choice: number): string {
  const { target } = route
  switch (target.kind) {
    case 'cluster':
      return target.cluster
    case 'direct':
      return ''
    case 'weights': {
      let rest = choice * target.clusters.reduce((sum, { weight }) => sum + weight, 0)
      for (const { cluster, weight } of target.clusters) {
        rest -= weight
        if (rest < 0) return cluster
      }
      return target.clusters[0]?.cluster ?? ''
    }
  }
}

/** What the route changes of the request before it goes to the service. */
export function rewriteFor(route: Route, headers: HeaderMap): void {
  const path = headers.get(':path') ?? ''
  const target = rewrittenPath(route, path)
  if (target !== path) {
    headers.replace('x-envoy-original-path', path)
    headers.replace(':path', target)
  }
  if (route.hostRewrite !== undefined) headers.replace(':authority', route.hostRewrite)
}

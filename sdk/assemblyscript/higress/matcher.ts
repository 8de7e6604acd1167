import { getProperty } from '../core/property'
import { lastStatus, Status } from '../core/status'
import { textOf } from '../core/bytes'
import { Json } from './json'
import * as proxywasm from './proxywasm'

enum Category {
  Route = 0,
  Domain = 1,
  Service = 2,
  RoutePrefix = 3,
}

/** One entry of `_rules_` with the configuration parsed for it (higress.md 1.7). */
class Rule<C> {
  constructor(
    readonly category: i32,
    readonly routes: string[],
    readonly domains: string[],
    readonly services: string[],
    readonly prefixes: string[],
    readonly config: C,
  ) {}

  matches(host: string, route: string, cluster: string): bool {
    if (this.category == Category.Route) {
      return this.routes.includes(route) && (this.services.length == 0 || matchesService(this.services, cluster))
    }
    if (this.category == Category.Domain) return matchesDomain(this.domains, host)
    if (this.category == Category.Service) return matchesService(this.services, cluster)
    for (let i = 0; i < this.prefixes.length; i++) if (route.startsWith(this.prefixes[i])) return true
    return false
  }
}

/** Parses one configuration: the global one, or a rule's with the global one beside it. */
export abstract class ConfigParser<C> {
  abstract global(json: Json, config: C): Error | null
  abstract rule(json: Json, global: C | null, config: C): Error | null
}

/** Which configuration holds for a request. Rules are tried in order, the first that matches wins, then the global one. */
export class RuleMatcher<C> {
  private rules: Rule<C>[] = []
  private global: C | null = null

  parse(json: Json, parser: ConfigParser<C>): Error | null {
    this.rules = []
    this.global = null
    const keys = json.Keys()
    const rules = json.Member('_rules_')
    const own = keys.length - (rules.Exists() ? 1 : 0)
    let globalError: Error | null = null
    if (own > 0 || keys.length == 0) {
      const config = instantiate<C>()
      globalError = parser.global(json, config)
      if (globalError === null) this.global = config
      if (keys.length == 0) return globalError
    }
    const items = rules.Array()
    if (items.length == 0) {
      if (this.global !== null) return null
      return new Error(
        globalError === null
          ? 'parse config failed, no valid rules'
          : 'parse config failed, no valid rules; global config parse error: ' + globalError.message,
      )
    }
    for (let i = 0; i < items.length; i++) {
      const error = this.parseRule(items[i], parser)
      if (error !== null) return error
    }
    return null
  }

  private parseRule(json: Json, parser: ConfigParser<C>): Error | null {
    const routes = texts(json, '_match_route_')
    const domains = texts(json, '_match_domain_')
    const services = texts(json, '_match_service_')
    const prefixes = texts(json, '_match_route_prefix_')
    let category = -1
    if (routes.length > 0) category = Category.Route
    else if (domains.length > 0) category = Category.Domain
    else if (services.length > 0) category = Category.Service
    else if (prefixes.length > 0) category = Category.RoutePrefix
    else return new Error('a rule has none of _match_route_, _match_domain_, _match_service_, _match_route_prefix_')
    const config = instantiate<C>()
    const error = parser.rule(json, this.global, config)
    if (error !== null) return error
    this.rules.push(new Rule<C>(category, routes, domains, services, prefixes, config))
    return null
  }

  /** The configuration for the current request; null if no rule matches and there is no global one. `failed` says that the question itself failed. */
  match(): Match<C> {
    const host = proxywasm.GetHttpRequestHeader(':authority')
    if (lastStatus() != Status.Ok) return new Match<C>(null, 'no :authority')
    if (this.rules.length == 0) return new Match<C>(this.global, '')
    const route = readName('route_name')
    const cluster = readName('cluster_name')
    if (route === null || cluster === null) return new Match<C>(null, 'route_name or cluster_name cannot be read')
    for (let i = 0; i < this.rules.length; i++) {
      if (this.rules[i].matches(withoutPort(host), route, cluster)) return new Match<C>(this.rules[i].config, '')
    }
    return new Match<C>(this.global, '')
  }
}

export class Match<C> {
  constructor(
    readonly config: C | null,
    readonly failed: string,
  ) {}
}

/** '' for a name that is not there; null for any other failure. */
function readName(name: string): string | null {
  const bytes = getProperty([name])
  if (bytes !== null) return textOf(bytes)
  return lastStatus() == Status.NotFound ? '' : null
}

function texts(json: Json, key: string): string[] {
  const items = json.Member(key).Array()
  const result = new Array<string>()
  for (let i = 0; i < items.length; i++) {
    const text = items[i].String()
    if (text.length > 0) result.push(text)
  }
  return result
}

/** The host without its port; an IPv6 address keeps its brackets. */
export function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':')
  if (colon < 0 || host.endsWith(']')) return host
  if (host.indexOf(':') != colon && !host.startsWith('[')) return host
  return host.substring(0, colon)
}

function matchesDomain(patterns: string[], host: string): bool {
  for (let i = 0; i < patterns.length; i++) {
    const pattern = patterns[i]
    if (pattern.startsWith('*')) {
      if (host.endsWith(pattern.substring(1))) return true
    } else if (pattern.endsWith('*')) {
      if (host.startsWith(pattern.substring(0, pattern.length - 1))) return true
    } else if (host == pattern) return true
  }
  return false
}

/** `cluster_name` is `outbound|port|subset|fqdn`; a pattern is the fqdn, or `fqdn:port`. */
function matchesService(patterns: string[], cluster: string): bool {
  const parts = cluster.split('|')
  if (parts.length != 4) return false
  const withPort = parts[3] + ':' + parts[1]
  return patterns.includes(parts[3]) || patterns.includes(withPort)
}

/** The rule matching of Higress' wasm-go wrapper (higress.md 1.7), on the configuration bytes a plugin read. */
export type RuleMatch =
  /** The bytes are no rule configuration that the wrapper would accept. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'rule'
      readonly index: number
      readonly by: 'route' | 'domain' | 'service' | 'route prefix'
      readonly pattern: string
      /** The rules before it. */
      readonly misses: readonly RuleMiss[]
    }
  /** The configuration outside the rules; `misses`: the rules that were tried before, if there are any. */
  | { readonly kind: 'global'; readonly misses: readonly RuleMiss[] }
  | { readonly kind: 'none'; readonly misses: readonly RuleMiss[] }

/** What a rule wanted and this request is not. `route-service`: the route fits, the service does not. */
export type RuleMiss = {
  readonly by: 'route' | 'route-service' | 'domain' | 'service' | 'route-prefix'
  readonly patterns: readonly string[]
}

export type RuleFacts = { readonly authority: string; readonly routeName: string; readonly clusterName: string }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

export function matchRules(configuration: string, facts: RuleFacts): RuleMatch {
  const config = parse(configuration)
  if (!isObject(config)) return { kind: 'unknown' }
  const list = config._rules_
  if (!Array.isArray(list)) return { kind: 'global', misses: [] }
  const misses: RuleMiss[] = []
  for (const [index, rule] of list.entries()) {
    if (!isObject(rule)) return { kind: 'unknown' }
    const outcome = matchOne(rule, facts)
    if ('pattern' in outcome) return { kind: 'rule', index, ...outcome, misses }
    misses.push(outcome)
  }
  const others = Object.keys(config).some((key) => key !== '_rules_')
  return { kind: others ? 'global' : 'none', misses }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the wrapper would have refused it at start.
    return undefined
  }
}

type Matched = { readonly by: 'route' | 'domain' | 'service' | 'route prefix'; readonly pattern: string }

/** One category each: route (with service, when both are given), else domain, else service, else route prefix. */
function matchOne(rule: Readonly<Record<string, unknown>>, facts: RuleFacts): Matched | RuleMiss {
  const routes = strings(rule._match_route_)
  const domains = strings(rule._match_domain_)
  const services = strings(rule._match_service_)
  const service = services.find((pattern) => matchService(pattern, facts.clusterName))
  if (routes.length > 0) {
    const route = routes.find((name) => name === facts.routeName)
    if (route === undefined) return { by: 'route', patterns: routes }
    const elsewhere = services.length > 0 && service === undefined
    return elsewhere ? { by: 'route-service', patterns: services } : { by: 'route', pattern: route }
  }
  if (domains.length > 0) {
    const domain = domains.find((pattern) => matchDomain(pattern, facts.authority))
    return domain === undefined ? { by: 'domain', patterns: domains } : { by: 'domain', pattern: domain }
  }
  if (services.length > 0)
    return service === undefined ? { by: 'service', patterns: services } : { by: 'service', pattern: service }
  const prefixes = strings(rule._match_route_prefix_)
  const prefix = prefixes.find((start) => facts.routeName.startsWith(start))
  return prefix === undefined ? { by: 'route-prefix', patterns: prefixes } : { by: 'route prefix', pattern: prefix }
}

function matchDomain(pattern: string, authority: string): boolean {
  const host = authority.startsWith('[') ? authority.replace(/^(\[[^\]]*\]).*$/, '$1') : authority.replace(/:\d+$/, '')
  if (pattern.startsWith('*')) return host.endsWith(pattern.slice(1))
  if (pattern.endsWith('*')) return host.startsWith(pattern.slice(0, -1))
  return host === pattern
}

function matchService(pattern: string, clusterName: string): boolean {
  const [, port = '', , fqdn = ''] = clusterName.split('|')
  return fqdn !== '' && (pattern === fqdn || pattern === `${fqdn}:${port}`)
}

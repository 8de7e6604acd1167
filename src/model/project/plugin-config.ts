import { utf8 } from './bytes.ts'
import type { MatchRule, PluginConfig, PluginOverride, PluginSpec } from './types.ts'
import { type JsonMap, type JsonValue, jsonText } from './values.ts'

const empty: JsonMap = { entries: [] }

function withEntry(map: JsonMap, key: string, value: JsonValue): JsonMap {
  return { entries: [...map.entries.filter(([name]) => name !== key), [key, value]] }
}

const named = (names: readonly string[] | undefined): readonly string[] | undefined =>
  names && names.length > 0 ? names : undefined

/** A rule that names nothing makes the gateway refuse the plugin (higress.md 2). */
export const hasMatcher = (rule: Pick<MatchRule, 'ingress' | 'domain' | 'service'>): boolean =>
  Boolean(named(rule.ingress) ?? named(rule.domain) ?? named(rule.service))

function ruleJson(rule: MatchRule): JsonMap {
  let result = rule.config ?? empty
  // `routeType: GRPC` replaces the ingress name by the type's text: the gateway's own defect (higress.md 2).
  const ingress = rule.routeType === 'GRPC' ? rule.ingress?.map(() => 'GRPC') : rule.ingress
  const matchers = [
    ['_match_route_', named(ingress)],
    ['_match_domain_', named(rule.domain)],
    ['_match_service_', named(rule.service)],
  ] as const
  for (const [key, names] of matchers) if (names) result = withEntry(result, key, names)
  return result
}

/** Which entry of `matchRules` (the first is 1) each rule is that the plugin gets: those with `configDisable` are left out. */
export const ruleNumbers = (config: PluginConfig): readonly number[] =>
  (config.matchRules ?? []).flatMap(({ configDisable }, index) => (configDisable ? [] : [index + 1]))

/** What a WasmPlugin's configuration becomes; `not-delivered`: the gateway does not load the plugin. */
export function wasmPluginJson(config: PluginConfig): JsonMap | 'none' | 'not-delivered' {
  if (config.pluginConfig) return config.pluginConfig
  const rules = (config.matchRules ?? []).filter(({ configDisable }) => !configDisable)
  if (config.defaultConfigDisable && rules.length === 0) return 'not-delivered'
  const global = config.defaultConfigDisable ? undefined : config.defaultConfig
  if (!global && (config.matchRules ?? []).length === 0) return 'none'
  return rules.length > 0 ? withEntry(global ?? empty, '_rules_', rules.map(ruleJson)) : (global ?? empty)
}

/** Configuration bytes as the plugin reads them. JSON has sorted keys and no spaces: it passed through a Struct. */
export function configurationOf(config: PluginConfig): { readonly delivered: boolean; readonly bytes?: Uint8Array } {
  if (config.configuration) return { delivered: true, bytes: config.configuration }
  const made = wasmPluginJson(config)
  if (made === 'not-delivered') return { delivered: false }
  return made === 'none' ? { delivered: true } : { delivered: true, bytes: utf8(jsonText(made, true)) }
}

/** A plugin with another configuration: what the override names replaces the same part, the rest stays. */
export function withOverride(plugin: PluginSpec, override: PluginOverride): PluginSpec {
  const config: PluginConfig = { ...plugin.config, ...withoutUndefined(override) }
  const { delivered, bytes } = configurationOf(config)
  const { configuration: _, ...rest } = plugin
  return { ...rest, config, delivered, ...(bytes ? { configuration: bytes } : {}) }
}

function withoutUndefined(override: PluginOverride): PluginConfig {
  return {
    ...(override.defaultConfig && { defaultConfig: override.defaultConfig }),
    ...(override.defaultConfigDisable !== undefined && { defaultConfigDisable: override.defaultConfigDisable }),
    ...(override.matchRules && { matchRules: override.matchRules }),
    ...(override.pluginConfig && { pluginConfig: override.pluginConfig }),
    ...(override.configuration && { configuration: override.configuration }),
  }
}

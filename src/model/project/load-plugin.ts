import type { z } from 'zod'
import { problemsOf } from './issues.ts'
import { isMap } from './ordered.ts'
import { configurationOf, hasMatcher } from './plugin-config.ts'
import {
  envoyPluginSchema,
  keysWithoutEffect,
  wasmPluginDocumentSchema,
  wasmPluginSpecSchema,
} from './plugin-schema.ts'
import { fault, type ProjectProblem, problemAt, shown } from './problem.ts'
import type { PluginConfig, PluginLanguage, PluginSpec } from './types.ts'
import { readYaml, type YamlDocument, type YamlPath } from './yaml-document.ts'

/** Everything of a plugin that its `plugin.yaml` decides. */
export type PluginResource = Omit<PluginSpec, 'language' | 'sdk' | 'source' | 'files'>

export type LoadedPlugin = { readonly resource?: PluginResource; readonly problems: readonly ProjectProblem[] }

/** Reads `plugins/<name>/plugin.yaml`; without text, a plugin with every default and no configuration. */
export function loadPlugin(name: string, file: string, text: string | undefined): LoadedPlugin {
  if (text === undefined) return { resource: fromSpec(name, wasmPluginSpecSchema.parse({}), undefined), problems: [] }
  const document = readYaml(file, text)
  if (document.problems.length > 0) return { problems: document.problems }
  const value = document.value ?? {}
  const kind = isMap(value) && 'kind' in value ? value.kind : undefined
  if (kind === 'EnvoyPlugin') {
    const parsed = envoyPluginSchema.safeParse(value)
    if (!parsed.success) return { problems: problemsOf(document, envoyPluginSchema, parsed.error.issues) }
    return { resource: fromEnvoy(name, parsed.data), problems: [] }
  }
  if (kind === 'WasmPlugin') {
    const parsed = wasmPluginDocumentSchema.safeParse(value)
    if (!parsed.success) return { problems: problemsOf(document, wasmPluginDocumentSchema, parsed.error.issues) }
    return checkedSpec(name, document, parsed.data.spec, ['spec'], parsed.data.metadata)
  }
  if (kind !== undefined) {
    const what = fault('problem.wrongKind', { expected: 'WasmPlugin or EnvoyPlugin', actual: shown(kind) })
    return { problems: [problemAt(document.place(['kind']), what)] }
  }
  const parsed = wasmPluginSpecSchema.safeParse(value)
  if (!parsed.success) return { problems: problemsOf(document, wasmPluginSpecSchema, parsed.error.issues) }
  return checkedSpec(name, document, parsed.data, [], undefined)
}

type Spec = z.output<typeof wasmPluginSpecSchema>
type Metadata = z.output<typeof wasmPluginDocumentSchema>['metadata']

function checkedSpec(
  name: string,
  document: YamlDocument,
  spec: Spec,
  base: YamlPath,
  metadata: Metadata | undefined,
): LoadedPlugin {
  const problems: ProjectProblem[] = []
  for (const [index, rule] of (spec.matchRules ?? []).entries()) {
    if (rule.configDisable || hasMatcher(rule)) continue
    problems.push(problemAt(document.place([...base, 'matchRules', index]), fault('problem.ruleWithoutMatcher')))
  }
  if (problems.length > 0) return { problems }
  const note = (key: string, code: 'problem.keyHasNoEffect' | 'problem.pluginConfigWins'): void => {
    problems.push(problemAt(document.place([...base, key], 'key'), fault(code, { key }), 'warning'))
  }
  for (const key of keysWithoutEffect) if (spec[key] !== undefined) note(key, 'problem.keyHasNoEffect')
  if (spec.pluginConfig) {
    for (const key of ['defaultConfig', 'defaultConfigDisable', 'matchRules'] as const) {
      if (spec[key] !== undefined) note(key, 'problem.pluginConfigWins')
    }
  }
  const resource = fromSpec(name, spec, metadata)
  if (!resource.delivered) {
    const place = document.place([...base, 'defaultConfigDisable'], 'key')
    problems.push(problemAt(place, fault('problem.notDelivered', { name }), 'warning'))
  }
  return { resource, problems }
}

function fromSpec(name: string, spec: Spec, metadata: Metadata | undefined): PluginResource {
  const config: PluginConfig = {
    defaultConfig: spec.defaultConfig,
    defaultConfigDisable: spec.defaultConfigDisable,
    matchRules: spec.matchRules,
    pluginConfig: spec.pluginConfig,
  }
  const { delivered, bytes } = configurationOf(config)
  return {
    name,
    resource: 'wasm-plugin',
    phase: spec.phase,
    priority: spec.priority,
    failPolicy: spec.failStrategy === 'FAIL_OPEN' ? 'open' : 'closed',
    rootId: spec.pluginName ?? '',
    vmId: '',
    vmConfiguration: new Uint8Array(),
    // HOST would copy a variable of the gateway's own process; there is none here.
    environment: spec.vmConfig.env.map((entry) => [entry.name, entry.valueFrom === 'HOST' ? '' : (entry.value ?? '')]),
    ...(bytes ? { configuration: bytes } : {}),
    displayName: `${metadata?.namespace ?? 'higress-system'}.${metadata?.name ?? name}`,
    capabilities: [],
    delivered,
    config,
  }
}

function fromEnvoy(name: string, plugin: z.output<typeof envoyPluginSchema>): PluginResource {
  const { vm_config: vm } = plugin
  return {
    name,
    resource: 'envoy-plugin',
    phase: plugin.phase,
    priority: plugin.priority,
    failPolicy: envoyFailPolicy(plugin.failure_policy, plugin.fail_open === true),
    ...backOffOf(plugin.reload_config?.backoff),
    rootId: plugin.root_id,
    vmId: vm.vm_id,
    vmConfiguration: vm.configuration ?? new Uint8Array(),
    environment: vm.environment_variables.key_values,
    ...(plugin.configuration ? { configuration: plugin.configuration } : {}),
    displayName: plugin.name ?? name,
    capabilities: plugin.capability_restriction_config?.allowed_capabilities ?? [],
    ...(plugin.allow_on_headers_stop_iteration === undefined
      ? {}
      : { allowOnHeadersStopIteration: plugin.allow_on_headers_stop_iteration }),
    delivered: true,
    config: { configuration: plugin.configuration },
  }
}

/** Without a maximum it is ten times the base (envoy.config.core.v3.BackoffStrategy). */
function backOffOf(
  given: NonNullable<z.output<typeof envoyPluginSchema>['reload_config']>['backoff'],
): Pick<PluginSpec, 'reloadBackOff'> {
  if (given === undefined) return {}
  const { base_interval: base, max_interval: most = 10 * base } = given
  return { reloadBackOff: { base, most: Math.max(base, most) } }
}

function envoyFailPolicy(
  policy: z.output<typeof envoyPluginSchema>['failure_policy'],
  failOpen: boolean,
): PluginSpec['failPolicy'] {
  switch (policy) {
    case 'FAIL_OPEN':
      return 'open-next'
    case 'FAIL_RELOAD':
      return 'reload'
    case 'FAIL_CLOSED':
      return 'closed'
    case 'UNSPECIFIED':
      return failOpen ? 'open' : 'closed'
  }
}

const languageSigns: readonly (readonly [PluginLanguage, RegExp])[] = [
  ['assemblyscript', /^(plugin|index|assembly\/index)\.ts$/],
  ['wat', /\.wat$/],
  ['rust', /^Cargo\.toml$/],
  ['go', /(^|\/)(go\.mod|[^/]+\.go)$/],
  ['cpp', /\.(cc|cpp|cxx)$/],
  ['wasm', /\.wasm$/],
]

/** The language of a folder, told from its files; `undefined` if nothing is known. */
export function languageOf(files: readonly string[]): PluginLanguage | undefined {
  return languageSigns.find(([, sign]) => files.some((file) => sign.test(file)))?.[0]
}

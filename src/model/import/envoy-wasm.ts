import { fromBase64 } from '../project/bytes.ts'
import { isMap } from '../project/ordered.ts'
import type { YamlPath } from '../project/yaml-document.ts'
import type { Fields } from './fields.ts'
import type { ImportedPlugin } from './imported.ts'
import { type PlainValue, plain, withoutAbsent } from './plain.ts'

/**
 * Envoy's `config` of a wasm filter, network filter or service (envoy.extensions.wasm.v3.PluginConfig) as an
 * EnvoyPlugin resource. `filterName` names it if it has no name of its own.
 */
export function readWasmConfig(fields: Fields, path: YamlPath, filterName: string): ImportedPlugin {
  const at = (...steps: YamlPath): YamlPath => [...path, ...steps]
  const name = fields.text(at('name'))
  const vm = at('vm_config')
  const local: YamlPath = [...vm, 'code', 'local']
  const code = fields.text([...local, 'filename']) ?? fields.text([...vm, 'code', 'remote', 'http_uri', 'uri']) ?? ''
  // There is one engine here, and it takes what every engine takes.
  fields.accept([...vm, 'runtime'], [...vm, 'allow_precompiled'], [...vm, 'nack_on_code_cache_miss'])
  const environment = environmentOf(fields, [...vm, 'environment_variables'])
  const vmConfig = withoutAbsent({
    vm_id: fields.text([...vm, 'vm_id']),
    configuration: readConfiguration(fields, [...vm, 'configuration']),
    environment_variables: environment,
  })
  const allowed = fields.entries(at('capability_restriction_config', 'allowed_capabilities')).map(([key]) => key)
  fields.accept(at('capability_restriction_config', 'allowed_capabilities'))
  const resource = withoutAbsent({
    kind: 'EnvoyPlugin',
    name: name ?? filterName,
    root_id: fields.text(at('root_id')),
    vm_config: Object.keys(vmConfig).length > 0 ? vmConfig : undefined,
    configuration: readConfiguration(fields, at('configuration')),
    failure_policy: fields.text(at('failure_policy')),
    fail_open: fields.flag(at('fail_open')),
    allow_on_headers_stop_iteration:
      fields.flag(at('allow_on_headers_stop_iteration')) ?? fields.flag(at('allow_on_headers_stop_iteration', 'value')),
    capability_restriction_config:
      allowed.length > 0 ? { allowed_capabilities: Object.fromEntries(allowed.map((key) => [key, {}])) } : undefined,
  })
  return { name: filterName, code, resource }
}

function environmentOf(fields: Fields, path: YamlPath): PlainValue | undefined {
  const pairs = fields.entries([...path, 'key_values']).flatMap(([key, at]) => {
    const value = fields.text(at)
    return value === undefined ? [] : [[key, value] as const]
  })
  return pairs.length > 0 ? { key_values: Object.fromEntries(pairs) } : undefined
}

/** A protobuf Any: StringValue and BytesValue give their content, a Struct its fields (proxy-wasm-host.md 7.1). */
function readConfiguration(fields: Fields, path: YamlPath): PlainValue | undefined {
  const value = fields.peek(path)
  if (value === undefined) return undefined
  const type = fields.text([...path, '@type'])
  const inner = [...path, 'value']
  const content = fields.peek(inner)
  if (type === undefined) {
    fields.accept(path)
    return plain(value)
  }
  if (type.endsWith('google.protobuf.BytesValue') && typeof content === 'string') {
    const bytes = fromBase64(content)
    const text = bytes && decoded(bytes)
    if (text === undefined) return undefined
    fields.accept(inner)
    return text
  }
  if (content !== undefined) {
    fields.accept(inner)
    return typeof content === 'string' || isMap(content) ? plain(content) : String(content)
  }
  return undefined
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

import { z } from 'zod'
import { ok } from '../result.ts'
import { utf8 } from './bytes.ts'
import { atom, duration, json, jsonMap, jsonText, readJson, textPairs } from './values.ts'

export const phases = ['AUTHN', 'AUTHZ', 'STATS', 'UNSPECIFIED_PHASE'] as const

const matchRule = z.strictObject({
  ingress: z.array(z.string()).optional(),
  domain: z.array(z.string()).optional(),
  service: z.array(z.string()).optional(),
  config: jsonMap.optional(),
  configDisable: z.boolean().default(false),
  routeType: z.enum(['HTTP', 'GRPC']).optional(),
})

/** The parts of a WasmPlugin that decide the configuration bytes; a scenario may replace them. */
export const wasmConfigShape = {
  defaultConfig: jsonMap.optional(),
  defaultConfigDisable: z.boolean().optional(),
  matchRules: z.array(matchRule).optional(),
  pluginConfig: jsonMap.optional(),
}

/** The spec of a WasmPlugin (higress.md 2). What only a cluster needs is accepted, with a note. */
export const wasmPluginSpecSchema = z.strictObject({
  ...wasmConfigShape,
  phase: z.enum(phases).default('UNSPECIFIED_PHASE'),
  priority: z.int().default(0),
  failStrategy: z.enum(['FAIL_CLOSE', 'FAIL_OPEN']).default('FAIL_CLOSE'),
  pluginName: z.string().optional(),
  vmConfig: z
    .strictObject({
      env: z
        .array(
          z.strictObject({
            name: z.string(),
            value: z.string().optional(),
            valueFrom: z.enum(['INLINE', 'HOST']).default('INLINE'),
          }),
        )
        .default([]),
    })
    .default({ env: [] }),
  url: z.string().optional(),
  sha256: z.string().optional(),
  imagePullPolicy: z.enum(['UNSPECIFIED_POLICY', 'IfNotPresent', 'Always']).optional(),
  imagePullSecret: z.string().optional(),
  verificationKey: z.string().optional(),
  // Istio's own, seen in pasted resources.
  selector: json.optional(),
  match: json.optional(),
  targetRef: json.optional(),
  targetRefs: json.optional(),
  type: z.string().optional(),
})

/** Keys of the spec that change nothing here; the loader says so. */
export const keysWithoutEffect = [
  'url',
  'sha256',
  'imagePullPolicy',
  'imagePullSecret',
  'verificationKey',
  'selector',
  'match',
  'targetRef',
  'targetRefs',
  'type',
] as const

/** A whole document as `kubectl` takes it. */
export const wasmPluginDocumentSchema = z.strictObject({
  apiVersion: z.string().optional(),
  kind: z.literal('WasmPlugin'),
  metadata: z.looseObject({ name: z.string().optional(), namespace: z.string().optional() }).default({}),
  spec: wasmPluginSpecSchema.prefault({}),
  status: json.optional(),
})

/** Plain text goes to the plugin byte for byte; a map or list as JSON text, as a protobuf Struct does it. */
export const configurationBytes = atom<Uint8Array>(
  { anyOf: [{ type: 'string' }, { type: 'object' }, { type: 'array' }] },
  (value) => {
    if (typeof value === 'string') return ok(utf8(value))
    const read = readJson(value)
    return read.ok ? ok(utf8(jsonText(read.value, true))) : read
  },
)

/** `kind: EnvoyPlugin`: Envoy's own PluginConfig fields (envoy.extensions.wasm.v3). */
export const envoyPluginSchema = z.strictObject({
  kind: z.literal('EnvoyPlugin'),
  name: z.string().optional(),
  root_id: z.string().default(''),
  vm_config: z
    .strictObject({
      vm_id: z.string().default(''),
      runtime: z.string().optional(),
      configuration: configurationBytes.optional(),
      environment_variables: z
        .strictObject({ host_env_keys: z.array(z.string()).default([]), key_values: textPairs.default([]) })
        .default({ host_env_keys: [], key_values: [] }),
      allow_precompiled: z.boolean().optional(),
      nack_on_code_cache_miss: z.boolean().optional(),
      code: json.optional(),
    })
    .prefault({}),
  configuration: configurationBytes.optional(),
  failure_policy: z.enum(['UNSPECIFIED', 'FAIL_CLOSED', 'FAIL_OPEN', 'FAIL_RELOAD']).default('UNSPECIFIED'),
  fail_open: z.boolean().optional(),
  reload_config: z
    .strictObject({
      backoff: z.strictObject({ base_interval: duration, max_interval: duration.optional() }).optional(),
    })
    .optional(),
  capability_restriction_config: z
    .strictObject({
      allowed_capabilities: z
        .unknown()
        .meta({ type: 'object' })
        .transform((value): readonly string[] =>
          typeof value === 'object' && value !== null ? Object.keys(value) : [],
        )
        .default([]),
    })
    .optional(),
  allow_on_headers_stop_iteration: z.boolean().optional(),
  /** Where it stands in a listener without a plugin list. */
  phase: z.enum(phases).default('UNSPECIFIED_PHASE'),
  priority: z.int().default(0),
})

/** What a scenario may say about one plugin: another configuration, for either kind. */
export const pluginOverrideSchema = z.strictObject({ ...wasmConfigShape, configuration: configurationBytes.optional() })

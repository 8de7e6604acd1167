import { z } from 'zod'
import { clusterSchema } from './cluster-schema.ts'
import { namedEntries } from './named-entries.ts'
import { body, clockTime, duration, headerPairs, json } from './values.ts'

export const profiles = ['higress-2.2', 'higress-2.1', 'envoy-1.36', 'envoy-1.40'] as const
export const languages = ['assemblyscript', 'go', 'rust', 'cpp', 'wat', 'wasm'] as const
export const goSdks = ['higress', 'proxy-wasm', 'tinygo'] as const
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'off'] as const

const port = z.int().min(1).max(65535)

const direct = z.strictObject({
  status: z.int().min(100).max(999),
  body: body.optional(),
  headers: headerPairs.default([]),
})

export const routeSchema = z.strictObject({
  name: z.string(),
  /** `*`, `*.example.com`, `example.*` or an exact name. */
  domains: z.array(z.string()).min(1).default(['*']),
  /** One of the three; default: prefix `/`. */
  prefix: z.string().optional(),
  path: z.string().optional(),
  regex: z.string().optional(),
  method: z.string().optional(),
  /** Request headers that must have exactly these values. */
  headers: headerPairs.default([]),
  cluster: z.string().optional(),
  direct: direct.optional(),
  weights: z
    .array(z.strictObject({ cluster: z.string(), weight: z.int().min(0) }))
    .min(1)
    .optional(),
  /** Until the response is complete; `0s`: none. */
  timeout: duration.default(15e9),
  idleTimeout: duration.optional(),
  /** Replaces the matched prefix. */
  rewrite: z.string().optional(),
  hostRewrite: z.string().optional(),
})

const listenerBase = {
  name: z.string(),
  port,
  plugins: z.array(z.string()).optional(),
}

/** `kind` may be left out for HTTP. */
export const listenerSchema = z.strictObject({
  ...listenerBase,
  kind: z.enum(['http', 'tcp']).default('http'),
  /** Bytes; default by profile: Higress 32 KiB, Envoy 1 MiB. */
  bufferLimit: z.int().min(0).optional(),
  scheme: z.enum(['http', 'https']).optional(),
  routes: z.array(routeSchema).optional(),
  /** For TCP: where the bytes go. */
  cluster: z.string().optional(),
})

export const gatewaySchema = z.strictObject({
  profile: z.enum(profiles).default('higress-2.2'),
  /** Start of the virtual clock, nanoseconds since 1970. */
  clock: clockTime.default(1_767_225_600_000_000_000n),
  seed: z.int().min(0).max(0xffffffff).default(1),
  workers: z.int().min(1).max(64).default(1),
  /** `full`: all the VMs of a real gateway: base, throw-away canary, one on the main thread, one per worker. */
  startup: z.enum(['lean', 'full']).default('lean'),
  logLevel: z.enum(logLevels).default('info'),
  /** `scheme_to_overwrite` of the listeners. */
  scheme: z.enum(['http', 'https', 'none']).default('none'),
  /** Extra or overridden attributes, by path with dots. */
  properties: namedEntries(json).default([]),
  /** The gateway's own 504/408. Not given: none, so that a hang shows as a hang. `0s` switches one off. */
  timeouts: z.strictObject({ streamIdle: duration.optional(), request: duration.optional() }).default({}),
  listeners: z.array(listenerSchema).min(1).optional(),
  services: z.array(z.strictObject({ plugin: z.string(), singleton: z.boolean().default(false) })).default([]),
  /** Of the first HTTP listener. */
  routes: z.array(routeSchema).optional(),
  clusters: namedEntries(clusterSchema).optional(),
})

export const pluginEntrySchema = z.strictObject({
  name: z.string(),
  language: z.enum(languages).optional(),
  /** For Go. */
  sdk: z.enum(goSdks).optional(),
  /** Folder under `plugins/` with the code, if it is not the plugin's own. */
  source: z.string().optional(),
})

/** `proxyground.yaml`. */
export const projectSchema = z.strictObject({
  version: z.literal(1).default(1),
  title: z.string().default(''),
  description: z.string().default(''),
  gateway: gatewaySchema.optional(),
  plugins: z.array(pluginEntrySchema).optional(),
})

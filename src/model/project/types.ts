import type { z } from 'zod'
import type { HeaderList, HttpProtocol } from '../http.ts'
import type { LogLevel } from '../trace.ts'
import type { behaviourSchema, clusterSchema } from './cluster-schema.ts'
import type { expectationSchema } from './expectation-schema.ts'
import type { goSdks, languages, profiles } from './gateway-schema.ts'
import type { phases, pluginOverrideSchema } from './plugin-schema.ts'
import type { Place } from './problem.ts'
import type { RequestUrl, requestSchema, stepSchema } from './scenario-schema.ts'
import type { JsonMap, JsonValue } from './values.ts'

/** Durations below are nanoseconds of virtual time. */
type Ns = number

export type Profile = (typeof profiles)[number]
export type PluginLanguage = (typeof languages)[number]
export type GoSdk = (typeof goSdks)[number]
export type PluginPhase = (typeof phases)[number]

/** One service behind the gateway, by `kind`. */
export type Cluster = z.output<typeof clusterSchema>
/** What one rule of a `rules` cluster answers. */
export type Behaviour = z.output<typeof behaviourSchema>
export type Expectation = z.output<typeof expectationSchema>
export type PluginOverride = z.output<typeof pluginOverrideSchema>

/** A project, read and complete: defaults filled in, references checked. */
export type Project = {
  readonly version: 1
  readonly title: string
  readonly description: string
  readonly gateway: GatewayConfig
  /** In the order of `proxyground.yaml` (or of the folders): the index is `PluginIndex`. */
  readonly plugins: readonly PluginSpec[]
  readonly scenarios: readonly Scenario[]
}

export type GatewayConfig = {
  readonly profile: Profile
  /** Start of the virtual clock, nanoseconds since 1970. */
  readonly clockStart: bigint
  readonly seed: number
  readonly workers: number
  /** `lean`: one VM per worker; `full`: also those a real gateway starts besides (proxy-wasm-host.md 3.2). */
  readonly startup: 'lean' | 'full'
  readonly logLevel: LogLevel | 'off'
  /** `none`: `x-forwarded-proto` and `:scheme` stay as the connection has them. */
  readonly scheme: 'http' | 'https' | 'none'
  /** Extra or overridden attributes, by path with dots. */
  readonly properties: readonly (readonly [path: string, value: JsonValue])[]
  /** Absent: the gateway waits for ever, and a hang shows as a hang. 0: switched off. */
  readonly timeouts: { readonly streamIdle?: Ns | undefined; readonly request?: Ns | undefined }
  readonly listeners: readonly Listener[]
  readonly services: readonly { readonly plugin: string; readonly singleton: boolean }[]
  readonly clusters: readonly (readonly [name: string, cluster: Cluster])[]
}

export type Listener = HttpListener | TcpListener

export type HttpListener = {
  readonly kind: 'http'
  readonly name: string
  readonly port: number
  /** Names in the order of the request path. Skip those with `delivered: false` (a scenario's override may change it). */
  readonly plugins: readonly string[]
  /** Bytes that a filter may hold back before 413 or 500. */
  readonly bufferLimit: number
  readonly scheme: 'http' | 'https' | 'none'
  readonly routes: readonly Route[]
}

export type TcpListener = {
  readonly kind: 'tcp'
  readonly name: string
  readonly port: number
  readonly plugins: readonly string[]
  readonly cluster: string
}

export type Route = {
  readonly name: string
  /** `*`, `*.example.com`, `example.*` or an exact name. */
  readonly domains: readonly string[]
  readonly match:
    | { readonly kind: 'prefix'; readonly prefix: string }
    | { readonly kind: 'path'; readonly path: string }
    | { readonly kind: 'regex'; readonly regex: string }
  readonly method?: string
  /** Request headers that must have exactly these values. */
  readonly headers: HeaderList
  readonly target: RouteTarget
  /** Until the response is complete; 0: none. */
  readonly timeout: Ns
  readonly idleTimeout?: Ns
  /** Replaces the matched prefix (or path). */
  readonly rewrite?: string
  readonly hostRewrite?: string
}

export type RouteTarget =
  | { readonly kind: 'cluster'; readonly cluster: string }
  | { readonly kind: 'direct'; readonly status: number; readonly headers: HeaderList; readonly body: Uint8Array }
  | { readonly kind: 'weights'; readonly clusters: readonly { readonly cluster: string; readonly weight: number }[] }

/** One plugin: where its code is, and everything a gateway gives to its VM. */
export type PluginSpec = {
  readonly name: string
  readonly language: PluginLanguage
  readonly sdk?: GoSdk
  /** Folder with the code under `plugins/`; two plugins with one source run the same module. */
  readonly source: string
  /** Paths of the source files inside the folder. */
  readonly files: readonly string[]
  readonly resource: 'wasm-plugin' | 'envoy-plugin'
  readonly phase: PluginPhase
  readonly priority: number
  /**
   * What happens to traffic when the VM is dead (proxy-wasm-host.md 7.4). `open`: the plugin is passed by, at once, even
   * by the request that trapped. `open-next`: that request still fails, later ones pass by (Envoy's `failure_policy:
   * FAIL_OPEN`, envoy-observed.md j).
   */
  readonly failPolicy: 'closed' | 'open' | 'open-next' | 'reload'
  /** Of `reload` (`reload_config`); absent: from one second to ten. */
  readonly reloadBackOff?: { readonly base: Ns; readonly most: Ns }
  readonly rootId: string
  readonly vmId: string
  readonly vmConfiguration: Uint8Array
  readonly environment: readonly (readonly [name: string, value: string])[]
  /** What `proxy_on_configure` can read; absent when there is no configuration at all. */
  readonly configuration?: Uint8Array
  /** Name in logs and `plugin_name`: Higress `<namespace>.<name>`, Envoy the filter's name. */
  readonly displayName: string
  /** Only these host calls and callbacks; empty: all. */
  readonly capabilities: readonly string[]
  /** Envoy's `allow_on_headers_stop_iteration`; absent: the profile's default. */
  readonly allowOnHeadersStopIteration?: boolean
  /** False: the gateway does not load it (`defaultConfigDisable` and no rule). */
  readonly delivered: boolean
  /** What the configuration was made of, so that a scenario can replace a part. */
  readonly config: PluginConfig
}

/** The parts from which configuration bytes are made (higress.md 2, "To plugin JSON"). */
export type PluginConfig = {
  readonly defaultConfig?: JsonMap | undefined
  readonly defaultConfigDisable?: boolean | undefined
  readonly matchRules?: readonly MatchRule[] | undefined
  readonly pluginConfig?: JsonMap | undefined
  /** EnvoyPlugin: the bytes themselves. */
  readonly configuration?: Uint8Array | undefined
}

export type MatchRule = {
  readonly ingress?: readonly string[] | undefined
  readonly domain?: readonly string[] | undefined
  readonly service?: readonly string[] | undefined
  readonly config?: JsonMap | undefined
  readonly configDisable: boolean
  readonly routeType?: 'HTTP' | 'GRPC' | undefined
}

export type Scenario = {
  /** Path of its file, or the name given to inline text. */
  readonly file: string
  readonly name: string
  readonly description: string
  /** Configuration for this scenario only; see `withOverride`. */
  readonly plugins: readonly (readonly [plugin: string, override: PluginOverride])[]
  /** Choices where the order is free (sandbox/time/schedule.ts). */
  readonly schedule?: readonly number[]
  readonly steps: readonly Step[]
}

/** `place` is where the step stands in the file. */
export type Step = { readonly place: Place } & (
  | { readonly kind: 'request'; readonly request: RequestStep; readonly expect?: Expectation }
  | { readonly kind: 'await'; readonly id: string; readonly expect?: Expectation }
  | { readonly kind: 'advance'; readonly by: Ns }
  | { readonly kind: 'configure'; readonly changes: readonly (readonly [plugin: string, override: PluginOverride])[] }
  | { readonly kind: 'connection'; readonly connection: ConnectionStep; readonly expect?: Expectation }
  | { readonly kind: 'redis'; readonly redis: RedisStep; readonly expect?: Expectation }
  | { readonly kind: 'fault'; readonly fault: FaultStep }
  | { readonly kind: 'expect'; readonly expect: Expectation }
)

export type RequestStep = {
  readonly id?: string
  readonly method: string
  readonly url: RequestUrl
  /** Name of the HTTP listener it goes to; absent: the URL's port belongs to no listener but to httpbin (12345). */
  readonly listener: string | undefined
  readonly protocol: HttpProtocol
  /** As written, without pseudo headers; `host` here overrides the URL's. */
  readonly headers: HeaderList
  readonly body: Uint8Array
  /** The body in the pieces that arrive, each `after` the one before. Empty when the body is. */
  readonly chunks: readonly { readonly data: Uint8Array; readonly after: Ns }[]
  readonly trailers: HeaderList
  /** What the client of a WebSocket says, each `after` the one before; present: it asks for the upgrade. */
  readonly messages?: readonly { readonly data: Uint8Array; readonly after: Ns }[]
  readonly abort?: { readonly after?: Ns | undefined; readonly afterBytes?: number | undefined }
  /** False: the next step begins while this one is under way. */
  readonly await: boolean
  readonly times: number
}

export type ConnectionStep = NonNullable<z.output<typeof stepSchema>['connection']>
/** `cluster` is the exact name of one that is there. */
export type RedisStep = Omit<NonNullable<z.output<typeof stepSchema>['redis']>, 'cluster'> & {
  readonly cluster: string
}
export type FaultStep = NonNullable<z.output<typeof stepSchema>['fault']>
export type { Place, RequestUrl }
export type WrittenRequest = z.output<typeof requestSchema>

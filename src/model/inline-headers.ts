/** Which headers an Envoy map holds once (proxy-wasm-host.md 6.7): host and views join them alike. */
export type HeaderMapKind = 'request' | 'response' | 'trailers'

/** Envoy's inline headers: a second value joins the first with a comma. `cookie` and `set-cookie` are none. */
const inlineOfBoth = [
  'connection', 'content-length', 'content-type', 'keep-alive', 'proxy-connection', 'proxy-status', 'transfer-encoding',
  'upgrade', 'via', 'x-request-id', 'x-envoy-decorator-operation', 'x-envoy-attempt-count',
  'cache-control', 'content-encoding',
] // biome-ignore format: a table
/** By kind of map: names whose second value joins the first. */
export const inlineHeaders: Readonly<Record<HeaderMapKind, ReadonlySet<string>>> = {
  request: new Set([
    ...inlineOfBoth,
    ':authority', ':method', ':path', ':protocol', ':scheme', 'accept', 'accept-encoding',
    'access-control-request-headers', 'access-control-request-method', 'access-control-request-private-network',
    'authorization', 'expect', 'grpc-timeout', 'origin', 'referer', 'te', 'user-agent', 'x-client-trace-id',
    'x-forwarded-client-cert', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto',
    'x-envoy-downstream-service-cluster', 'x-envoy-downstream-service-node', 'x-envoy-expected-rq-timeout-ms',
    'x-envoy-external-address', 'x-envoy-force-trace', 'x-envoy-hedge-on-per-try-timeout', 'x-envoy-internal',
    'x-envoy-ip-tags', 'x-envoy-max-retries', 'x-envoy-original-path', 'x-envoy-original-url',
    'x-envoy-retriable-header-names', 'x-envoy-retriable-status-codes', 'x-envoy-retry-grpc-on', 'x-envoy-retry-on',
    'x-envoy-upstream-alt-stat-name', 'x-envoy-upstream-rq-per-try-timeout-ms', 'x-envoy-upstream-rq-timeout-ms',
  ]),
  response: new Set([
    ...inlineOfBoth,
    ':status', 'access-control-allow-credentials', 'access-control-allow-headers', 'access-control-allow-methods',
    'access-control-allow-origin', 'access-control-expose-headers', 'access-control-max-age', 'date', 'etag',
    'grpc-message', 'grpc-status', 'location', 'server', 'vary', 'www-authenticate', 'x-envoy-degraded',
    'x-envoy-immediate-health-check-fail', 'x-envoy-ratelimited', 'x-envoy-upstream-canary',
    'x-envoy-upstream-healthchecked-cluster', 'x-envoy-upstream-service-time',
  ]),
  trailers: new Set(['grpc-status', 'grpc-message']),
} // biome-ignore format: tables

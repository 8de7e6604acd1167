/** The gateways whose behaviour can be chosen (`gateway.profile`). Differences: proxy-wasm-host.md 11, envoy-observed.md. */
export const gatewayProfiles = ['higress-2.2', 'higress-2.1', 'envoy-1.40', 'envoy-1.36'] as const
export type GatewayProfile = (typeof gatewayProfiles)[number]

const families: Readonly<Record<GatewayProfile, 'higress' | 'envoy'>> = {
  'higress-2.2': 'higress',
  'higress-2.1': 'higress',
  'envoy-1.40': 'envoy',
  'envoy-1.36': 'envoy',
}

/** Higress hosts carry extra imports, headers and an access-log format of their own. */
export function gatewayFamily(profile: GatewayProfile): 'higress' | 'envoy' {
  return families[profile]
}

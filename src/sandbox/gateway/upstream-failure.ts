/** Envoy's texts for an upstream that fails before its response (proxy-wasm-host.md 6.8, 8.1; envoy-observed.md b). */
const reason = (what: string): string =>
  `upstream connect error or disconnect/reset before headers. reset reason: ${what}`

export const connectFailureText = reason('remote connection failure')
export const resetText = reason('connection termination')

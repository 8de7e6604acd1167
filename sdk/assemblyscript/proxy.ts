/** The callbacks and the ABI marker 0.2.1: `export * from '@proxyground/sdk/proxy'` in the plugin's entry file. */
export * from './core/callbacks'

/** Only its name counts: gateways read the ABI version from it. */
export function proxy_abi_version_0_2_1(): void {}

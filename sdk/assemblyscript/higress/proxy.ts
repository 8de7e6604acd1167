/** The callbacks and Higress' ABI marker 0.2.100: `export * from '@proxyground/sdk/higress/proxy'` in the entry file. */
export * from '../core/callbacks'
export { proxy_on_redis_call_response } from './redis-call'

/** Only its name counts. With this marker a header callback's StopIteration stays what it is. */
export function proxy_abi_version_0_2_100(): void {}

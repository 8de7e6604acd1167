import type { AbiVersion } from '../vm/prepare.ts'

/** What the filter chain makes of a header callback's number (proxy-wasm-host.md section 4). */
export type HeadersStatus = 'Continue' | 'StopIteration' | 'StopAllIterationAndBuffer' | 'StopAllIterationAndWatermark'

/** What the filter chain makes of a body callback's number. */
export type DataStatus = 'Continue' | 'StopIterationAndBuffer' | 'StopIterationAndWatermark' | 'StopIterationNoBuffer'

/** What the filter chain makes of a trailers callback's number. */
export type TrailersStatus = 'Continue' | 'StopIteration'

export type HeaderStopRule = {
  readonly family: 'higress' | 'envoy'
  readonly abi: AbiVersion
  /** Whether the module exports `proxy_on_request_headers`: decides Higress's conversion (section 4). */
  readonly exportsRequestHeaders: boolean
  /** Envoy's plugin option; Higress has none. */
  readonly allowOnHeadersStopIteration: boolean
}

/**
 * Whether header status 1 becomes 4 for this plugin. Upstream converts unless the plugin's option allows the stop;
 * Higress converts what was bound as ABI 0.1 or 0.2.0/0.2.1, and (its quirk) only if the module exports
 * `proxy_on_request_headers`; 0.2.100 is never converted.
 */
export function convertsHeaderStop(rule: HeaderStopRule): boolean {
  if (rule.family === 'envoy') return !rule.allowOnHeadersStopIteration
  if (rule.abi === '0_2_100') return false
  return rule.abi === '0_1_0' || rule.exportsRequestHeaders
}

/** 2 (ContinueAndEndStream) no longer exists in Envoy and continues; anything above 4 stops all. */
export function headersStatus(returned: number, convertStop: boolean): HeadersStatus {
  switch (returned) {
    case 0:
    case 2:
      return 'Continue'
    case 1:
      return convertStop ? 'StopAllIterationAndWatermark' : 'StopIteration'
    case 3:
      return 'StopAllIterationAndBuffer'
    default:
      return 'StopAllIterationAndWatermark'
  }
}

export function dataStatus(returned: number): DataStatus {
  switch (returned) {
    case 0:
      return 'Continue'
    case 1:
      return 'StopIterationAndBuffer'
    case 2:
      return 'StopIterationAndWatermark'
    default:
      return 'StopIterationNoBuffer'
  }
}

export function trailersStatus(returned: number): TrailersStatus {
  return returned === 0 ? 'Continue' : 'StopIteration'
}

/** After a local reply in the same guest call the returned number does not count (6.3). */
export const repliedStatus = {
  headers: 'StopAllIterationAndWatermark',
  data: 'StopIterationNoBuffer',
  trailers: 'StopIteration',
} as const

import { gatewayProfiles } from '../../model/profile.ts'
import { type WasmLogLine, wasmLogLine } from '../gateway/envoy-log.ts'

/** One log entry as the profile's gateway prints it (workflows.md W34). An unknown profile reads as the default one. */
export function envoyLogLine(profile: string, line: Omit<WasmLogLine, 'profile'>): string {
  return wasmLogLine({ ...line, profile: gatewayProfiles.find((known) => known === profile) ?? 'higress-2.2' })
}

import { bytesIn, bytesOut, textIn, u32, u32Out } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { atLimit } from './bounds.ts'
import { type EnvFunction, hostFunction } from './call.ts'

/** Shared data (proxy-wasm-host.md 2.6, 8.5). */
export const sharedData: readonly EnvFunction[] = [
  hostFunction('proxy_get_shared_data', { key: textIn }, { value: bytesOut, cas: u32Out }, (call, { key }, out) => {
    const found = call.vm.environment.sharedData.get(call.vm.vmId, key)
    if (found === undefined) return call.refuse(Status.NotFound, { code: 'unknown-name', name: key })
    out.value = found.value
    out.cas = found.cas
    return Status.Ok
  }),
  hostFunction('proxy_set_shared_data', { key: textIn, value: bytesIn, cas: u32 }, {}, (call, { key, value, cas }) => {
    const stored = call.vm.environment.sharedData.set(call.vm.vmId, key, value.slice(), cas)
    if (stored === 'full') return atLimit(call, 'sharedData')
    return stored ? Status.Ok : Status.CasMismatch
  }),
]

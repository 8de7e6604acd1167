import { type Outs, type Params, textIn, u32Out } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, hostFunction } from './call.ts'

/** Declared with their real signatures, so that modules link; each answers Unimplemented and says so. Envoy's own (2.10). */
export const unimplementedEnvoy: readonly EnvFunction[] = [
  notYet('envoy_resolve_dns', { address: textIn }, { token: u32Out }),
]

function notYet(name: string, params: Params, outs: Outs): EnvFunction {
  return hostFunction(name, params, outs, (call) => call.refuse(Status.Unimplemented, { code: 'not-implemented' }))
}

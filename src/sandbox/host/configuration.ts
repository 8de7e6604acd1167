import { bytesOut } from '../abi/declare.ts'
import { Status } from '../abi/status.ts'
import { type EnvFunction, hostFunction } from './call.ts'

/** Only for 0.1.0: the plugin configuration while `proxy_on_configure` runs, else the VM configuration (1). */
export const getConfiguration: EnvFunction = hostFunction(
  'proxy_get_configuration',
  {},
  { configuration: bytesOut },
  ({ vm, context }, _args, out) => {
    out.configuration = context.root?.configurationVisible === true ? context.root.configuration : vm.configuration
    return Status.Ok
  },
)

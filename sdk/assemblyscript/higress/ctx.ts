import { registerRootContext } from '../core/registry'
import { Handlers } from './handlers'
import { Log, SetPluginLog, SetSafeLogEnabled } from './log'
import { CtxOption, Slot } from './options'
import { Plugin } from './stream'

let registered: usize = 0

/** Says what the plugin does: `SetCtx<Config>('my-plugin', [ParseConfigBy<Config>(parse), ProcessRequestHeadersBy<Config>(onHeaders)])`. */
export function SetCtx<C>(name: string, options: CtxOption<C>[]): void {
  const log = new Log(name)
  const handlers = new Handlers<C>(log)
  for (let i = 0; i < options.length; i++) {
    const option = options[i]
    const logger = option.logger
    if (logger !== null) handlers.log = logger
    else if (option.slot == Slot.SafeLog) SetSafeLogEnabled(true)
    else handlers.slots[option.slot] = option.handler
    if (option.second != 0) handlers.ruleParser = option.second
  }
  SetPluginLog(handlers.log)
  // No closures: the factory below finds the handlers through this reference, which keeps them alive.
  registered = changetype<usize>(handlers)
  __pin(registered)
  registerRootContext((id, rootId) => new Plugin<C>(id, rootId, changetype<Handlers<C>>(registered)))
}

import { getPropertyInt, setPropertyText } from '../core/property'
import { pluginLog } from './log'

/** When the gateway shall replace this VM; 0 means never. */
export class RebuildPolicy {
  private requests: u32 = 0

  constructor(
    private readonly afterRequests: u32,
    private readonly maxMemory: u32,
  ) {}

  /** Asks for a new VM if it is time; runs once for each request. */
  whenDue(): void {
    if (this.afterRequests > 0 && ++this.requests >= this.afterRequests) {
      this.requests = 0
      this.ask('after ' + this.afterRequests.toString() + ' requests')
    } else if (this.maxMemory > 0) {
      const used = getPropertyInt(['plugin_vm_memory'])
      if (used >= <i64>this.maxMemory) this.ask('it uses ' + used.toString() + ' bytes')
    }
  }

  private ask(why: string): void {
    pluginLog().Info('the VM is rebuilt: ' + why)
    setPropertyText(['wasm_need_rebuild'], 'true')
  }
}

import { Json } from './json'
import { Log } from './log'
import { ConfigParser } from './matcher'
import { Slot } from './options'
import { PluginContext } from './plugin-context'

type Parse<C> = (json: Json, config: C) => Error | null
type ParseBy<C> = (json: Json, config: C, log: Log) => Error | null
type ParseOverride<C> = (json: Json, global: C | null, config: C) => Error | null
type ParseOverrideBy<C> = (json: Json, global: C | null, config: C, log: Log) => Error | null

/** Handlers by slot, 0 for none. */
export class Handlers<C> extends ConfigParser<C> {
  readonly slots: StaticArray<usize> = new StaticArray<usize>(Slot.Count)
  ruleParser: usize = 0
  plugin: PluginContext | null = null

  constructor(public log: Log) {
    super()
  }

  get parses(): bool {
    return (
      (this.slots[Slot.ParseConfig] | this.slots[Slot.ParseConfigBy] | this.slots[Slot.ParseConfigWithContext] |
        this.slots[Slot.ParseRawConfig] | this.slots[Slot.ParseOverrideGlobal] | this.slots[Slot.ParseOverrideGlobalBy]) != 0
    )
  }

  global(json: Json, config: C): Error | null {
    const plain = this.slots[Slot.ParseConfig] | this.slots[Slot.ParseOverrideGlobal]
    if (plain != 0) return changetype<Parse<C>>(plain)(json, config)
    const by = this.slots[Slot.ParseConfigBy] | this.slots[Slot.ParseOverrideGlobalBy]
    if (by != 0) return changetype<ParseBy<C>>(by)(json, config, this.log)
    const withContext = this.slots[Slot.ParseConfigWithContext]
    const plugin = this.plugin
    if (withContext != 0 && plugin !== null) {
      return changetype<(plugin: PluginContext, json: Json, config: C) => Error | null>(withContext)(plugin, json, config)
    }
    const raw = this.slots[Slot.ParseRawConfig]
    if (raw != 0) {
      return changetype<(bytes: ArrayBuffer, config: C) => Error | null>(raw)(String.UTF8.encode(json.Raw), config)
    }
    return null
  }

  rule(json: Json, global: C | null, config: C): Error | null {
    if (this.ruleParser == 0) return this.global(json, config)
    if (this.slots[Slot.ParseOverrideGlobal] != 0) {
      return changetype<ParseOverride<C>>(this.ruleParser)(json, global, config)
    }
    return changetype<ParseOverrideBy<C>>(this.ruleParser)(json, global, config, this.log)
  }
}

import { finding, type Rule } from '../rule.ts'
import { numberArg, type RecordOf } from '../run-facts.ts'

const pluginConfiguration = 7

/**
 * A plugin was handed a configuration and never asked for it. The gateway passes it on as it is, rules among it: what
 * no guest reads has no effect, however well it is written (higress.md 1.7, proxy-wasm-host.md 2.6).
 */
export const configurationUnread: Rule = {
  id: 'configuration-unread',
  find: (run) => {
    const readers = new Set(
      run
        .of('host.call')
        .filter(readsConfiguration)
        .map(({ plugin }) => plugin),
    )
    const told = new Set<unknown>()
    return run.of('guest.enter').flatMap((record) => {
      const { plugin, event } = record
      const size = numberArg(event.args, 'configuration_size') ?? 0
      if (event.callback !== 'proxy_on_configure' || size === 0) return []
      if (readers.has(plugin) || told.has(plugin)) return []
      told.add(plugin)
      return [finding(run, 'configuration-unread', 'note', record, { size })]
    })
  },
}

function readsConfiguration({ event: { fn, args } }: RecordOf<'host.call'>): boolean {
  if (fn === 'proxy_get_configuration') return true
  const buffer = fn === 'proxy_get_buffer_bytes' || fn === 'proxy_get_buffer_status'
  return buffer && numberArg(args, 'type') === pluginConfiguration
}

import type { PluginIndex } from '../../model/brand.ts'
import type { TracePlugin, TraceRecord } from '../../model/trace.ts'
import type { Lane } from './row-types.ts'

/**
 * The columns: client, the plugins (or the place of one) in the order the request meets them (those not called keep the project's order
 * behind them), the route's upstream, then every other cluster that was called.
 */
export function lanesOf(plugins: readonly TracePlugin[], records: readonly TraceRecord[]): readonly Lane[] {
  const called: PluginIndex[] = []
  const routes: string[] = []
  const callouts: string[] = []
  const note = <T>(list: T[], value: T) => {
    if (!list.includes(value)) list.push(value)
  }
  for (const { plugin, event } of records) {
    if (
      event.type === 'guest.enter' &&
      plugin !== undefined &&
      /^proxy_on_(request_headers|new_connection)$/.test(event.callback)
    )
      note(called, plugin)
    else if (event.type === 'route' || event.type === 'upstream.request' || event.type === 'upstream.connect')
      note(routes, event.cluster)
    else if (event.type === 'callout.request' || event.type === 'redis.command') note(callouts, event.cluster)
  }
  const order = [...plugins].sort((a, b) => place(called, a.index) - place(called, b.index) || a.index - b.index)
  return [
    { kind: 'client' },
    ...(plugins.length === 0 ? [{ kind: 'free' } as const] : []),
    ...order.map(({ index, name }) => ({ kind: 'plugin', index, name }) as const),
    ...routes.filter((name) => name !== '').map((name) => ({ kind: 'cluster', name, route: true }) as const),
    ...callouts
      .filter((name) => !routes.includes(name))
      .map((name) => ({ kind: 'cluster', name, route: false }) as const),
  ]
}

const place = (called: readonly PluginIndex[], index: PluginIndex): number => {
  const at = called.indexOf(index)
  return at < 0 ? called.length : at
}

export const pluginLane = (lanes: readonly Lane[], index: PluginIndex | undefined): number =>
  Math.max(
    0,
    lanes.findIndex((lane) => lane.kind === 'plugin' && lane.index === index),
  )

export const clusterLane = (lanes: readonly Lane[], name: string): number => {
  const at = lanes.findIndex((lane) => lane.kind === 'cluster' && lane.name === name)
  return at < 0 ? lanes.length - 1 : at
}

/** A, B, … by place in the project, so that a plugin keeps its letter and colour in every run. */
export const laneLetter = (index: PluginIndex): string => String.fromCharCode(65 + (index % 26))

const INKS = ['a', 'b', 'c', 'd', 'e', 'f'] as const
/** The colour family of a lane: one of six inks, or the neutral one. */
export function laneInk(lane: Lane | undefined): (typeof INKS)[number] | 'infra' {
  return lane?.kind === 'plugin' ? (INKS[lane.index % INKS.length] ?? 'a') : 'infra'
}

/** `outbound|80||auth.static` reads `auth`: short enough for a column head. */
export function shortCluster(name: string): string {
  const service = name.startsWith('outbound|') ? (name.split('|')[3] ?? name) : name
  return service.split('.')[0] || name
}

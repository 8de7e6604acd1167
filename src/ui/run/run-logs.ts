import type { LogLevel, TraceView } from '../../model/trace.ts'
import type { ProjectFiles } from '../../sandbox/entry/api.ts'
import { envoyLogLine } from '../../sandbox/entry/log-line.ts'
import { profileOf } from '../store/project.ts'
import { byteStringText } from '../timeline/display-text.ts'
import type { Lane } from '../timeline/row-types.ts'

/** One line some plugin or the gateway logged. */
export type RunLog = {
  readonly seq: number
  readonly at: number
  readonly level: LogLevel
  readonly plugin: string
  readonly lane: Lane | undefined
  readonly message: string
  readonly shown: boolean
  /** As Envoy prints it. */
  readonly raw: string
}

/** Every log line of a run, start-up included. */
export function runLogs(trace: TraceView, files: ProjectFiles): readonly RunLog[] {
  const profile = profileOf(files)
  const logs: RunLog[] = []
  for (let at = 0; at < trace.length; at++) {
    const { event, seq, at: time, plugin: index, stream } = trace.record(at)
    if (event.type !== 'log') continue
    const plugin = trace.plugins.find((known) => known.index === index)
    const name = plugin?.name ?? ''
    logs.push({
      seq,
      at: time,
      level: event.level,
      plugin: name,
      lane: plugin === undefined ? undefined : { kind: 'plugin', index: plugin.index, name },
      message: byteStringText(event.message),
      shown: event.shown,
      raw: envoyLogLine(profile, {
        atMs: Number(trace.clockStart / 1_000_000n) + time / 1e6,
        level: event.level,
        message: event.message,
        context: stream === undefined ? 'root' : 'stream',
        pluginName: name,
        ...idsOf(files, name),
      }),
    })
  }
  return logs
}

/** `root_id` and `vm_id` as an EnvoyPlugin document names them; a WasmPlugin has neither. */
function idsOf(files: ProjectFiles, plugin: string): { readonly rootId: string; readonly vmId: string } {
  const text = files[`plugins/${plugin}/plugin.yaml`] ?? ''
  const find = (key: string) => new RegExp(`\\b${key}:\\s*["']?([^\\s"',}]+)`).exec(text)?.[1] ?? ''
  return { rootId: find('root_id'), vmId: find('vm_id') }
}
